"""The records of one transaction as it sees and changes them; nothing is written before all is decided."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from types import TracebackType

from mobile_contract.merge import KindRule
from server.sync.canonical import canonical
from server.sync.foreseen import Foreseen
from server.sync.model import PENDING, Document, Key, Op, Stamp, Stored
from server.sync.ports import AskedInputs, FeedEntry, RecordEntry, Seen, Work
from server.sync.stamps import numbered, shared_stamp, write_stamps

#: The longest name of a scope.
SCOPE_LIMIT = 120


@dataclass(slots=True)
class Touched:
    """A record that this transaction changes. text : its document as canonical JSON. by : the device."""

    after: Stored
    text: str
    by: str
    scopes: frozenset[str]

    @property
    def version(self) -> int:
        """The record's number."""
        return self.after.version

    def numbered(self, version: int) -> str:
        """Take the transaction's number; give the stamps as they are kept."""
        stamps = numbered(self.after.stamps, version)
        self.after = replace(self.after, version=version, stamps=stamps)
        return write_stamps(stamps, self.after.doc)


@dataclass(slots=True)
class Added:
    """A record that this transaction makes and has not changed since: one stamp stands for all its fields."""

    key: Key
    doc: Document
    text: str
    by: str
    scopes: frozenset[str]
    hlc: str
    version: int = PENDING

    @property
    def after(self) -> Stored:
        """The record as it stands."""
        return Stored(self.key, self.version, self.doc, dict.fromkeys(self.doc, Stamp(self.version, self.by, self.hlc)))

    def numbered(self, version: int) -> str:
        """Take the transaction's number; give the stamps as they are kept."""
        self.version = version
        return shared_stamp(version, self.by, self.hlc)


