"""Trainings done: recorded, verified by a centre, revoked with a reason; the volunteer's record says what is held."""

from typing import Any

from mobile_contract.vocabulary import REVOKE_REASONS
from server.domain.training import last_day, trained_by, with_completion, wrong_completion
from server.sync.context import Context, Verdict, rejected
from server.sync.model import Document, Key, Mutation, Outcome, Stored

_STAFF = frozenset({"centre", "administrator"})


def vouches(completion: Document, context: Context) -> bool:
    """Say whether the principal may vouch for it: staff of the volunteer's centre, and nobody for themselves."""
    who = context.principal
    is_staff = bool(who.roles & _STAFF) and f"centre:{completion['centre_id']}" in who.scopes
    return is_staff and completion["volunteer_id"] != who.volunteer_id


def check_completion(key: Key, doc: Document, context: Context) -> Verdict | None:
    """Refuse a new completion that cannot be; a volunteer's own always says what there is to see."""
    volunteer = context.batch.get(Key("volunteer", doc["volunteer_id"]))
    training = context.batch.peek(Key("training", doc["training_id"]))
    there = volunteer is not None and not volunteer.deleted
    must_show = not vouches(doc, context) or training is None or bool(training.doc["needs_evidence"])
    found = volunteer.doc if there and volunteer else None
    errors = wrong_completion(doc, found, context.today, must_show=must_show)
    return rejected("invalid", errors=errors) if errors else None


def begin(completion: Stored, context: Context) -> None:
    """Fill in what the server says of a new completion: until when it is good, who recorded it, whether it counts."""
    doc, who, today = completion.doc, context.principal.account_id, context.today
    training = context.batch.peek(Key("training", doc["training_id"]))
    months = training.doc["valid_months"] if training else None
    own: dict[str, Any] = {"expires_on": last_day(doc["done_on"], months), "recorded_by": who}
    if vouches(doc, context):
        own |= {"status": "verified", "verified_by": who, "verified_on": today}
    context.batch.change(completion.key, own, context.device, context.hlc)
    _count({**doc, **own}, context)


def verify_completion(mutation: Mutation, completion: Stored, context: Context) -> Verdict:
    """Let a completion count."""
    if not vouches(completion.doc, context):
        return rejected("not-allowed", keep=False)
    if completion.doc["status"] == "revoked":
        return rejected("training-revoked", keep=False, about=completion.key)
    if completion.doc["status"] == "verified":
        return Verdict(Outcome.DUPLICATE, completion.key, with_row=True)
    said = {"status": "verified", "verified_by": context.principal.account_id, "verified_on": context.today}
    context.batch.change(completion.key, said, context.device, context.hlc)
    _count({**completion.doc, **said}, context)
    return Verdict(Outcome.APPLIED, completion.key, with_row=True)


def revoke_completion(mutation: Mutation, completion: Stored, context: Context) -> Verdict:
    """Let a completion count no longer, and say why; a volunteer may take back what nobody has verified."""
    reason = mutation.command.args.get("reason") if mutation.command else None
    if not isinstance(reason, str) or reason not in REVOKE_REASONS.codes:
        return rejected("invalid", errors={"reason": [f"Not one of {', '.join(REVOKE_REASONS.codes)}."]})
    if not (vouches(completion.doc, context) or _takes_back(completion.doc, context)):
        return rejected("not-allowed", keep=False)
    if completion.doc["status"] == "revoked":
        return Verdict(Outcome.DUPLICATE, completion.key, with_row=True)
    who, today = context.principal.account_id, context.today
    said = {"status": "revoked", "revoked_by": who, "revoked_on": today, "reason": reason}
    context.batch.change(completion.key, said, context.device, context.hlc)
    recount(completion.doc["volunteer_id"], context)
    return Verdict(Outcome.APPLIED, completion.key, with_row=True)


def _takes_back(completion: Document, context: Context) -> bool:
    own = completion["volunteer_id"] == context.principal.volunteer_id
    return bool(own and completion["status"] != "verified")


def _count(completion: Document, context: Context) -> None:
    volunteer = context.batch.get(Key("volunteer", completion["volunteer_id"]))
    if volunteer is not None and not volunteer.deleted:
        trained = with_completion(volunteer.doc.get("trained") or (), completion)
        _keep(volunteer, trained, context)


def recount(volunteer_id: str, context: Context) -> None:
    """Let a volunteer's record say anew what all their completions come to."""
    volunteer = context.batch.get(Key("volunteer", volunteer_id))
    if volunteer is not None and not volunteer.deleted:
        _keep(volunteer, trained_by(one.doc for one in _of(volunteer_id, context)), context)


def _keep(volunteer: Stored, trained: list[dict[str, Any]], context: Context) -> None:
    if trained != (volunteer.doc.get("trained") or []):
        context.batch.change(volunteer.key, {"trained": trained}, context.device, context.hlc)


def _of(volunteer_id: str, context: Context) -> list[Stored]:
    keys = set(context.work.referring("completion", "volunteer_id", [volunteer_id]))
    touched = context.batch.touched.items()
    keys |= {
        key for key, one in touched if key.kind == "completion" and one.after.doc.get("volunteer_id") == volunteer_id
    }
    context.batch.load(keys)
    found = [context.batch.get(key) for key in sorted(keys)]
    return [one for one in found if one is not None and not one.deleted]


def follow_volunteer(volunteer: Stored, context: Context) -> None:
    """Let the completions of a volunteer who goes to another centre go with them."""
    before = context.batch.before.get(volunteer.key)
    if before is None or before.doc.get("centre_id") == volunteer.doc["centre_id"]:
        return
    for one in _of(volunteer.key.id, context):
        context.batch.change(one.key, {"centre_id": volunteer.doc["centre_id"]}, context.device, context.hlc)
