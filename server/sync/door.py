"""The one way in for everything that no phone pushes: staff edits, importers, the demonstration, the server itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from mobile_contract.merge import KindRule
from server.sync.attempt import attempt
from server.sync.batch import Batch
from server.sync.consequences import count_places, follow
from server.sync.context import Context, Verdict
from server.sync.counted import with_counts
from server.sync.deferred import Waiting
from server.sync.hlc import clock_text, instant_text, milliseconds
from server.sync.model import PENDING, Document, Key, Mutation, Principal, Stamp, Stored
from server.sync.ports import ClashError, Store, Validate, Work
from server.sync.receipts import Ledger

#: Documents in one transaction: long imports let phones in between.
CHUNK = 500
#: How often a chunk starts again when other transactions got in between.
ATTEMPTS = 8

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Put:
    """A whole document to be kept under its id."""

    kind: str
    id: str
    doc: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """The record that is written."""
        return Key(self.kind, self.id)


@dataclass(frozen=True, slots=True)
class Written:
    """How many documents were new, different, or already there as given."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Written") -> "Written":
        return Written(self.created + other.created, self.changed + other.changed, self.unchanged + other.unchanged)


class InvalidDocumentError(ValueError):
    """A document breaks the contract. key : which. errors : messages per field."""

    def __init__(self, key: Key, errors: Mapping[str, Any]) -> None:
        super().__init__(f"{key.kind} {key.id}: {dict(errors)}")
        self.key = key
        self.errors = errors


class Door:
    """Writes whole documents into one tenant, with feed, scopes and places kept true."""

    def __init__(
        self,
        store: Store,
        tenant: str,
        rules: Mapping[str, KindRule],
        validate: Validate,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._tenant = tenant
        self._rules = rules
        self._validate = validate
        self._clock = clock

    def write(self, puts: Iterable[Put], by: str = "import") -> Written:
        """Keep the documents, at most 500 a transaction; an unchanged document moves nothing, so twice is safe.

        by : a word for who writes, up to 64 characters, shown to phones as the device.
        Raises InvalidDocumentError for the first document that breaks the contract; earlier chunks stay.
        Raises ClashError when the database is too busy.
        """
        total = Written()
        for chunk in _chunks(puts):
            clean = [Put(put.kind, put.id, self._checked(put)) for put in chunk]
            total += self._transaction(clean, by, _Entrance.write)
        return total

    def remove(self, keys: Iterable[Key], by: str = "import") -> int:
        """Delete records, leaving tombstones; say how many were there."""
        return sum(self._transaction(chunk, by, _Entrance.remove) for chunk in _chunks(keys))

    def change(self, changes: Iterable[tuple[Key, Mapping[str, Any]]], by: str = "server") -> int:
        """Set fields of records on the server's own authority; say how many records that are there became different.

        Fields that are not named stay as they are at that moment, whoever is writing them. Not for places or states
        that others follow from.
        """
        return sum(self._transaction(chunk, by, _Entrance.change) for chunk in _chunks(changes))

    def _checked(self, put: Put) -> Document:
        if put.kind not in self._rules:
            raise InvalidDocumentError(put.key, {"kind": ["Unknown kind."]})
        doc, errors = self._validate(put.kind, put.doc, False)
        if errors:
            raise InvalidDocumentError(put.key, errors)
        return doc

    def _transaction(self, items: Sequence[T], by: str, do: "Callable[[_Entrance, Sequence[T]], R]") -> R:
        for number in range(ATTEMPTS):
            try:
                with self._store.write(self._tenant) as work:
                    return do(self._entrance(work, by, again=number > 0), items)
            except ClashError:
                if number == ATTEMPTS - 1:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _entrance(self, work: Work, by: str, *, again: bool) -> "_Entrance":
        return _Entrance(Batch(work, self._rules), self._validate, self._clock(), by, again=again)


class _Entrance:
    """One transaction through the door."""

    def __init__(self, batch: Batch, validate: Validate, now: datetime, by: str, *, again: bool) -> None:
        self._batch, self._validate, self._by, self._again = batch, validate, by, again
        self._now, self._stamp = instant_text(now), Stamp(PENDING, by, clock_text(milliseconds(now), 0, by))
        nobody = Principal("", by, by, frozenset(), frozenset())
        self._context = Context(batch, validate, nobody, self._now, self._stamp.hlc)

    def write(self, puts: Sequence[Put]) -> Written:
        counted = {Key("place_count", put.doc["item_id"]) for put in puts if put.kind == "placement"}
        self._batch.load(counted.union(put.key for put in puts))
        written = sum((self._put(put) for put in puts), Written())
        self._close()
        return written

    def _put(self, put: Put) -> Written:
        existing = self._batch.get(put.key)
        doc = with_counts(put.key, put.doc, existing, self._batch.work)
        if existing is None:
            self._batch.put(put.key, doc, dict.fromkeys(doc, self._stamp), self._by)
            self._follow(put.key, None)
            return Written(created=1)
        changed = {name for name, value in doc.items() if existing.doc.get(name) != value}
        if not changed and not existing.deleted:
            return Written(unchanged=1)
        stamps = {**existing.stamps, **dict.fromkeys(changed, self._stamp)}
        self._batch.put(put.key, {**existing.doc, **doc}, stamps, self._by)
        self._follow(put.key, existing)
        return Written(changed=1)

    def _follow(self, key: Key, before: Stored | None) -> None:
        """Carry out what a written record means for others, as for a phone's edit."""
        after = self._batch.touched[key].after
        if before is not None:
            follow(after, self._context)
        if key.kind == "placement":
            held = {
                stored.doc["item_id"] for stored in (before, after) if stored and stored.doc["place_held"] != "none"
            }
            for item_id in sorted(held):
                count_places(item_id, self._context)

    def change(self, changes: Sequence[tuple[Key, Mapping[str, Any]]]) -> int:
        self._batch.load([key for key, _ in changes])
        for key, values in changes:
            record = self._batch.get(key)
            if record is not None and not record.deleted:
                self._batch.change(key, values, self._by, self._context.hlc)
        changed = len(self._batch.touched)
        if changed:
            self._close()
        return changed

    def remove(self, keys: Sequence[Key]) -> int:
        self._batch.load(keys)
        gone = sum(self._remove(key) for key in dict.fromkeys(keys))
        self._close()
        return gone

    def _remove(self, key: Key) -> bool:
        record = self._batch.get(key)
        if record is None or record.deleted:
            return False
        self._batch.put(key, record.doc, record.stamps, self._by, deleted=True)
        follow(self._batch.touched[key].after, self._context)
        return True

    def _close(self) -> None:
        """Let in what waited for these records, then number and write everything."""
        waiting = Waiting(self._batch, self._now, self._apply, look=self._again)
        waiting.settle()
        Ledger(self._batch, self._by, self._now).write((), waiting, None)

    def _apply(self, mutation: Mutation, principal: Principal, hlc: str) -> Verdict:
        return attempt(mutation, Context(self._batch, self._validate, principal, self._now, hlc))


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
