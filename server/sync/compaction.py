"""Compaction: traces of deletions and departures go once no phone can need them.

First the floor rises, in a transaction of its own: from then on a cursor below it is told to begin again. Only then are
the traces deleted, a few at a time. Records stay, deleted ones as well, so that an edit that arrives years later still
meets its deletion; receipts stay too. What is live is never touched: the floor is below it only if it is a trace.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from server.sync.hlc import instant_text
from server.sync.model import Head

#: Traces deleted in one transaction.
CHUNK = 500


class Compactable(Protocol):
    """What compaction asks of a store."""

    def heads(self) -> Mapping[str, Head]:
        """Say where every tenant's feed ends."""

    def note_day(self, tenant: str, day: str) -> None:
        """Note where the feed is on a day, unless that is noted already."""

    def days(self, tenant: str) -> Mapping[str, int]:
        """Give what was noted: day → where the feed was at some time of it."""

    def raise_floor(self, tenant: str, floor: int) -> None:
        """Let no cursor below `floor` go on; a lower floor than there is changes nothing."""

    def collect(self, tenant: str, floor: int, limit: int) -> int:
        """Delete at most `limit` traces from before `floor`; say how many there were."""

    def forget_asked(self, tenant: str, before: str, limit: int) -> int:
        """Delete what at most `limit` volunteers were ranked by before an instant; say how many there were."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """What came of it. floor : cursors below it begin again. collected : traces that are gone."""

    floor: int
    collected: int


def compact(store: Compactable, tenant: str, now: datetime, older_than: timedelta) -> Compacted:
    """Collect the traces of a tenant that are older than that; safe to break off and to run again."""
    store.note_day(tenant, now.date().isoformat())
    head = store.heads()[tenant]
    wanted = floor_before(store.days(tenant), (now - older_than).date().isoformat()) if older_than else head.seq
    store.raise_floor(tenant, wanted)
    floor = max(head.floor, wanted)
    collected = 0
    while gone := store.collect(tenant, floor, CHUNK):
        collected += gone
    return Compacted(floor, collected)


def forget_asked(store: Compactable, tenant: str, now: datetime, older_than: timedelta) -> int:
    """Forget what volunteers were ranked by when they were asked longer ago than that; say of how many asks."""
    before, forgotten = instant_text(now - older_than), 0
    while gone := store.forget_asked(tenant, before, CHUNK):
        forgotten += gone
    return forgotten


def floor_before(days: Mapping[str, int], day: str) -> int:
    """Say up to where everything was there before `day` began.

    A day that was noted by a clock gone wrong may claim too much; a later day that claims less has the last word.
    """
    before = max((noted for noted in days if noted < day), default="")
    return min([days.get(before, 0), *(seq for noted, seq in days.items() if noted >= day)])
