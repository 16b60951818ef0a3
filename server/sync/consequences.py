"""What else changes when a record does: a task that is called off or deleted is nobody's any more."""

from server.sync.context import Context
from server.sync.model import Key, Stored


def follow(before: Stored, after: Stored, context: Context) -> None:
    """Carry out what an edit of one record means for others."""
    if after.key.kind == "task" and (after.deleted or after.doc["status"] in ("cancelled", "expired")):
        end_claim(after.key.id, "released", None, context)


def end_claim(task_id: str, status: str, minutes: int | None, context: Context) -> None:
    """End the claim on a task, if there is one, and take the private part back from the claimant."""
    hold = context.work.holder(task_id)
    if hold is None:
        return
    context.work.free_task(task_id)
    ended = {"status": status, "ended_at": context.now, "minutes": minutes}
    context.batch.change(Key("claim", hold.claim_id), ended, context.device, context.hlc)
    context.batch.change(Key("task_detail", task_id), {"claimant_id": None}, context.device, context.hlc)
