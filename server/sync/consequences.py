"""What else changes when a record does: a task called off is nobody's any more, who leaves gives the place back."""

from collections.abc import Mapping
from typing import Final

from server.domain.claims import given_back
from server.domain.places import has_left, with_places
from server.sync.context import Context
from server.sync.decisions.cancelling import tell_of_item, tell_of_sessions
from server.sync.decisions.completing import begin, follow_volunteer
from server.sync.decisions.earning import credit_session, credit_task
from server.sync.decisions.employing import begin_event, keep_employer
from server.sync.decisions.enrolling import follow_course, leave_course
from server.sync.decisions.guarding import follow_guardians, keep_consent
from server.sync.decisions.registers import follow_attendance
from server.sync.decisions.sessions import renew_days
from server.sync.model import Document, Key, Stored

_CALLED_OFF = ("cancelled", "expired")
#: Kinds of which a new record means more than what it says, and the field that makes it so; empty when each one does.
_FOLLOWED: Final[Mapping[str, str]] = {
    "attendance": "",
    "completion": "",
    "course": "",
    "employer": "",
    "guardian_consent": "",
    "schedule": "",
    "session_log": "helpers",
    "team_event": "",
}


def followed(kind: str, doc: Document) -> bool:
    """Say whether a new record means something for others, or for what it holds."""
    field = _FOLLOWED.get(kind)
    return field is not None and (not field or bool(doc.get(field)))


def follow(after: Stored, context: Context) -> None:
    """Carry out what an edit of one record means for others, and for what it holds."""
    if after.key.kind == "task" and (after.deleted or after.doc["status"] in _CALLED_OFF):
        end_claim(after.key.id, "released", None, context)
    if after.key.kind == "placement" and (after.deleted or has_left(after.doc)):
        leave_place(after, context)
    if after.key.kind == "schedule":
        tell_of_sessions(after.key, context)
        if not after.deleted:
            renew_days(after, context)
    if after.key.kind in ("asset", "opportunity"):
        tell_of_item(after, context)
    if after.key.kind == "course":
        follow_course(after, context)
    if after.key.kind == "attendance":
        follow_attendance(after, context)
    if after.key.kind == "session_log" and not after.deleted:
        credit_session(after, context)
    if after.key.kind == "volunteer" and (after.deleted or after.doc["status"] == "left"):
        let_tasks_go(after.key.id, context)
    if after.key.kind == "volunteer" and not after.deleted:
        follow_volunteer(after, context)
        follow_guardians(after, context)
    if after.key.kind == "employer" and not after.deleted:
        keep_employer(after, context)
    if after.key.kind == "guardian_consent":
        keep_consent(after, context)


def follow_new(key: Key, context: Context) -> bool:
    """Carry out what a new record means; say whether the server changed it."""
    made = context.batch.get(key)
    if made is None or not followed(key.kind, made.doc):
        return False
    if key.kind == "completion":
        begin(made, context)
        return True
    if key.kind == "team_event":
        begin_event(made, context)
        return True
    follow(made, context)
    return context.batch.get(key) != made


def end_claim(task_id: str, status: str, minutes: int | None, context: Context, **told: str | None) -> None:
    """End the claim on a task, if there is one, and take the private part back from the claimant.

    told : what the volunteer says of it, by field of the claim.
    """
    hold = context.work.holder(task_id)
    if hold is None:
        return
    context.work.free_task(task_id)
    if status == "done":
        credit_task(task_id, hold.claim_id, hold.volunteer_id, minutes, context)
    ended = {"status": status, "ended_at": context.now, "minutes": minutes, **told}
    context.batch.change(Key("claim", hold.claim_id), ended, context.device, context.hlc)
    context.batch.change(Key("task_detail", task_id), {"claimant_id": None}, context.device, context.hlc)


def let_tasks_go(volunteer_id: str, context: Context) -> None:
    """Open again what a volunteer has claimed who has left or is gone, so that others are asked before all else."""
    claims = list(context.work.referring("claim", "volunteer_id", [volunteer_id]))
    context.batch.load(claims)
    held = [one.doc["task_id"] for key in claims if (one := context.batch.get(key)) and one.doc["ended_at"] is None]
    keys = sorted(Key("task", name) for name in held)
    context.batch.load(keys)
    for key in keys:
        hold, task = context.work.holder(key.id), context.batch.get(key)
        if hold and hold.volunteer_id == volunteer_id and task and not task.deleted:
            end_claim(key.id, "released", None, context)
            context.batch.change(key, given_back(task.doc), context.device, context.hlc)


def leave_place(placement: Stored, context: Context) -> None:
    """Let another have the place of a placement, if it holds one."""
    if placement.doc["place_held"] == "none":
        return
    if placement.doc.get("course_id"):
        leave_course(placement, context)
        return
    context.work.give_place_back(placement.doc["item_id"], placement.key.id)
    context.batch.change(placement.key, {"place_held": "none"}, context.device, context.hlc)
    count_places(placement.doc["item_id"], context)


def count_places(item_id: str, context: Context) -> None:
    """Let everybody see how many places the item has now."""
    key = Key("place_count", item_id)
    record, capacity = context.batch.get(key), context.work.capacity(item_id)
    if record and capacity:
        counts = with_places(record.doc, capacity.total, capacity.open)
        context.batch.change(key, counts, context.device, context.hlc)
