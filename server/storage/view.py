"""One consistent look at a tenant in SQL."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection, and_, select

from server.storage.chunks import CHUNK, chunks
from server.storage.feed_view import FeedView
from server.storage.rows import quarantined_from, stored_from
from server.storage.statements import RECORDS, RECORDS_LOCKED
from server.storage.tables import quarantine, record
from server.sync.model import Key, Stored
from server.sync.ports import Quarantined

__all__ = ["CHUNK", "SqlView", "chunks", "read_records"]


class SqlView(FeedView):
    """Reads inside the transaction of `connection`."""

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
