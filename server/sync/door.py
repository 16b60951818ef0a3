"""The one way in for everything that no phone pushes: staff edits, importers, the demonstration, the server itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from mobile_contract.merge import KindRule
from server.sync.batch import Batch
from server.sync.context import Context, Verdict
from server.sync.entrance import Entrance
from server.sync.model import Document, Key, Mutation, Principal
from server.sync.ports import ClashError, Store, Validate, Work
from server.sync.puts import InvalidDocumentError, NobodyDecidedError, Put, Written, refuse_undecided

__all__ = ["Door", "InvalidDocumentError", "NobodyDecidedError", "Put", "Written"]

#: Documents in one transaction: long imports let phones in between.
CHUNK = 500
#: How often a chunk starts again when other transactions got in between.
ATTEMPTS = 8

T = TypeVar("T")
R = TypeVar("R")


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

    @property
    def tenant(self) -> str:
        """The tenant that it leads into."""
        return self._tenant

    def write(self, puts: Iterable[Put], by: str = "import") -> Written:
        """Keep the documents, at most 500 a transaction; an unchanged document moves nothing, so twice is safe.

        by : a word for who writes, up to 64 characters, shown to phones as the device.
        Raises InvalidDocumentError for the first document that breaks the contract; earlier chunks stay.
        Raises NobodyDecidedError when the server on its own would place somebody. Raises ClashError when the
        database is too busy.
        """
        total = Written()
        for chunk in _chunks(puts):
            clean = self._let_in(chunk, by)
            total += self._transaction(clean, by, Entrance.write)
        return total

    def add(self, puts: Iterable[Put], by: str = "server") -> int:
        """Keep documents under ids that nobody has used; what is there, or was, stays. Say how many were kept.

        Raises as `write` does.
        """
        total = 0
        for chunk in _chunks(puts):
            clean = self._let_in(chunk, by)
            total += self._transaction(clean, by, Entrance.add)
        return total

    def remove(self, keys: Iterable[Key], by: str = "import") -> int:
        """Delete records, leaving tombstones; say how many were there."""
        return sum(self._transaction(chunk, by, Entrance.remove) for chunk in _chunks(keys))

    def change(self, changes: Iterable[tuple[Key, Mapping[str, Any]]], by: str = "server") -> int:
        """Set fields of records on the server's own authority; say how many records that are there became different.

        Fields that are not named stay as they are at that moment, whoever is writing them. Not for places or states
        that others follow from.
        """
        return sum(self._transaction(chunk, by, Entrance.change) for chunk in _chunks(changes))

    def erase(self, keys: Iterable[Key], by: str = "server") -> int:
        """Erase records and all that hangs on them, wherever it is kept; say how many records that were."""
        return sum(self._transaction([key], by, Entrance.erase) for key in keys)

    def act(self, mutation: Mutation, principal: Principal) -> Verdict:
        """Apply one mutation under somebody's authority, outside any device's queue; refused, it changes nothing."""
        return self._transaction((), principal.device_id, lambda entrance, _: entrance.act(mutation, principal))

    def review(self, name: str, reviewer: Principal, *, release: bool) -> Verdict:
        """Release or drop what was refused and kept aside. What is released is applied by the reviewer's rights.

        The verdict says why it could not be; then the entry stays. Raises KeyError when the reviewer has no such entry.
        """
        by = reviewer.device_id
        return self._transaction((), by, lambda entrance, _: entrance.review(name, reviewer, release=release))

    def carry_out(self, do: Callable[[Context], R], by: str = "server") -> R:
        """Let the server decide something by itself in one transaction; give what `do` gives.

        do : reads and changes the context's batch; begun anew when other transactions got in between.
        """
        return self._transaction((), by, lambda entrance, _: entrance.carry_out(do))

    def sweep(self, by: str = "server") -> int:
        """Give up on what has waited too long for another record, so that people see it; say how much that was."""
        total = 0
        while given_up := self._transaction((), by, lambda entrance, _: entrance.sweep()):
            total += given_up
        return total

    def _let_in(self, chunk: Sequence[Put], by: str) -> list[Put]:
        """Refuse what nobody decided and what breaks the contract; give the rest with the contract's defaults."""
        for put in chunk:
            refuse_undecided(put, by)
        return [Put(put.kind, put.id, self._checked(put)) for put in chunk]

    def _checked(self, put: Put) -> Document:
        if put.kind not in self._rules:
            raise InvalidDocumentError(put.key, {"kind": ["Unknown kind."]})
        doc, errors = self._validate(put.kind, put.doc, False)
        if errors:
            raise InvalidDocumentError(put.key, errors)
        return doc

    def _transaction(self, items: Sequence[T], by: str, do: Callable[[Entrance, Sequence[T]], R]) -> R:
        for number in range(ATTEMPTS):
            try:
                with self._store.write(self._tenant) as work:
                    return do(self._entrance(work, by, again=number > 0), items)
            except ClashError:
                if number == ATTEMPTS - 1:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _entrance(self, work: Work, by: str, *, again: bool) -> Entrance:
        return Entrance(Batch(work, self._rules), self._validate, self._clock(), by, again=again)


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
