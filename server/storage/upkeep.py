"""What operating a store needs besides reading and writing: days, floors, the list of snapshots."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict

from sqlalchemy import Connection, Engine, delete, func, literal_column, select, tuple_, update

from server.storage.chunks import CHUNK
from server.storage.engine import reading, writing
from server.storage.statements import SCOPES, add_unless_there
from server.storage.tables import feed, feed_day, head, snapshot
from server.sync.model import Op
from server.sync.ports import Snapshot

# Written out, not bound: only so do the databases see that the index of what is gone fits.
_GONE = feed.c.op != literal_column("'put'")


class SqlUpkeep:
    """The upkeep of a database."""

    engine: Engine

    def note_day(self, tenant: str, day: str) -> None:
        """Note where the feed is on a day, unless that is noted already."""
        with writing(self.engine) as connection:
            seq = connection.execute(select(head.c.seq).where(head.c.tenant == tenant)).scalar()
            if seq is not None:
                values = {"tenant": tenant, "day": day, "seq": seq}
                connection.execute(add_unless_there(feed_day, connection.dialect.name), values)

    def days(self, tenant: str) -> Mapping[str, int]:
        """Give what was noted: day → where the feed was at some time of it."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(feed_day.c.day, feed_day.c.seq).where(feed_day.c.tenant == tenant))
            return {row.day: row.seq for row in rows}

    def raise_floor(self, tenant: str, floor: int) -> None:
        """Let no cursor below `floor` go on; a lower floor than there is changes nothing."""
        lower = (head.c.tenant == tenant) & (head.c.floor < floor) & (head.c.seq >= floor)
        with writing(self.engine) as connection:
            connection.execute(update(head).where(lower).values(floor=floor))

    def collect(self, tenant: str, floor: int, limit: int) -> int:
        """Delete at most `limit` traces from before `floor`; say how many there were.

        What is wanted is asked twice: a row that a writer makes live in between is not deleted.
        """
        wanted = (feed.c.tenant == tenant) & _GONE & (feed.c.seq <= floor)
        key = (feed.c.tenant, feed.c.scope, feed.c.kind, feed.c.id)
        some = select(*key).where(wanted).order_by(feed.c.seq).limit(limit)
        with writing(self.engine) as connection:
            return connection.execute(delete(feed).where(tuple_(*key).in_(some), wanted)).rowcount

    def scope_counts(self, tenant: str) -> Mapping[str, int]:
        """Say how many records each scope holds."""
        held = (feed.c.tenant == tenant) & (feed.c.op == Op.PUT.value)
        counted = select(feed.c.scope, func.count()).where(held).group_by(feed.c.scope)
        with reading(self.engine) as connection:
            return {row[0]: row[1] for row in connection.execute(counted)}

    def scopes_from(self, tenant: str, prefix: str) -> frozenset[str]:
        """Name the scopes that begin so, by steps from one to the next: it costs as much as there are scopes."""
        with reading(self.engine) as connection:
            rows = connection.execute(SCOPES, {"at_tenant": tenant, "first": prefix, "after": prefix + "\U0010ffff"})
            return frozenset(row[0] for row in rows if row[0] is not None and row[0].startswith(prefix))

    def keep_snapshot(self, tenant: str, made: Snapshot) -> None:
        """Let a snapshot be served; a second time changes nothing."""
        with writing(self.engine) as connection:
            values = {"tenant": tenant, **asdict(made)}
            connection.execute(add_unless_there(snapshot, connection.dialect.name), values)

    def drop_snapshots(self, tenant: str, sha256s: Iterable[str]) -> None:
        """Let snapshots be served no more."""
        names = sorted(sha256s)
        with writing(self.engine) as connection:
            for start in range(0, len(names), CHUNK):
                named = snapshot.c.sha256.in_(names[start : start + CHUNK])
                connection.execute(delete(snapshot).where(snapshot.c.tenant == tenant, named))

    def listed_snapshots(self) -> Collection[str]:
        """Name every snapshot of every tenant."""
        with reading(self.engine) as connection:
            return frozenset(connection.execute(select(snapshot.c.sha256)).scalars())


def forget_snapshots(connection: Connection, tenant: str, scopes: Collection[str]) -> None:
    """Serve no snapshot of these scopes that was made until now: something in them may not be told any more."""
    connection.execute(delete(snapshot).where(snapshot.c.tenant == tenant, snapshot.c.scope.in_(sorted(scopes))))
