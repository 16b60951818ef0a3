"""Snapshots: a scope as it is at one moment, packed once for everybody who begins it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from server.sync.cursor import is_good
from server.sync.lines import row_texts
from server.sync.model import Head, Op, Principal, Row
from server.sync.ports import Snapshot, View

#: Rows written at a time.
_AT_ONCE = 500
#: Good snapshots of a scope that stay: the newest, and the one that somebody may be fetching.
_KEPT = 2


class Shelf(Protocol):
    """Where the files are."""

    def keep(self, head: "Beginning", rows: Iterable[bytes]) -> "Kept":
        """Pack a header and the lines that follow into a file under its own SHA-256."""

    def has(self, sha256: str) -> bool:
        """Say whether a file is there."""

    def drop(self, sha256: str) -> None:
        """Delete a file, if it is there."""


class Shelving(Protocol):
    """What building snapshots asks of a store."""

    def read(self, tenant: str) -> AbstractContextManager[View]:
        """Open one consistent look."""

    def keep_snapshot(self, tenant: str, snapshot: Snapshot) -> None:
        """Let a snapshot be served; a second time changes nothing."""

    def drop_snapshots(self, tenant: str, sha256s: Iterable[str]) -> None:
        """Let snapshots be served no more."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a snapshot's header says that is known before its rows are."""

    tenant: str
    scope: str
    epoch: str
    seq: int
    schema: int

    def header(self, rows: int, checksum: str) -> bytes:
        """Write the first line."""
        told = {
            "tenant": self.tenant,
            "scope": self.scope,
            "epoch": self.epoch,
            "seq": self.seq,
            "schema": self.schema,
            "rows": rows,
            "checksum": checksum,
        }
        return json.dumps(told, separators=(",", ":")).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file on the shelf."""

    sha256: str
    bytes: int
    rows: int


def build(store: Shelving, shelf: Shelf, tenant: str, scope: str, schema: int) -> tuple[Snapshot, bool]:
    """Give a good snapshot of the scope as it now is, and whether it had to be made.

    What was packed while somebody in it was erased is not kept: the erasure could not know of it.
    """
    with store.read(tenant) as view:
        head = view.head()
        for found in view.snapshots([scope]):
            if _is_current(found, view, head, schema) and shelf.has(found.sha256):
                return found, False
        beginning = Beginning(tenant, scope, head.epoch, head.seq, schema)
        kept = shelf.keep(beginning, _lines(view.rows_of(scope)))
    made = Snapshot(scope, kept.sha256, head.seq, head.epoch, schema, kept.rows, kept.bytes)
    store.keep_snapshot(tenant, made)
    if not _tells_of_erased(store, tenant, made):
        return made, True
    store.drop_snapshots(tenant, [made.sha256])
    shelf.drop(made.sha256)
    return build(store, shelf, tenant, scope, schema)


def _tells_of_erased(store: Shelving, tenant: str, made: Snapshot) -> bool:
    """Say whether anything in the scope was erased since; from now on an erasure finds the snapshot on the list."""
    after, ended = made.seq, False
    with store.read(tenant) as view:
        while not ended:
            changes = view.changes([made.scope], after, _AT_ONCE, 0)
            left = [row.key for row in changes.rows if row.op is not Op.PUT]
            if any(record.erased for record in view.records(left).values()):
                return True
            after, ended = changes.rows[-1].version if changes.rows else after, changes.ended
    return False


def tidy(store: Shelving, tenant: str) -> None:
    """Take from the list what nobody can use, and what newer snapshots have replaced."""
    with store.read(tenant) as view:
        head, everything = view.head(), view.snapshots(None)
    seen: dict[str, int] = {}
    gone = []
    for snapshot in everything:  # the newest of a scope first
        good = is_good(snapshot, head)
        seen[snapshot.scope] = seen.get(snapshot.scope, 0) + good
        if not good or seen[snapshot.scope] > _KEPT:
            gone.append(snapshot.sha256)
    store.drop_snapshots(tenant, gone)


def offered(view: View, principal: Principal, wanted: Sequence[str]) -> list[Snapshot]:
    """Give the newest good snapshot of each granted scope, of those that are wanted, or of all when none is named."""
    head = view.head()
    newest: dict[str, Snapshot] = {}
    for snapshot in view.snapshots(principal.scopes & set(wanted) if wanted else principal.scopes):
        if is_good(snapshot, head):
            newest.setdefault(snapshot.scope, snapshot)
    return [newest[scope] for scope in sorted(newest)]


def _is_current(snapshot: Snapshot, view: View, head: Head, schema: int) -> bool:
    """Say whether nothing has changed in the scope since."""
    return snapshot.schema == schema and is_good(snapshot, head) and view.last(snapshot.scope) <= snapshot.seq


def _lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Write rows as a page carries them, a line each."""
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        for text in row_texts(some):
            yield text.encode() + b"\n"
