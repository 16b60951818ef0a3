"""Enquiries: each step is written down by the server, dated and in order; what stands does not change."""

from typing import Any

from server.domain.enquiries import ABOUT_A_ROLE, first_step, is_repeated, next_step, refuse_step, stands_at, wrong_step
from server.domain.qualified import lacking, paused
from server.domain.training import held_on
from server.sync.canonical import digest
from server.sync.context import Context, Verdict, rejected
from server.sync.model import Document, Key, Mutation, Outcome, Stored


def begin(key: Key, doc: Document, context: Context) -> Verdict | None:
    """Write the first step of a new enquiry, or say why there cannot be one."""
    volunteer = context.batch.peek(Key("volunteer", doc["volunteer_id"]))
    if volunteer is None or volunteer.deleted or volunteer.doc["centre_id"] != doc["centre_id"]:
        return rejected("invalid", errors={"volunteer_id": ["This volunteer is another centre's."]})
    if doc["enquired_on"] > context.today:
        return rejected("invalid", errors={"enquired_on": ["This is still to come."]})
    made, _ = context.validate("enquiry_step", _by(first_step(key.id, doc), context), False)
    _put(made, context)
    return None


def check_check(key: Key, doc: Document, context: Context) -> Verdict | None:
    """Refuse a new reference or check of another centre's volunteer."""
    volunteer = context.batch.peek(Key("volunteer", doc["volunteer_id"]))
    fits = volunteer is not None and not volunteer.deleted and volunteer.doc["centre_id"] == doc["centre_id"]
    return None if fits else rejected("invalid", errors={"volunteer_id": ["This volunteer is another centre's."]})


def take_step(mutation: Mutation, enquiry: Stored, context: Context) -> Verdict:
    """Move an enquiry on, back, or to its end; of two who do so at once, one is told what the other wrote."""
    args = mutation.command.args if mutation.command else {}
    if not _may(args, enquiry, context):
        return rejected("not-yours")
    asked = _by(next_step(enquiry.key.id, enquiry.doc, args), context)
    made, errors = context.validate("enquiry_step", asked, False)
    if errors or made["from_step"] is None:
        return rejected("invalid", errors=errors or {"from_step": ["Missing data for required field."]})
    if is_repeated(enquiry.doc, made):
        return Verdict(Outcome.DUPLICATE, enquiry.key, with_row=True)
    if slug := refuse_step(enquiry.doc, made):
        return rejected(slug, keep=False, about=enquiry.key)
    if errors := wrong_step(enquiry.doc, made, context.today):
        return rejected("invalid", errors=errors)
    return _not_for_them(enquiry, made, context) or _take(enquiry, made, context)


def _may(args: Document, enquiry: Stored, context: Context) -> bool:
    """Let staff take any step, and volunteers themselves withdraw."""
    own = context.principal.volunteer_id == enquiry.doc["volunteer_id"] and args.get("step") == "withdrawn"
    return own or context.may_write(context.rule("enquiry"))


def _by(step: Document, context: Context) -> dict[str, Any]:
    return {**step, "by_account": context.principal.account_id}


def _not_for_them(enquiry: Stored, step: Document, context: Context) -> Verdict | None:
    """Refuse a role to whoever is on a break, or lacks what the role asks for."""
    if step["step"] not in ABOUT_A_ROLE:
        return None
    volunteer = context.batch.peek(Key("volunteer", enquiry.doc["volunteer_id"]))
    role = context.batch.peek(Key("opportunity", step["opportunity_id"]))
    if role is None or role.deleted or volunteer is None or volunteer.deleted:
        return rejected("invalid", errors={"opportunity_id": ["There is no such role."]})
    if paused(volunteer.doc, step["stepped_on"]):
        return rejected("volunteer-paused", keep=False, about=enquiry.key)
    today = context.today
    errors = lacking(role.doc, volunteer.doc, held_on(volunteer.doc, today), today)
    return rejected("not-qualified", errors=errors, keep=False, about=enquiry.key) if errors else None


def _take(enquiry: Stored, step: Document, context: Context) -> Verdict:
    after = stands_at(enquiry.doc, step)
    _put(step, context)
    context.batch.change(enquiry.key, after, context.device, context.hlc)
    if step["step"] == "placed":
        _welcome(Key("volunteer", enquiry.doc["volunteer_id"]), context)
    return Verdict(Outcome.APPLIED, enquiry.key, with_row=True)


def _welcome(key: Key, context: Context) -> None:
    """Let whoever enquired give time from now on."""
    volunteer = context.batch.get(key)
    if volunteer is not None and volunteer.doc.get("status") == "enquiry":
        context.batch.change(key, {"status": "active"}, context.device, context.hlc)


def _put(step: Document, context: Context) -> None:
    key = Key("enquiry_step", digest("enquiry step", step["enquiry_id"], str(step["number"]))[:32])
    context.batch.put(key, step, context.stamps(step.keys()), context.device)
