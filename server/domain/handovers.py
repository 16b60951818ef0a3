"""Hand-over: one team has a referral or an intake at a time, and each step from one to the next is kept."""

from collections.abc import Mapping
from typing import Any, Final

Document = Mapping[str, Any]

#: As much of what was said in a call as the comment of a referral has room for; the call keeps all of it.
_COMMENT_LIMIT: Final = 2000


def refuse_handover(doc: Document, args: Document) -> str | None:
    """Say why this cannot be handed over as asked: the slug of a problem, None when it can.

    args : ``from_team_id``, the team that had it when the worker decided, and ``team_id``, the one to have it.
    """
    if doc["status"] == "taken_up":
        return "taken-up-already"
    return None if args.get("from_team_id") == doc["team_id"] else "handed-over-already"


def step(kind: str, record_id: str, doc: Document, args: Document) -> dict[str, Any]:
    """Make the record of the next step of a referral or an intake, but for who took it and when."""
    return {
        "record_kind": kind,
        "record_id": record_id,
        "number": doc.get("handovers", 0) + 1,
        "from_team_id": doc["team_id"],
        "team_id": args["team_id"],
        "hub_id": doc.get("hub_id"),
        "reason": args.get("reason"),
    }


def person_of(intake: Document) -> dict[str, Any]:
    """Give what an intake says of the person whom it is for."""
    names = ("team_id", "given_name", "family_name", "phone", "address")
    return {name: intake[name] for name in names}


def referral_of(intake: Document, person_id: str, consent_id: str) -> dict[str, Any]:
    """Make the referral of an intake; its source says that somebody rang, and not who."""
    said = intake["said"] and intake["said"][:_COMMENT_LIMIT]
    taken = {"received_on": intake["taken_on"], "comment": said, "source": "phone_call"}
    kept = {name: intake[name] for name in ("team_id", "needs", "urgency")}
    return {**kept, **taken, "person_id": person_id, "consent_id": consent_id}
