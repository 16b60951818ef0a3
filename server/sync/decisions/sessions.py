"""The days that a schedule's record carries, so that a phone need not work its rule out: made and renewed here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from mobile_contract.recurrence import wrong_schedule
from server.domain.days import local_day
from server.domain.recurrence import renewed
from server.sync.context import Context, Verdict, rejected
from server.sync.model import Document, Key, Stored
from server.sync.ports import Store

#: ``change(changes)``: sets fields of records in transactions of their own; says how many became different.
Change = Callable[[Iterable[tuple[Key, Mapping[str, Any]]]], int]


def judge_schedule(_key: Key, doc: Document, _context: Context) -> Verdict | None:
    """Say no to a new schedule that has no day because something of it is missing."""
    errors = wrong_schedule(doc)
    return rejected("invalid", errors=errors) if errors else None


def with_days(doc: Document, before: Stored | None, now: str) -> Document:
    """Put the coming days into a document, those that the record has where they are right. now : UTC instant."""
    carried = {**doc, "next_on": before.doc.get("next_on") if before else []}
    return {**doc, "next_on": renewed(carried, local_day(datetime.fromisoformat(now)))}


def renew_days(schedule: Stored, context: Context) -> None:
    """Let a schedule that was made or edited carry its coming days."""
    days = with_days(schedule.doc, schedule, context.now)["next_on"]
    if days != (schedule.doc.get("next_on") or []):
        context.batch.change(schedule.key, {"next_on": days}, context.device, context.hlc)


def renew_all(store: Store, change: Change, tenant: str, now: datetime) -> int:
    """Renew what has run low of the coming days of a tenant's schedules; say how many records changed."""
    with store.read(tenant) as view:
        stale = list(_stale(view.of_kind("schedule"), now))
    return change(stale)


def _stale(schedules: Iterable[Stored], now: datetime) -> Iterator[tuple[Key, Mapping[str, Any]]]:
    today = local_day(now)
    for each in schedules:
        days = renewed(each.doc, today)
        if days != (each.doc.get("next_on") or []):
            yield each.key, {"next_on": days}
