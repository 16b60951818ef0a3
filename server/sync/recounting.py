"""Recounting: how often items were shown and chosen, and what came of it, put into the counts that rankers read.

A slate, and what became of its choices, counts once it is 84 days old, so that shares of one another are never cut
short. Choices of the last 90 days count at once and fall out after them. Days are in UTC.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from server.sync.door import Door, Put
from server.sync.hlc import instant_text
from server.sync.model import Document, Key
from server.sync.ports import Store

#: An outcome may take this long; `ml.training.labels.WINDOW` is the same.
SETTLED_AFTER: Final = timedelta(days=84)
#: For how long a choice counts as asked lately.
LATELY: Final = timedelta(days=90)
#: Kinds of items that have counts: a task is done once, and what people offer is theirs.
COUNTED: Final = ("asset", "opportunity")


@dataclass(frozen=True, slots=True)
class Tally:
    """Referrals that an item was shown to, that chose it, that went, and that stayed; and the choices of 90 days."""

    shown: int = 0
    chosen: int = 0
    started: int = 0
    sustained: int = 0
    chosen_90d: int = 0


class Countable(Store, Protocol):
    """A store that can count."""

    def tallies(self, tenant: str, settled: str, lately: str) -> Mapping[Key, Tally]:
        """Count by item, each referral once.

        settled : the last day of which slates and choices count as settled. lately : the first of the 90 days.
        """


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many items have counts, and how many of these were made or put right."""

    items: int
    changed: int


def recount(store: Countable, door: Door, tenant: str, now: datetime) -> Recounted:
    """Make the counts of every item true. What is so stays as it is: twice is safe, and so are two at once."""
    today = now.date()
    settled, lately = today - SETTLED_AFTER, today - LATELY + timedelta(days=1)
    found = {
        item: tally
        for item, tally in store.tallies(tenant, settled.isoformat(), lately.isoformat()).items()
        if item.kind in COUNTED
    }
    with store.read(tenant) as view:
        there = {stored.key: stored.doc for stored in view.of_kind("place_count")}
        missing = view.records([item for item in found if _key(item) not in there])
    at = {"counted_at": instant_text(now)}
    wrong = {key: counts for key, doc in there.items() if not _holds(doc, counts := _counts(doc, found))}
    new = [
        Put("place_count", item.id, _beginning(item, stored.doc) | asdict(found[item]) | at)
        for item, stored in sorted(missing.items())
        if not stored.deleted
    ]
    changed = door.change((key, counts | at) for key, counts in wrong.items()) + door.add(new)
    return Recounted(len(there) + len(new), changed)


def _key(item: Key) -> Key:
    return Key("place_count", item.id)


def _counts(doc: Document, found: Mapping[Key, Tally]) -> dict[str, int]:
    return asdict(found.get(Key(doc["item_kind"], doc["item_id"]), Tally()))


def _holds(doc: Document, counts: Mapping[str, int]) -> bool:
    return all((doc.get(name) or 0) == count for name, count in counts.items())


def _beginning(item: Key, doc: Document) -> dict[str, Any]:
    return {"district": doc.get("district"), "item_kind": item.kind, "item_id": item.id}
