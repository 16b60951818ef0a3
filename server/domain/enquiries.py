"""The way of a volunteer: which step follows which, which need a reason, and when it can be told who stayed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from mobile_contract.vocabulary import REASONS_FOR, STEPS

Document = Mapping[str, Any]
Errors = dict[str, list[str]]

#: The steps in their order, and the ends.
WAY: Final = STEPS.codes[:7]
ENDS: Final = STEPS.codes[7:]

#: A stay → the days after the start from which it can be told.
STAYS: Final[Mapping[str, int]] = {"at_4_weeks": 28, "at_12_weeks": 84}

#: Steps that join somebody to a role: who may not take the role does not come so far.
ABOUT_A_ROLE: Final = ("matched", "referred", "placed")


def first_step(enquiry_id: str, enquiry: Document) -> dict[str, Any]:
    """Make the first step of an enquiry, but for who wrote it."""
    named = {name: enquiry[name] for name in ("centre_id", "origin", "opportunity_id")}
    return {"enquiry_id": enquiry_id, "number": 1, "step": "enquiry", "stepped_on": enquiry["enquired_on"], **named}


def next_step(enquiry_id: str, enquiry: Document, args: Document) -> dict[str, Any]:
    """Make the step that is asked for, but for who asks. args : of the command."""
    asked = {name: args.get(name) for name in ("step", "from_step", "stepped_on", "reason")}
    role = args.get("opportunity_id") or enquiry["opportunity_id"]
    number = {"enquiry_id": enquiry_id, "centre_id": enquiry["centre_id"], "number": enquiry["steps"] + 1}
    return {**asked, **number, "opportunity_id": role}


def is_repeated(enquiry: Document, step: Document) -> bool:
    """Say whether the enquiry stands already where a step leads, about the same role."""
    return bool(step["step"] == enquiry["status"] and step["opportunity_id"] == enquiry["opportunity_id"])


def refuse_step(enquiry: Document, step: Document) -> str | None:
    """Say why a step cannot follow: the slug of a problem, None when it can. from_step : seen by whoever took it."""
    now, seen, wanted = enquiry["status"], step["from_step"], step["step"]
    if seen != now:
        ahead = seen in WAY and now in WAY and WAY.index(seen) > WAY.index(now)
        return "step-out-of-order" if ahead else "step-taken-already"
    return None if is_back(enquiry, step) or wanted in _after(now) else "step-out-of-order"


def is_back(enquiry: Document, step: Document) -> bool:
    """Say whether a step leads back: to an earlier one, or from an end to where the enquiry stood, or before."""
    now, wanted = enquiry["status"], step["step"]
    if wanted not in WAY:
        return False
    return WAY.index(wanted) < WAY.index(enquiry["reached"]) + (now in ENDS)


def _after(now: str) -> tuple[str, ...]:
    """Name what may follow a step; who is there after 12 weeks need not have been asked after 4."""
    if now in ENDS:
        return ()
    ends = ENDS if now != WAY[-1] else ()
    coming = WAY[WAY.index(now) + 1 :]
    return (*(coming if now == "placed" else coming[:1]), *ends)


def wrong_step(enquiry: Document, step: Document, today: str) -> Errors:
    """Say what is wrong with a step that may follow. today : ISO date."""
    errors: Errors = {}
    on = step["stepped_on"]
    if on > today:
        errors["stepped_on"] = ["This is still to come."]
    elif on < (enquiry["stepped_on"] or enquiry["enquired_on"]):
        errors["stepped_on"] = ["The step before was later."]
    elif step["step"] in STAYS and on < (due := _later(enquiry["placed_on"], STAYS[step["step"]])):
        errors["stepped_on"] = [f"This can be told from {due} on."]
    if wrong := _wrong_reason(enquiry, step):
        errors["reason"] = [wrong]
    if step["step"] in ABOUT_A_ROLE and not step["opportunity_id"]:
        errors["opportunity_id"] = ["Name the role."]
    return errors


def _wrong_reason(enquiry: Document, step: Document) -> str:
    what = "back" if is_back(enquiry, step) else step["step"]
    if what not in REASONS_FOR:
        return "A step forwards needs none." if step["reason"] else ""
    return "" if step["reason"] in REASONS_FOR[what] else f"Say why: {', '.join(REASONS_FOR[what])}."


def stands_at(enquiry: Document, step: Document) -> dict[str, Any]:
    """Say what becomes of an enquiry by a step."""
    status = step["step"]
    reached = status if status in WAY else enquiry["reached"]
    placed_on = _placed_on(enquiry, step) if WAY.index(reached) >= WAY.index("placed") else None
    return {
        "status": status,
        "reached": reached,
        "steps": step["number"],
        "stepped_on": step["stepped_on"],
        "opportunity_id": step["opportunity_id"],
        "placed_on": placed_on,
        "check_on": _check_on(status, placed_on),
    }


def _placed_on(enquiry: Document, step: Document) -> str | None:
    began = step["step"] == "placed" and not is_back(enquiry, step)
    placed_on: str | None = step["stepped_on"] if began else enquiry["placed_on"]
    return placed_on


def _check_on(status: str, placed_on: str | None) -> str | None:
    days = {"placed": STAYS["at_4_weeks"], "at_4_weeks": STAYS["at_12_weeks"]}.get(status)
    return _later(placed_on, days) if placed_on and days else None


def _later(day: str | None, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat() if day else ""
