"""Gather from the records what one person may be offered: what lies in the scopes of whoever asks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Protocol

from ml.inputs import RANKED_KINDS
from ml.models.walker import Pack
from server.recommend.model import LIMIT, Candidate, Document, Request, Slate
from server.recommend.slate import shortlist
from server.sync.model import Key, Principal, Stored


class UnknownReferralError(LookupError):
    """There is no such referral among what the asker may see."""


class Records(Protocol):
    """The part of `server.sync.ports.View` that is read here."""

    def in_scopes(self, kind: str, scopes: Collection[str]) -> Iterable[Stored]:
        """Give the records of a kind that one of `scopes` holds, in order of id."""


class KeyedRecords(Records, Protocol):
    """Records that can also be looked up by key."""

    def held(self, keys: Collection[Key], scopes: Collection[str]) -> frozenset[Key]:
        """Say which of `keys` are in one of `scopes` now."""

    def records(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Give those of `keys` that exist."""


def recommend(
    records: KeyedRecords, principal: Principal, referral_id: str, *, pack: Pack | None, today: date, limit: int = LIMIT
) -> Slate:
    """Rank what suits a referral among what `principal` may see; UnknownReferralError when it is not theirs."""
    referral = _held(records, principal, Key("referral", referral_id))
    person = _held(records, principal, Key("person", referral["person_id"]))
    candidates = candidates_in(records, principal.scopes)
    return shortlist(pack, Request(referral_id, referral, person, candidates, today, limit))


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
