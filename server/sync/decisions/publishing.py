"""Reports of fieldwork for people outside: each is made once, when its round or its month is over, and then kept."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from server.domain.closing import months_over, round_is_over
from server.domain.days import local_day
from server.domain.reporting import Line, round_lines, session_lines
from server.sync.canonical import digest
from server.sync.model import Document, Stored
from server.sync.ports import Store, View
from server.sync.puts import Put

#: ``add(puts)``: keeps documents under ids that nobody has used; says how many were kept.
Add = Callable[[Iterable[Put]], int]


class Round(NamedTuple):
    """A round with what came of it. lines : as of now, small counts held back."""

    record: Stored
    visits: list[Document]
    lines: list[Line]


def rounds_of(view: View, scopes: Collection[str] | None = None) -> Iterator[Round]:
    """Give the rounds that lie in `scopes`, of the whole programme when None, in order of id."""

    def of(kind: str) -> Iterable[Stored]:
        return view.of_kind(kind) if scopes is None else view.in_scopes(kind, scopes)

    visits = [stored.doc for stored in of("visit")]
    homes = {stored.key.id: stored.doc for stored in of("household")}
    surveys = {stored.key.id: stored.doc for stored in of("survey")}
    for stored in of("round"):
        mine = {name: doc for name, doc in homes.items() if doc["round_id"] == stored.key.id}
        made = [visit for visit in visits if visit["round_id"] == stored.key.id]
        yield Round(stored, made, round_lines(mine, made, surveys.get(stored.doc["survey_id"])))


def publish(store: Store, add: Add, tenant: str, now: datetime) -> int:
    """Make the reports that are due and were never made; say how many. What was made stays as it was."""
    with store.read(tenant) as view:
        due = [*_of_rounds(view, now), *_of_months(view, now)]
    return add(due) if due else 0


def _of_rounds(view: View, now: datetime) -> Iterator[Put]:
    for one in rounds_of(view):
        if round_is_over(one.record.doc, one.visits, local_day(now)):
            about = {"team_id": one.record.doc["team_id"], "round_id": one.record.key.id}
            yield _report(one.record.key.id, about, one.lines, now)


def _of_months(view: View, now: datetime) -> Iterator[Put]:
    sessions = [stored.doc for stored in view.of_kind("session_log")]
    for month in months_over(sessions, local_day(now)):
        of_month = [one for one in sessions if one["held_on"][:7] == month]
        yield _report(f"month {month}", {"month": month}, session_lines(of_month), now)


def _report(name: str, about: dict[str, Any], lines: list[Line], now: datetime) -> Put:
    doc = {**about, "made_on": local_day(now).isoformat(), "lines": [asdict(line) for line in lines]}
    return Put("fieldwork_report", digest("fieldwork report", name)[:32], doc)
