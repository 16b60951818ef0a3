"""Reading the feed in SQL: where it ends, what changed, what a scope holds."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, select

from server.storage import reads
from server.storage.chunks import chunks
from server.storage.tables import device_log, feed, record, snapshot
from server.sync.model import Head, Key, Op, Row
from server.sync.ports import Changes, Snapshot

#: Rows in memory while a whole scope is read.
_STREAMED = 1_000
_OPS = {op.value: op for op in Op}
_SNAPSHOTS = select(*(snapshot.c[name] for name in ("scope", "sha256", "seq", "epoch", "schema", "rows", "bytes")))


class FeedView:
    """Reads a tenant's feed inside the transaction of `connection`."""

    def __init__(self, connection: Connection, tenant: str) -> None:
        self.connection, self.tenant = connection, tenant

    def head(self) -> Head:
        """Say where the feed ends; a tenant without a feed has an empty epoch."""
        return self.where("")[0]

    def acked_lseq(self, device: str) -> int:
        """Say up to which lseq the device's mutations have receipts."""
        mine = and_(device_log.c.tenant == self.tenant, device_log.c.device == device)
        return self.connection.execute(select(device_log.c.acked_lseq).where(mine)).scalar() or 0

    def where(self, device: str) -> tuple[Head, int]:
        """Say where the feed ends and up to which lseq the device has receipts, in one question."""
        asked = {"at_tenant": self.tenant, "at_device": device}
        rows = reads.where(self.connection.dialect.name).rows(self.connection, asked)
        if not rows:
            return Head(0, "", 0), self.acked_lseq(device)
        seq, epoch, floor, acked_lseq = rows[0]
        return Head(seq, epoch, floor), acked_lseq or 0

    def changes(self, scopes: Collection[str], after: int, limit: int, began: int) -> Changes:
        """Give the next changes of `scopes`, each record once, in order."""
        if not scopes:
            return Changes([], ended=True)
        asked = reads.asked(self.tenant, after, limit, began)
        names = sorted(scopes)
        rows = self._part(names, asked) if len(names) == 1 else self._of_several(names, asked, limit)
        return Changes(_rows(rows), ended=len(rows) < limit)

    def _of_several(self, scopes: Sequence[str], asked: dict[str, Any], limit: int) -> list[Any]:
        """Read several scopes as one: a record that is in more than one of them comes once.

        What is read has room for one record more than is wanted, so that the last, of which some may be missing, can
        be left for the next reading.
        """
        found: list[Any] = []
        while len(found) < limit:
            asked["limit"] = limit - len(found) + len(scopes)
            rows = self._merged(scopes, asked)
            ended = len(rows) < asked["limit"]
            found += _once(rows if ended else [row for row in rows if row[0] < rows[-1][0]])
            if ended:
                break
            asked["after"] = found[-1][0]
        return found[:limit]

    def _merged(self, scopes: Sequence[str], asked: Mapping[str, Any]) -> list[Any]:
        parts = [
            self._part(scopes[start : start + reads.SCOPES], asked) for start in range(0, len(scopes), reads.SCOPES)
        ]
        return parts[0] if len(parts) == 1 else sorted(chain(*parts), key=reads.SEQ)[: asked["limit"]]

    def _part(self, scopes: Sequence[str], asked: Mapping[str, Any]) -> list[Any]:
        statement = reads.changes(self.connection.dialect.name, len(scopes), fills="began" in asked)
        rows = statement.rows(self.connection, {**asked, **reads.named(scopes)})
        rows.sort(key=reads.SEQ)  # they come in order already; the standard does not promise it of a subquery
        return rows

    def held(self, keys: Collection[Key], scopes: Collection[str]) -> Mapping[Key, Row]:
        """Give those of `keys` that are in one of `scopes` now, as they are now."""
        found: dict[Key, Row] = {}
        columns = select(record.c.id, record.c.version, record.c.doc)
        for kind, ids in chunks(keys):
            wanted = and_(self._all(kind), record.c.id.in_(ids), self._in_one_of(scopes))
            for row in self.connection.execute(columns.where(wanted)):
                found[Key(kind, row.id)] = Row(kind, row.id, row.version, Op.PUT, row.doc)
        return found

    def last(self, scope: str) -> int:
        """Say where the last change of a scope lies, 0 for none."""
        mine = and_(feed.c.tenant == self.tenant, feed.c.scope == scope)
        return self.connection.execute(select(func.max(feed.c.seq)).where(mine)).scalar() or 0

    def mark(self, scopes: Collection[str]) -> tuple[int, int]:
        """Say where the last change of these scopes lies and how many records they hold, each once a scope."""
        theirs = and_(feed.c.tenant == self.tenant, feed.c.scope.in_(sorted(scopes)))
        there = func.count(case((feed.c.op == Op.PUT.value, 1)))
        last, held = self.connection.execute(select(func.max(feed.c.seq), there).where(theirs)).one()
        return last or 0, held

    def versions(self, scope: str) -> Iterator[tuple[str, str, int]]:
        """Give kind, id and version of the records that a scope holds, without their documents."""
        rows = select(feed.c.kind, feed.c.id, feed.c.seq).where(self._present(scope))
        for row in self._stream(rows):
            yield row.kind, row.id, row.seq

    def rows_of(self, scope: str) -> Iterator[Row]:
        """Give the records that a scope holds in the order of their last changes, as many as there are."""
        is_it = and_(record.c.tenant == feed.c.tenant, record.c.kind == feed.c.kind, record.c.id == feed.c.id)
        rows = select(feed.c.seq, feed.c.kind, feed.c.id, record.c.doc).join(record, is_it)
        for row in self._stream(rows.where(self._present(scope)).order_by(feed.c.seq)):
            yield Row(row.kind, row.id, row.seq, Op.PUT, row.doc)

    def _present(self, scope: str) -> ColumnElement[bool]:
        return and_(feed.c.tenant == self.tenant, feed.c.scope == scope, feed.c.op == Op.PUT.value)

    def _stream(self, rows: Select[Any]) -> Iterator[Any]:
        """Read rows without ever holding all of them."""
        yield from self.connection.execute(rows, execution_options={"yield_per": _STREAMED})

    def snapshots(self, scopes: Collection[str] | None) -> Sequence[Snapshot]:
        """Give every snapshot of these scopes that is kept, of all when None, the newest first."""
        wanted = snapshot.c.tenant == self.tenant
        if scopes is not None:
            wanted &= snapshot.c.scope.in_(sorted(scopes))
        rows = self.connection.execute(_SNAPSHOTS.where(wanted).order_by(snapshot.c.seq.desc(), snapshot.c.sha256))
        return [Snapshot(*row) for row in rows]

    def snapshots_named(self, sha256s: Collection[str]) -> Sequence[Snapshot]:
        """Give those snapshots that are kept under these names."""
        wanted = and_(snapshot.c.tenant == self.tenant, snapshot.c.sha256.in_(sorted(sha256s)))
        return [Snapshot(*row) for row in self.connection.execute(_SNAPSHOTS.where(wanted))]

    def _all(self, kind: str) -> ColumnElement[bool]:
        return and_(record.c.tenant == self.tenant, record.c.kind == kind)

    def _in_one_of(self, scopes: Collection[str]) -> ColumnElement[bool]:
        held = select(literal(1)).where(
            feed.c.tenant == record.c.tenant, feed.c.kind == record.c.kind, feed.c.id == record.c.id,
            feed.c.scope.in_(sorted(scopes)), feed.c.op == Op.PUT.value,
        )  # fmt: skip
        return held.exists()


def _rows(rows: Sequence[Any]) -> list[Row]:
    """Read changes; a first pull brings so many that a row's own way to be made would tell."""
    make, ops = tuple.__new__, _OPS
    return [make(Row, (kind, name, seq, ops[op], doc)) for seq, kind, name, op, doc in rows]


def _once(rows: Sequence[Any]) -> list[Any]:
    """Leave each record once, as put if any scope has it; the operations sort del, out, put as text."""
    best: dict[int, Any] = {}
    for row in rows:
        other = best.get(row[0])
        if other is None or other[3] < row[3]:
            best[row[0]] = row
    return list(best.values())
