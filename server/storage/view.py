"""One consistent look at a tenant in SQL."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection, and_, func, select

from server.storage.asked import AskedView
from server.storage.bank_view import BankView
from server.storage.chunks import CHUNK, chunks
from server.storage.feed_view import FeedView
from server.storage.reviews import read_labels, read_payload, read_quarantined, read_seen
from server.storage.rows import stored_from
from server.storage.statements import RECORDS
from server.storage.tables import feed, record
from server.sync.model import Key, Op, Stored
from server.sync.ports import Quarantined, Seen

__all__ = ["CHUNK", "SqlView", "chunks", "read_records"]


class SqlView(FeedView, BankView, AskedView):
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

    def quarantined(self, state: str | None = "open") -> Sequence[Quarantined]:
        """Give what was refused and is in this state, or all of it, oldest first."""
        return read_quarantined(self.connection, self.tenant, state)

    def labels(self, state: str | None = "open") -> Sequence[Quarantined]:
        """Give what `quarantined` gives, in the same order, without what was sent: the payloads are empty."""
        return read_labels(self.connection, self.tenant, state)

    def payload(self, label: Quarantined) -> str:
        """Give what was sent."""
        return read_payload(self.connection, self.tenant, label)

    def seen(self, key: Key | None = None) -> Sequence[Seen]:
        """Give the audit, or what of it concerns a record: by itself or by one of the scopes it was ever in."""
        return read_seen(self.connection, self.tenant, key)

    def counts(self, scopes: Collection[str]) -> Mapping[str, int]:
        """Say how many records each of `scopes` holds."""
        held = and_(feed.c.tenant == self.tenant, feed.c.scope.in_(sorted(scopes)), feed.c.op == Op.PUT.value)
        counted = select(feed.c.scope, func.count()).where(held).group_by(feed.c.scope)
        return dict.fromkeys(scopes, 0) | {row[0]: row[1] for row in self.connection.execute(counted)}


def read_records(connection: Connection, tenant: str, keys: Collection[Key]) -> dict[Key, Stored]:
    """Read records, kind by kind."""
    found: dict[Key, Stored] = {}
    for kind, ids in chunks(keys):
        rows = connection.execute(RECORDS, {"at_tenant": tenant, "at_kind": kind, "among": ids})
        found.update((stored.key, stored) for stored in map(stored_from, rows))
    return found
