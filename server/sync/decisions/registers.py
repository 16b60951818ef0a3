"""Registers: who came to which session, one line for each placement and day, counted into the placement."""

from server.domain.courses import wrong_attendance
from server.sync.context import Context, Verdict, rejected
from server.sync.model import Document, Key, Stored


def judge_attendance(key: Key, doc: Document, context: Context) -> Verdict | None:
    """Say no to a new line that does not fit its placement."""
    placement = context.batch.peek(Key("placement", doc["placement_id"]))
    if placement is None or placement.erased:
        return rejected("invalid", errors={"placement_id": ["This choice is no longer there."]})
    course_id = placement.doc.get("course_id")
    course = context.batch.peek(Key("course", course_id)) if course_id else None
    sessions = course.doc["sessions_on"] if course else ()
    errors = wrong_attendance(key.id, doc, placement.doc, sessions, context.today)
    return rejected("invalid", errors=errors) if errors else None


def follow_attendance(line: Stored, context: Context) -> None:
    """Count the sessions that somebody came to."""
    placement_id = line.doc["placement_id"]
    keys = {
        *context.work.referring("attendance", "placement_id", [placement_id]),
        *(key for key in context.batch.touched if key.kind == "attendance"),
    }
    context.batch.load(keys)
    lines = [record for key in keys if (record := context.batch.get(key)) and not record.deleted]
    came = sum(each.doc["placement_id"] == placement_id and each.doc["state"] == "came" for each in lines)
    context.batch.change(Key("placement", placement_id), {"attended": came}, context.device, context.hlc)
