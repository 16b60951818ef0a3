"""Working time for volunteering: asked for, approved against an allowance that cannot be overdrawn, given back."""

from dataclasses import replace
from typing import Any

from mobile_contract.vocabulary import LEAVE_REASONS
from server.domain.employers import event_minutes, wrong_event, wrong_leave, year_of
from server.sync.allowance import AllowanceUse
from server.sync.context import Context, Verdict, rejected
from server.sync.model import Document, Key, Mutation, Outcome, Stored


def check_leave(key: Key, doc: Document, context: Context) -> Verdict | None:
    """Refuse a request of somebody else, or to somebody else's employer."""
    if doc["volunteer_id"] != context.principal.volunteer_id:
        return rejected("not-yours")
    volunteer = context.batch.peek(Key("volunteer", doc["volunteer_id"]))
    errors = wrong_leave(doc, volunteer.doc if volunteer and not volunteer.deleted else None)
    return rejected("invalid", errors=errors) if errors else None


def check_event(key: Key, doc: Document, context: Context) -> Verdict | None:
    """Refuse a team event that cannot be."""
    employer, role = (_doc(kind, doc[f"{kind}_id"], context) for kind in ("employer", "opportunity"))
    errors = wrong_event(doc, employer, role)
    return rejected("invalid", errors=errors) if errors else None


def begin_event(event: Stored, context: Context) -> None:
    """Note which side asks."""
    context.batch.change(event.key, {"asked_by": _side(event.doc, context)}, context.device, context.hlc)


def keep_employer(employer: Stored, context: Context) -> None:
    """Let an employer's record say what of this year's allowance is used."""
    year = year_of(employer.doc, context.today)
    found = context.work.allowance(employer.key.id, year)
    now = {"year_on": year, "used_min": found.used if found else 0}
    context.batch.change(employer.key, now, context.device, context.hlc)


def approve_leave(mutation: Mutation, leave: Stored, context: Context) -> Verdict:
    """Give an employee the time, if the allowance has it left."""
    if not _employs(leave.doc, context):
        return rejected("not-yours")
    if leave.doc["status"] == "approved":
        return Verdict(Outcome.DUPLICATE, leave.key, with_row=True)
    if leave.doc["status"] != "asked":
        return rejected("leave-decided", keep=False, about=leave.key)
    return _use(leave, leave.doc["leave_on"], leave.doc["minutes"], context) or _decide(
        leave, "approved", None, context
    )


def decline_leave(mutation: Mutation, leave: Stored, context: Context) -> Verdict:
    """Say no, and why."""
    if not _employs(leave.doc, context):
        return rejected("not-yours")
    return _end(mutation, leave, "declined", ("asked",), context)


def cancel_leave(mutation: Mutation, leave: Stored, context: Context) -> Verdict:
    """Take a request back, or what was approved: the minutes go back to the allowance."""
    if not (_employs(leave.doc, context) or leave.doc["volunteer_id"] == context.principal.volunteer_id):
        return rejected("not-yours")
    return _end(mutation, leave, "cancelled", ("asked", "approved"), context)


def agree_event(mutation: Mutation, event: Stored, context: Context) -> Verdict:
    """Let the side that was asked agree; the minutes of all places are used from then on."""
    if _side(event.doc, context) == event.doc["asked_by"] and "administrator" not in context.principal.roles:
        return rejected("not-yours")
    if event.doc["status"] == "agreed":
        return Verdict(Outcome.DUPLICATE, event.key, with_row=True)
    if event.doc["status"] != "asked":
        return rejected("leave-decided", keep=False, about=event.key)
    minutes = event_minutes(event.doc, event.doc["places"])
    return _use(event, event.doc["held_on"], minutes, context) or _decide(event, "agreed", None, context)


def decline_event(mutation: Mutation, event: Stored, context: Context) -> Verdict:
    """Say no, and why."""
    return _end(mutation, event, "declined", ("asked",), context)


