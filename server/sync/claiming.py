"""Claim, release and complete a task: the database lets one volunteer have it."""

from server.domain.claims import new_claim, refuse_claim, wrong_minutes
from server.sync.canonical import digest
from server.sync.consequences import end_claim
from server.sync.context import Context, Verdict, rejected
from server.sync.model import Key, Mutation, Outcome, Stored
from server.sync.ports import Hold


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
    return Verdict(Outcome.APPLIED, task.key, with_row=True)


def release(mutation: Mutation, task: Stored, context: Context) -> Verdict:
    """Give the task back."""
    if verdict := _not_claimed(task, context):
        return verdict
    end_claim(task.key.id, "released", None, context)
    context.batch.change(task.key, {"status": "open", "claimed_at": None}, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, task.key, with_row=True)


def complete(mutation: Mutation, task: Stored, context: Context) -> Verdict:
    """Note that the task is done and how long it took."""
    minutes = mutation.command.args.get("minutes") if mutation.command else None
    if wrong_minutes(minutes):
        return rejected("invalid", errors={"minutes": ["Not a whole number of minutes from 1 to 1440."]})
    if verdict := _not_claimed(task, context):
        return verdict
    end_claim(task.key.id, "done", minutes, context)
    context.batch.change(task.key, {"status": "done"}, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, task.key, with_row=True)


def _not_claimed(task: Stored, context: Context) -> Verdict | None:
    """Refuse whoever neither has the task nor looks after it."""
    holder = context.work.holder(task.key.id)
    is_mine = holder is not None and holder.volunteer_id == context.principal.volunteer_id
    if holder and (is_mine or context.may_write(context.rule("task"))):
        return None
    return rejected("task-not-claimed", about=task.key)
