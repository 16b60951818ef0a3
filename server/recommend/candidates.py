"""Gather from the records what one person may be offered: what lies in the scopes of whoever asks."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date
from typing import Final, Protocol, TypeVar

from ml.inputs import RANKED_KINDS
from ml.models.walker import Pack
from mobile_contract.schemas import KINDS
from server.recommend.model import LIMIT, Candidate, Document, Request, Slate
from server.recommend.prepared import Prepared
from server.recommend.slate import shortlist
from server.sync.model import Head, Key, Principal, Stored

T = TypeVar("T")

#: What begins the names of scopes that hold candidates, their times or their counts.
_HOLDING: Final = frozenset(
    scope.partition(":")[0] for kind in (*RANKED_KINDS, "schedule", "place_count") for scope in KINDS[kind].scopes
)


class UnknownReferralError(LookupError):
    """There is no such referral among what the asker may see."""


class Records(Protocol):
    """The part of `server.sync.ports.View` that is read here."""

    def head(self) -> Head:
        """Say where the feed ends."""

    def mark(self, scopes: Collection[str]) -> tuple[int, int]:
        """Say something of these scopes that is different after any change in them."""

    def in_scopes(self, kind: str, scopes: Collection[str]) -> Iterable[Stored]:
        """Give the records of a kind that one of `scopes` holds, in order of id."""


class KeyedRecords(Records, Protocol):
    """Records that can also be looked up by key."""

    def held(self, keys: Collection[Key], scopes: Collection[str]) -> frozenset[Key]:
        """Say which of `keys` are in one of `scopes` now."""

    def records(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Give those of `keys` that exist."""


class Memory(Protocol):
    """Remembers what took long to work out."""

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give the value of `key`, made if it is not kept."""


class _Forgetful:
    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Make it each time."""
        return make()


FORGETFUL: Final = _Forgetful()


def recommend(
    records: KeyedRecords,
    principal: Principal,
    referral_id: str,
    *,
    pack: Pack | None,
    today: date,
    limit: int = LIMIT,
    memory: Memory = FORGETFUL,
) -> Slate:
    """Rank what suits a referral among what `principal` may see; UnknownReferralError when it is not theirs.

    memory : remembers the candidates of the last few sets of scopes, made ready, while nothing changes in them.
    """
    referral = _held(records, principal, Key("referral", referral_id))
    person = _held(records, principal, Key("person", referral["person_id"]))
    where = sorted(scope for scope in principal.scopes if scope.partition(":")[0] in _HOLDING)
    key = (principal.tenant, today, records.head().epoch, *where, *records.mark(where))
    ready = memory.get(key, lambda: Prepared.of(candidates_in(records, where), today))
    return shortlist(pack, Request(referral_id, referral, person, ready.candidates, today, limit), ready)


def candidates_in(records: Records, scopes: Collection[str]) -> list[Candidate]:
    """Return every asset, opportunity, task and offer that one of `scopes` holds, with its times and counts."""
    schedules: defaultdict[Key, list[Document]] = defaultdict(list)
    for schedule in records.in_scopes("schedule", scopes):
        schedules[Key(schedule.doc["item_kind"], schedule.doc["item_id"])].append(schedule.doc)
    counts = {
        Key(count.doc["item_kind"], count.doc["item_id"]): count.doc
        for count in records.in_scopes("place_count", scopes)
    }
    return [
        Candidate(kind, item.key.id, item.doc, schedules.get(item.key, ()), counts.get(item.key))
        for kind in RANKED_KINDS
        for item in records.in_scopes(kind, scopes)
    ]


def _held(records: KeyedRecords, principal: Principal, key: Key) -> Document:
    found = records.records([key]).get(key)
    if found is None or found.deleted or key not in records.held([key], principal.scopes):
        raise UnknownReferralError(key.id)
    return found.doc
