"""The store on SQLite and PostgreSQL, with the same statements on both."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Engine, Select, exc, select

from server.clock import now as utc_now
from server.prepared import Prepared
from server.storage.asked import AskedUpkeep
from server.storage.engine import asking_once, let_go, make_once, reading, writing
from server.storage.full import is_full
from server.storage.glance import Glance, glance
from server.storage.heads import ensure_head, rewind
from server.storage.poked import Poke, PokingWork, no_poke
from server.storage.tables import head
from server.storage.tallies import SqlTallies
from server.storage.upkeep import SqlUpkeep
from server.storage.view import SqlView
from server.storage.warm import open_connections
from server.sync.glance import Likely
from server.sync.model import Head
from server.sync.ports import ClashError, NoRoomError


class SqlStore(SqlUpkeep, SqlTallies, AskedUpkeep):
    """Keeps tenants in the database of `engine`, whose tables `migrate.upgrade` has made."""

    def __init__(self, engine: Engine, poke: Poke = no_poke, now: Callable[[], datetime] | None = None) -> None:
        """poke : told after each commit that moved a feed. now : notes once a day where feeds are, for compaction."""
        self.engine, self._poke, self._now = engine, poke, now
        self._noted: dict[str, str] = {}

    @contextmanager
    def read(self, tenant: str) -> Iterator[SqlView]:
        """Open one consistent look: a read transaction on one snapshot."""
        with reading(self.engine) as connection:
            yield SqlView(connection, tenant)

    def warm(self, count: int) -> None:
        """Have connections for so many threads ready."""
        for engine in (self.engine, self._once):
            open_connections(engine, count)

    @cached_property
    def _once(self) -> Engine:
        return make_once(self.engine)

    def glance(self, tenant: str, device: str, asking: Select[Any], likely: Likely | None) -> Glance:
        """Look in one statement at what is most likely wanted; whoever wants more gets UnforeseenError."""
        return glance(self._once, tenant, device, asking, likely)

    def ask(self, question: Select[Any], values: Mapping[str, Any]) -> list[Any]:
        """Ask one question, of one moment by itself; UnforeseenError when a whole look has to say what is wrong."""
        with asking_once(self._once) as cursor:
            return _prepared(question, self.engine.dialect.name).rows_by(cursor, values)

    @contextmanager
    def write(self, tenant: str) -> Iterator[PokingWork]:
        """Open a transaction; ClashError when the database had to break it off and it may be tried again."""
        try:
            with writing(self.engine) as connection:
                work = PokingWork(connection, tenant)
                yield work
        except (exc.OperationalError, exc.IntegrityError) as error:
            if is_full(error):
                raise NoRoomError from error
            raise ClashError(type(error.orig).__name__) from error
        work.tell(self._poke)
        if work.erased:
            let_go(self.engine)
        if work.seq and self._now:
            self._note(tenant, self._now().date().isoformat())

    def _note(self, tenant: str, day: str) -> None:
        """Note the day unless this process has; what was committed stands even if this cannot be written."""
        if self._noted.get(tenant) != day:
            with suppress(exc.DBAPIError, exc.TimeoutError):
                self.note_day(tenant, day)
                self._noted[tenant] = day

    def heads(self) -> dict[str, Head]:
        """Say where every tenant's feed ends."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(head)).all()
        return {row.tenant: Head(row.seq, row.epoch, row.floor) for row in rows}

    def ensure_tenant(self, tenant: str) -> None:
        """Make the tenant's feed if there is none."""
        with writing(self.engine) as connection:
            ensure_head(connection, tenant)

    def touch(self, tenant: str) -> None:
        """Move the head without a change, so that phones look again: their grants have changed."""
        with self.write(tenant) as work:
            work.numbers(1)

    def new_epoch(self, tenant: str, now: datetime | None = None) -> None:
        """Tell phones that history was rewound: after a restore from a backup. now : unless it is now."""
        with writing(self.engine) as connection:
            rewind(connection, now or utc_now(), tenant)


@lru_cache(8)
def _prepared(question: Select[Any], dialect: str) -> Prepared:
    return Prepared(question, dialect)
