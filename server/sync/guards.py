"""What a new record of some kinds must agree with besides the contract: other records, and what the database counts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from server.domain.fieldwork import wrong_helpers, wrong_source, wrong_visit
from server.sync.context import Context, Verdict, rejected
from server.sync.decisions.completing import check_completion
from server.sync.decisions.employing import check_event, check_leave
from server.sync.decisions.enrolling import judge_course
from server.sync.decisions.guarding import check_consent
from server.sync.decisions.recruiting import begin, check_check
from server.sync.decisions.registers import judge_attendance
from server.sync.decisions.sessions import judge_schedule
from server.sync.decisions.stocking import move_stock
from server.sync.model import Document, Key

#: Says no, or lets a new record in.
Judge = Callable[[Key, Document, Context], Verdict | None]


class Guard(NamedTuple):
    """A judge, and the field whose value calls for it; empty when every new record of the kind does."""

    judge: Judge
    field: str = ""


def guarded(kind: str, doc: Document) -> bool:
    """Say whether a new record has to be judged beside others."""
    guard = GUARDS.get(kind)
    return guard is not None and (not guard.field or bool(doc.get(guard.field)))


def refuse(key: Key, doc: Document, context: Context) -> Verdict | None:
    """Say no to a new record, or None. What a judge takes from storage is given back when the record is refused."""
    return GUARDS[key.kind].judge(key, doc, context) if guarded(key.kind, doc) else None


def _same_team(key: Key, doc: Document, context: Context) -> Verdict | None:
    """A household belongs to the team of its round."""
    its_round = _doc("round", doc["round_id"], context)
    fits = its_round is not None and its_round["team_id"] == doc["team_id"]
    return None if fits else rejected("invalid", errors={"round_id": ["This round is another team's."]})


def _visit(key: Key, doc: Document, context: Context) -> Verdict | None:
    household = _doc("household", doc["household_id"], context)
    if household is None:
        return rejected("invalid", errors={"household_id": ["This household is no longer on the round."]})
    errors = wrong_visit(doc, household, _doc("survey", doc["survey_id"], context))
    if doc["visited_on"] > context.today:
        errors["visited_on"] = ["This is still to come."]
    return rejected("invalid", errors=errors) if errors else _same_team(key, doc, context)


def _referral(key: Key, doc: Document, context: Context) -> Verdict | None:
    errors = wrong_source(doc, _doc("consent", doc["consent_id"], context))
    return rejected("invalid", errors=errors) if errors else None


def _session(key: Key, doc: Document, context: Context) -> Verdict | None:
    errors = wrong_helpers(doc, context.today)
    return rejected("invalid", errors=errors) if errors else None


def _task(_key: Key, doc: Document, _context: Context) -> Verdict | None:
    ends, begins = (datetime.fromisoformat(doc[name]) for name in ("window_until_at", "window_from_at"))
    return rejected("invalid", errors={"window_until_at": ["It ends before it begins."]}) if ends < begins else None


def _doc(kind: str, record_id: str | None, context: Context) -> Document | None:
    record = context.batch.peek(Key(kind, record_id)) if record_id else None
    return None if record is None or record.erased else record.doc


GUARDS: Final[Mapping[str, Guard]] = {
    "enquiry": Guard(begin),
    "check": Guard(check_check),
    "guardian_consent": Guard(check_consent),
    "leave_request": Guard(check_leave),
    "team_event": Guard(check_event),
    "household": Guard(_same_team),
    "visit": Guard(_visit),
    "referral": Guard(_referral, "source"),
    "movement": Guard(move_stock),
    "session_log": Guard(_session, "helpers"),
    "completion": Guard(check_completion),
    "schedule": Guard(judge_schedule),
    "attendance": Guard(judge_attendance),
    "course": Guard(judge_course),
    "task": Guard(_task),
}
