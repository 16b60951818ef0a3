"""Requests of organisations are published as roles; a volunteer's interest in a role begins an enquiry."""

from mobile_contract.vocabulary import REQUEST_REASONS
from server.domain.qualified import lacking, paused
from server.domain.requests import interest, is_open, role_of
from server.domain.training import held_on
from server.sync.canonical import digest
from server.sync.context import Context, Verdict, rejected
from server.sync.decisions.recruiting import begin
from server.sync.model import Key, Mutation, Outcome, Stored


def publish_request(mutation: Mutation, request: Stored, context: Context) -> Verdict:
    """Make a role of it for everybody to see, once."""
    if not context.may_write(context.rule("role_request")):
        return rejected("not-yours")
    if request.doc["status"] == "published":
        return Verdict(Outcome.DUPLICATE, request.key, with_row=True)
    made, errors = context.validate("opportunity", role_of(request.doc), False)
    if errors:
        return rejected("invalid", errors=errors)
    key = Key("opportunity", digest("role of", request.key.id)[:32])
    context.batch.put(key, made, context.stamps(made.keys()), context.device)
    said = {"status": "published", "reason": None, "opportunity_id": key.id}
    context.batch.change(request.key, said, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, request.key, with_row=True)


def decline_request(mutation: Mutation, request: Stored, context: Context) -> Verdict:
    """Say why it is not published."""
    reason = mutation.command.args.get("reason") if mutation.command else None
    if not context.may_write(context.rule("role_request")):
        return rejected("not-yours")
    if reason not in REQUEST_REASONS.codes:
        return rejected("invalid", errors={"reason": [f"Not one of {', '.join(REQUEST_REASONS.codes)}."]})
    if request.doc["status"] == "declined":
        return Verdict(Outcome.DUPLICATE, request.key, with_row=True)
    if request.doc["status"] == "published":
        return rejected("request-published", keep=False, about=request.key)
    context.batch.change(request.key, {"status": "declined", "reason": reason}, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, request.key, with_row=True)


def express_interest(mutation: Mutation, role: Stored, context: Context) -> Verdict:
    """Begin an enquiry of the volunteer who asks about this role, once; they may lack nothing that it asks for."""
    own, today = context.principal.volunteer_id, context.today
    volunteer = context.batch.peek(Key("volunteer", own)) if own else None
    if own is None or volunteer is None or volunteer.deleted:
        return rejected("not-a-volunteer", keep=False)
    if not is_open(role.doc, today):
        return rejected("role-closed", keep=False, about=role.key)
    if paused(volunteer.doc, today):
        return rejected("volunteer-paused", keep=False, about=role.key)
    if errors := lacking(role.doc, volunteer.doc, held_on(volunteer.doc, today), today):
        return rejected("not-qualified", errors=errors, keep=False, about=role.key)
    return _enquire(Key("enquiry", digest("interest", role.key.id, own)[:32]), role, volunteer, context)


def _enquire(key: Key, role: Stored, volunteer: Stored, context: Context) -> Verdict:
    before = context.batch.get(key)
    if before is not None and not before.deleted:
        return Verdict(Outcome.DUPLICATE, key, with_row=True)
    said = interest(role.key.id, volunteer.key.id, volunteer.doc, context.today)
    made, errors = context.validate("enquiry", said, False)
    if errors:
        return rejected("invalid", errors=errors)
    context.batch.put(key, made, context.stamps(made.keys()), context.device)
    return begin(key, made, context) or Verdict(Outcome.APPLIED, key, with_row=True)