@dataclass(slots=True)
class Batch:
    """Reads records through locks, once each, and gathers what becomes of them."""

    work: Work
    rules: Mapping[str, KindRule]
    before: dict[Key, Stored | None] = field(default_factory=dict)
    touched: dict[Key, Touched | Added] = field(default_factory=dict)
    conflicts: dict[Key, Key] = field(default_factory=dict)
    erased: set[Key] = field(default_factory=set)
    audit: list[Seen] = field(default_factory=list)
    asked: list[AskedInputs] = field(default_factory=list)
    standing: dict[tuple[frozenset[str], Key], Op | None] = field(default_factory=dict)
    _undo: list[tuple[Key, Touched | Added | None]] = field(default_factory=list, repr=False)

    def load(self, keys: Collection[Key]) -> None:
        """Lock and read the records that are not here yet, in one go."""
        wanted = set(keys) - self.before.keys()
        if wanted:
            found = self.work.lock(wanted)
            self.before.update((key, found.get(key)) for key in wanted)

    def get(self, key: Key) -> Stored | None:
        """Give the record as it stands in this transaction, deleted or not."""
        if key in self.touched:
            return self.touched[key].after
        if key not in self.before:
            self.load([key])
        return self.before[key]

    def peek(self, key: Key) -> Stored | None:
        """Give the record as it stands, for what of it never changes: it is not locked."""
        known = key in self.touched or key in self.before
        return self.get(key) if known else self.work.peek([key]).get(key)

    def version(self, key: Key) -> int:
        """Say the record's number, 0 when there is none."""
        if touched := self.touched.get(key):
            return touched.version
        record = self.get(key)
        return record.version if record else 0

    def look_at(self, keys: Collection[Key], scopes: frozenset[str]) -> None:
        """Find out, in one go, which records are in one of `scopes` or were deleted there."""
        wanted = {key for key in keys if (scopes, key) not in self.standing}
        if wanted:
            found = self.work.standing(wanted, scopes)
            self.standing.update(((scopes, key), found.get(key)) for key in wanted)

    def stands(self, key: Key, scopes: frozenset[str]) -> Op | None:
        """Say whether a record is in one of `scopes`, as put, or was deleted there, as del; None for neither."""
        if key in self.touched:
            after = self.touched[key].after
            return (Op.DEL if after.deleted else Op.PUT) if scopes & self.scopes(key, after.doc) else None
        self.look_at([key], scopes)
        return self.standing[scopes, key]

    def put(self, key: Key, doc: Document, stamps: Mapping[str, Stamp], by: str, *, deleted: bool = False) -> None:
        """Let the record become this. ValueError for what no database can carry."""
        self.get(key)
        scopes = _checked(self.scopes(key, doc))
        self._touch(key, Touched(Stored(key, PENDING, doc, stamps, deleted), canonical(doc), by, scopes))

    def add(self, key: Key, new: Foreseen, by: str, hlc: str) -> None:
        """Let there be a record that nobody has, all of it set at once. ValueError for what no database can carry."""
        self._touch(key, Added(key, new.doc, new.text or canonical(new.doc), by, _checked(new.scopes), hlc))

    def _touch(self, key: Key, touched: Touched | Added) -> None:
        self._undo.append((key, self.touched.get(key)))
        self.touched[key] = touched

    def change(self, key: Key, values: Document, by: str, hlc: str) -> None:
        """Set fields of a record that exists, on the server's own authority; nothing happens when they are so."""
        record = self.get(key)
        if record is None or all(record.doc.get(name) == value for name, value in values.items()):
            return
        stamps = {**record.stamps, **dict.fromkeys(values, Stamp(PENDING, by, hlc))}
        self.put(key, {**record.doc, **values}, stamps, by, deleted=record.deleted)

    def scopes(self, key: Key, doc: Document) -> frozenset[str]:
        """Name the scopes that hold this document."""
        rule = self.rules.get(key.kind)
        return rule.scopes_of(key.id, doc) if rule else frozenset()

    def savepoint(self) -> AbstractContextManager[None]:
        """Forget what the block did if it raises, here and in storage; the exception goes on."""
        return _Savepoint(self)

    def back_to(self, mark: int, conflicts: dict[Key, Key], erased: set[Key]) -> None:
        """Forget what happened since: `mark` says how many steps there were."""
        while len(self._undo) > mark:
            key, before = self._undo.pop()
            if before is None:
                del self.touched[key]
            else:
                self.touched[key] = before
        self.conflicts, self.erased = conflicts, erased

    @property
    def mark(self) -> int:
        """Say how many steps there were."""
        return len(self._undo)

    def created(self) -> list[Key]:
        """Name the records that are new."""
        return [key for key in self.touched if self.before.get(key) is None]

    def carry_conflicts(self) -> None:
        """Let conflicts follow their records into other scopes, so that nobody who lost the record keeps its values."""
        moved = {
            key: touched.scopes
            for key, touched in self.touched.items()
            if (before := self.before.get(key)) and self.scopes(key, before.doc) != touched.scopes
        }
        moved = {key: scopes for key, scopes in moved.items() if key.kind != "conflict"}
        if moved:
            raised = [conflict for conflict, about in self.conflicts.items() if about in moved]
            for conflict in dict.fromkeys([*self.work.conflicts_of(moved), *raised]):
                self._carry(conflict, moved)

    def _carry(self, conflict: Key, moved: Mapping[Key, frozenset[str]]) -> None:
        record = self.get(conflict)
        if record is not None:
            about = Key(record.doc["record_kind"], record.doc["record_id"])
            self.put(conflict, {**record.doc, "scopes": sorted(moved[about])}, record.stamps, "server")

    def stamp(self, first: int) -> tuple[list[RecordEntry], list[FeedEntry]]:
        """Number the changed records from `first` on and say what to write for them."""
        records: list[RecordEntry] = []
        feed: list[FeedEntry] = []
        for version, (key, touched) in enumerate(self.touched.items(), start=first):
            records.append(self._entry(key, touched, version))
            if isinstance(touched, Added):
                feed += [FeedEntry(scope, key, version, Op.PUT, touched.by) for scope in sorted(touched.scopes)]
            else:
                feed += self._feed(key, touched, version)
        return records, feed

    def _entry(self, key: Key, touched: Touched | Added, version: int) -> RecordEntry:
        deleted = isinstance(touched, Touched) and touched.after.deleted
        is_new = self.before.get(key) is None
        return RecordEntry(key, version, touched.text, touched.numbered(version), deleted, is_new)

    def _feed(self, key: Key, touched: Touched, version: int) -> Iterator[FeedEntry]:
        before, deleted = self.before.get(key), touched.after.deleted
        old = self.scopes(key, before.doc) if before and not before.deleted else frozenset()
        for scope in sorted(old | (frozenset() if deleted else touched.scopes)):
            op = Op.OUT if scope not in touched.scopes else Op.DEL if deleted else Op.PUT
            yield FeedEntry(scope, key, version, op, touched.by)


class _Savepoint:
    """Undoes what a block did to a batch if it raises: entered once a mutation, so without a generator."""

    __slots__ = ("_batch", "_conflicts", "_erased", "_mark", "_storage")

    def __init__(self, batch: Batch) -> None:
        self._batch, self._storage = batch, batch.work.savepoint()

    def __enter__(self) -> None:
        batch = self._batch
        self._mark, self._conflicts, self._erased = batch.mark, dict(batch.conflicts), set(batch.erased)
        self._storage.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._storage.__exit__(kind, error, trace)
        finally:
            if kind is not None:
                self._batch.back_to(self._mark, self._conflicts, self._erased)


def _checked(scopes: frozenset[str]) -> frozenset[str]:
    for scope in scopes:
        if not is_scope(scope):
            raise ValueError("the document's scope is no name")
    return scopes


def is_scope(name: str) -> bool:
    """Say whether this can be the name of a scope."""
    return len(name) <= SCOPE_LIMIT and name.isprintable()
