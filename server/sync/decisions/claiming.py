"""Claim, set out for, be late for, release and complete a task, and thank for it: one volunteer has it."""

from typing import Final

from mobile_contract.vocabulary import OWN_REASONS
from server.domain.claims import given_back, new_claim, refuse_claim, wrong_lateness, wrong_line, wrong_minutes
from server.domain.qualified import lacking
from server.domain.training import held_on
from server.sync.canonical import digest
from server.sync.consequences import end_claim
from server.sync.context import Context, Verdict, rejected
from server.sync.decisions.asking import answer_by_claim
from server.sync.model import Key, Mutation, Outcome, Stored
from server.sync.ports import Hold

#: Who thanks, and looks after tasks.
_STAFF: Final = frozenset({"centre", "administrator"})


def claim(mutation: Mutation, task: Stored, context: Context) -> Verdict:
    """Give the task to the principal's volunteer unless someone has it."""
    volunteer_id = context.principal.volunteer_id
    if volunteer_id is None or "volunteer" not in context.principal.roles:
        return rejected("not-a-volunteer", keep=False)
    holder = context.work.holder(task.key.id)
    if holder and holder.volunteer_id == volunteer_id:
        return Verdict(Outcome.DUPLICATE, task.key, with_row=True)
    if slug := refuse_claim(task.doc, context.now):
        return rejected(slug, keep=False, about=task.key)
    if verdict := _not_qualified(task, volunteer_id, context):
        return verdict
    wanted = Hold(task.key.id, digest(context.device, mutation.mid)[:32], volunteer_id)
    if context.work.take_task(wanted) != wanted:
        return rejected("task-already-claimed", keep=False, about=task.key)
    return _give(wanted, task, context)


def _give(hold: Hold, task: Stored, context: Context) -> Verdict:
    by, hlc = context.device, context.hlc
    record = new_claim(hold.task_id, task.doc, hold.volunteer_id, context.now)
    context.batch.change(task.key, {"status": "claimed", "claimed_at": context.now}, by, hlc)
    context.batch.put(Key("claim", hold.claim_id), record, context.stamps(record.keys()), by)
    context.batch.change(Key("task_detail", hold.task_id), {"claimant_id": hold.volunteer_id}, by, hlc)
    answer_by_claim(task, hold.volunteer_id, context)
    return Verdict(Outcome.APPLIED, task.key, with_row=True)


def _not_qualified(task: Stored, volunteer_id: str, context: Context) -> Verdict | None:
    """Refuse who is no volunteer yet, is away or has left, or whose check or training is missing or has run out.

    A record that has not arrived has neither; one that was deleted is nobody's. A break that a volunteer takes of
    themselves (`paused_until_on`) does not keep them from what they choose to do.
    """
    volunteer = context.batch.peek(Key("volunteer", volunteer_id))
    if volunteer is not None and volunteer.deleted:
        return rejected("not-a-volunteer", keep=False)
    doc, today = volunteer.doc if volunteer else {}, context.today
    if doc.get("status") in ("paused", "left"):
        return rejected("volunteer-paused", keep=False, about=task.key)
    errors = lacking(task.doc, doc, held_on(doc, today), today)
    if doc.get("status") == "enquiry":
        errors["status"] = ["Not a volunteer yet."]
    return rejected("not-qualified", errors=errors, keep=False, about=task.key) if errors else None


def set_out(mutation: Mutation, task: Stored, context: Context) -> Verdict:
    """Note that the claimant is on the way, if they may still do the task."""
    holder = context.work.holder(task.key.id)
    if holder is None or holder.volunteer_id != context.principal.volunteer_id:
        return rejected("task-not-claimed", keep=False, about=task.key)
    if verdict := _not_qualified(task, holder.volunteer_id, context):
        return verdict
    claim = context.batch.get(Key("claim", holder.claim_id))
    if claim is None or claim.doc["status"] != "active":
        return Verdict(Outcome.DUPLICATE, task.key, with_row=True)
    on_the_way = {"status": "en_route", "set_out_at": context.now}
    context.batch.change(claim.key, on_the_way, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, task.key, with_row=True)


def running_late(mutation: Mutation, task: Stored, context: Context) -> Verdict:
    """Note by how much the claimant will be late, where the centre sees it; the last word stands."""
    minutes = mutation.command.args.get("minutes") if mutation.command else None
    if wrong_lateness(minutes):
        return rejected("invalid", errors={"minutes": ["Not a whole number of minutes from 0 to 240."]})
    holder = context.work.holder(task.key.id)
    if holder is None or holder.volunteer_id != context.principal.volunteer_id:
        return rejected("task-not-claimed", keep=False, about=task.key)
    late = {"late_min": minutes, "late_at": context.now}
    context.batch.change(Key("claim", holder.claim_id), late, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, task.key, with_row=True)


def release(mutation: Mutation, task: Stored, context: Context) -> Verdict:
    """Give the task back, with a reason if the volunteer gives one; it goes out again before others."""
    reason = mutation.command.args.get("reason") if mutation.command else None
    if reason is not None and reason not in OWN_REASONS:
        return rejected("invalid", errors={"reason": [f"Not one of {', '.join(OWN_REASONS)}."]})
    if verdict := _not_claimed(task, context):
        return verdict
    end_claim(task.key.id, "released", None, context, reason=reason)
    context.batch.change(task.key, given_back(task.doc), context.device, context.hlc)
    return Verdict(Outcome.APPLIED, task.key, with_row=True)


def complete(mutation: Mutation, task: Stored, context: Context) -> Verdict:
    """Note that the task is done, how long it took, and what the volunteer says of it."""
    args = mutation.command.args if mutation.command else {}
    minutes, line = args.get("minutes"), args.get("line")
    if wrong_minutes(minutes):
        return rejected("invalid", errors={"minutes": ["Not a whole number of minutes from 1 to 1440."]})
    if line is not None and wrong_line(line):
        return rejected("invalid", errors={"line": ["Not a line of 1 to 300 characters."]})
    if verdict := _not_claimed(task, context):
        return verdict
    end_claim(task.key.id, "done", minutes, context, said=line)
    context.batch.change(task.key, {"status": "done"}, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, task.key, with_row=True)


def _not_claimed(task: Stored, context: Context) -> Verdict | None:
    """Refuse whoever neither has the task nor looks after it."""
    holder = context.work.holder(task.key.id)
    is_mine = holder is not None and holder.volunteer_id == context.principal.volunteer_id
    if holder and (is_mine or context.may_write(context.rule("task"))):
        return None
    return rejected("task-not-claimed", about=task.key)


def thank(mutation: Mutation, claim: Stored, context: Context) -> Verdict:
    """Let the centre thank a volunteer for a task that is done; who saw a line may put another in its place."""
    if context.principal.roles.isdisjoint(_STAFF):
        return rejected("not-allowed", keep=False)
    line = mutation.command.args.get("line") if mutation.command else None
    if wrong_line(line):
        return rejected("invalid", errors={"line": ["Not a line of 1 to 300 characters."]})
    if claim.doc["status"] != "done":
        return rejected("task-not-done", keep=False, about=claim.key)
    if _thanked_meanwhile(mutation, claim, line):
        return rejected("said-already", keep=False, about=claim.key)
    thanks = {"thanks": line, "thanked_at": context.now}
    context.batch.change(claim.key, thanks, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, claim.key, with_row=True)


def _thanked_meanwhile(mutation: Mutation, claim: Stored, line: str | None) -> bool:
    """Say whether somebody else's line came in that whoever wrote this one had not seen."""
    return claim.doc["thanks"] not in (None, line) and claim.stamps["thanks"].version > mutation.base