def cancel_event(mutation: Mutation, event: Stored, context: Context) -> Verdict:
    """Call it off; the minutes go back to the allowance."""
    return _end(mutation, event, "cancelled", ("asked", "agreed"), context)


def close_event(mutation: Mutation, event: Stored, context: Context) -> Verdict:
    """Say how many came; the minutes of those who did not go back to the allowance."""
    came = mutation.command.args.get("attended") if mutation.command else None
    if _side(event.doc, context) != "centre":
        return rejected("not-yours")
    if event.doc["status"] == "held" and event.doc["attended"] == came and type(came) is int:
        return Verdict(Outcome.DUPLICATE, event.key, with_row=True)
    if event.doc["status"] != "agreed" or event.doc["held_on"] > context.today:
        return rejected("leave-decided", keep=False, about=event.key)
    if type(came) is not int or not 0 <= came <= event.doc["places"]:
        return rejected("invalid", errors={"attended": [f"Not a number from 0 to {event.doc['places']}."]})
    _keep(event, event_minutes(event.doc, came), context)
    context.batch.change(event.key, {"attended": came}, context.device, context.hlc)
    return _decide(event, "held", None, context)


def _keep(event: Stored, minutes: int, context: Context) -> None:
    """Keep so many of the minutes that an event uses, whatever the employer grants by now: they were promised."""
    freed = context.work.free_allowance(event.key.id)
    if freed and minutes:
        context.work.take_allowance(replace(freed, minutes=minutes))


def _use(record: Stored, on: str, minutes: int, context: Context) -> Verdict | None:
    """Take minutes of the employer's year, or say why not. The employer's record is locked while that is decided."""
    employer = context.batch.get(Key("employer", record.doc["employer_id"]))
    if employer is None or employer.deleted or employer.doc["status"] != "active":
        return rejected("allowance-spent", keep=False, about=record.key)
    year = year_of(employer.doc, on)
    context.work.grant_allowance(employer.key.id, year, employer.doc["allowance_min"])
    if context.work.take_allowance(AllowanceUse(record.key.id, employer.key.id, year, minutes)):
        return None
    return rejected("allowance-spent", keep=False, about=record.key)


def _end(mutation: Mutation, record: Stored, status: str, from_: tuple[str, ...], context: Context) -> Verdict:
    reason = mutation.command.args.get("reason") if mutation.command else None
    if reason not in LEAVE_REASONS.codes:
        return rejected("invalid", errors={"reason": [f"Not one of {', '.join(LEAVE_REASONS.codes)}."]})
    if record.doc["status"] == status:
        return Verdict(Outcome.DUPLICATE, record.key, with_row=True)
    if record.doc["status"] not in from_:
        return rejected("leave-decided", keep=False, about=record.key)
    context.work.free_allowance(record.key.id)
    return _decide(record, status, reason, context)


def _decide(record: Stored, status: str, reason: str | None, context: Context) -> Verdict:
    said: dict[str, Any] = {"status": status, "reason": reason}
    if record.key.kind == "leave_request":
        said |= {"decided_on": context.today, "decided_by": context.principal.account_id}
    context.batch.change(record.key, said, context.device, context.hlc)
    employer = context.batch.get(Key("employer", record.doc["employer_id"]))
    if employer is not None and not employer.deleted:
        keep_employer(employer, context)
    return Verdict(Outcome.APPLIED, record.key, with_row=True)


def _employs(doc: Document, context: Context) -> bool:
    """Say whether the principal speaks for the employer that a record names."""
    who = context.principal
    return not who.roles.isdisjoint({"employer", "administrator"}) and f"employer:{doc['employer_id']}" in who.scopes


def _side(doc: Document, context: Context) -> str:
    return "employer" if _employs(doc, context) and "administrator" not in context.principal.roles else "centre"


def _doc(kind: str, record_id: str, context: Context) -> Document | None:
    record = context.batch.peek(Key(kind, record_id))
    return record.doc if record and not record.deleted else None
