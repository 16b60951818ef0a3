"""One consistent look at a tenant in SQL."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select, union_all

from server.storage.rows import quarantined_from, stored_from
from server.storage.statements import RECORDS, RECORDS_LOCKED
from server.storage.tables import device_log, feed, head, quarantine, record
from server.sync.model import Head, Key, Op, Stored
from server.sync.ports import Change, Quarantined

#: Ids in one IN list: well under the limits of both databases on bound values.
CHUNK = 500


class SqlView:
    """Reads inside the transaction of `connection`."""

    def __init__(self, connection: Connection, tenant: str) -> None:
        self.connection, self.tenant = connection, tenant

    def head(self) -> Head:
        """Say where the feed ends; a tenant without a feed has an empty epoch."""
        row = self.connection.execute(select(head).where(head.c.tenant == self.tenant)).one_or_none()
        return Head(row.seq, row.epoch, row.floor) if row else Head(0, "", 0)

    def acked_lseq(self, device: str) -> int:
        """Say up to which lseq the device's mutations have receipts."""
        mine = and_(device_log.c.tenant == self.tenant, device_log.c.device == device)
        return self.connection.execute(select(device_log.c.acked_lseq).where(mine)).scalar() or 0

    def changes(self, scopes: Collection[str], after: int, limit: int, began: int) -> Sequence[Change]:
        """Give the next changes of `scopes`, each record once, in order.

        Every scope is read by its own index range up to the limit, so that a page costs what it holds, and no more.
        """
        if not scopes:
            return []
        each = [self._in_scope(scope, after, limit, began) for scope in sorted(scopes)]
        ranges = union_all(*each).subquery()
        columns = ranges.c
        # An operation sorts put > out > del as text, which is the order that we want the best of.
        changed = (
            select(columns.seq, columns.kind, columns.id, func.max(columns.op).label("op"))
            .group_by(columns.seq, columns.kind, columns.id)
            .order_by(columns.seq)
            .limit(limit)
            .subquery()
        )
        is_it = and_(record.c.tenant == self.tenant, record.c.kind == changed.c.kind, record.c.id == changed.c.id)
        found = select(changed, record.c.doc).join(record, is_it).order_by(changed.c.seq)
        return [
            Change(row.seq, Key(row.kind, row.id), Op(row.op), row.doc if row.op == Op.PUT else None)
            for row in self.connection.execute(found)
        ]

    def _in_scope(self, scope: str, after: int, limit: int, began: int) -> Select[tuple[int, str, str, str]]:
        wanted = [feed.c.tenant == self.tenant, feed.c.scope == scope, feed.c.seq > after]
        if began > after:
            wanted.append(or_(feed.c.op == Op.PUT.value, feed.c.seq > began))
        ordered = select(feed.c.seq, feed.c.kind, feed.c.id, feed.c.op).where(*wanted).order_by(feed.c.seq)
        part = ordered.limit(limit).subquery()
        return select(part.c.seq, part.c.kind, part.c.id, part.c.op)

    def held(self, keys: Collection[Key], scopes: Collection[str]) -> Mapping[Key, Change]:
        """Give those of `keys` that are in one of `scopes` now, as they are now."""
        found: dict[Key, Change] = {}
        for kind, ids in chunks(keys):
            wanted = and_(self._all(kind), record.c.id.in_(ids), self._in_one_of(scopes))
            for row in self.connection.execute(select(record).where(wanted)):
                key = Key(kind, row.id)
                found[key] = Change(row.version, key, Op.PUT, row.doc)
        return found

    def _all(self, kind: str) -> ColumnElement[bool]:
        return and_(record.c.tenant == self.tenant, record.c.kind == kind)

    def _in_one_of(self, scopes: Collection[str]) -> ColumnElement[bool]:
        held = select(literal(1)).where(
            feed.c.tenant == record.c.tenant, feed.c.kind == record.c.kind, feed.c.id == record.c.id,
            feed.c.scope.in_(sorted(scopes)), feed.c.op == Op.PUT.value,
        )  # fmt: skip
        return held.exists()

    def records(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Give those of `keys` that exist, deleted ones included."""
        return read_records(self.connection, self.tenant, keys)

    def of_kind(self, kind: str) -> Iterator[Stored]:
        """Give every record of a kind that is not deleted, in order of id."""
        wanted = and_(self._all(kind), record.c.deleted.is_(False))
        for row in self.connection.execute(select(record).where(wanted).order_by(record.c.id)):
            yield stored_from(row)

    def in_scopes(self, kind: str, scopes: Collection[str]) -> Iterator[Stored]:
        """Give the records of a kind that one of `scopes` holds, in order of id."""
        wanted = and_(self._all(kind), self._in_one_of(scopes))
        for row in self.connection.execute(select(record).where(wanted).order_by(record.c.id)):
            yield stored_from(row)

    def quarantined(self) -> Sequence[Quarantined]:
        """Give what was refused, oldest first."""
        mine = select(quarantine).where(quarantine.c.tenant == self.tenant)
        ordered = mine.order_by(quarantine.c.received_at, quarantine.c.device, quarantine.c.mid)
        return [quarantined_from(row) for row in self.connection.execute(ordered)]


def read_records(
    connection: Connection, tenant: str, keys: Collection[Key], *, lock: bool = False
) -> dict[Key, Stored]:
    """Read records, kind by kind in one order for everybody; with `lock`, nobody else changes them until the end."""
    found: dict[Key, Stored] = {}
    for kind, ids in chunks(keys):
        asked = {"at_tenant": tenant, "at_kind": kind, "among": ids}
        rows = connection.execute(RECORDS_LOCKED if lock else RECORDS, asked)
        found.update((stored.key, stored) for stored in map(stored_from, rows))
    return found


def chunks(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    """Group keys by kind, sorted, in chunks that fit a statement."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, record_id in sorted(set(keys)):
        by_kind[kind].append(record_id)
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), CHUNK):
            yield kind, ids[start : start + CHUNK]
