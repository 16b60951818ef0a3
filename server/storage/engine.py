"""Engines: SQLite with a fair queue of writers, or PostgreSQL."""

import errno
import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from typing import IO, Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from server.sync.glance import UnforeseenError

#: Seconds after which a resting connection to PostgreSQL is asked whether it lives.
REST_S = 2
#: Seconds that SQLite itself waits for a lock; the queue makes it rare.
BUSY_S = 10


def make_engine(url: str, synchronous: str = "full") -> Engine:
    """Make an engine for ``sqlite:///path`` or ``postgresql+psycopg://…``; anything else raises ValueError.

    synchronous : of SQLite, full or normal; normal leaves the last commits to the system's memory for a moment.
    """
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        return _sqlite(url, synchronous)
    if backend == "postgresql":
        return _postgresql(url)
    raise ValueError(f"no storage for {backend} addresses: use sqlite or postgresql")


#: How PostgreSQL plans what is asked in one statement: once, along indexes whatever it makes of sizes, so that a plan
#: made while a table was small stays right. Planning anew takes longer than running does.
_ONCE = "-c plan_cache_mode=force_generic_plan" + "".join(
    f" -c enable_{way}=off" for way in ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin", "material")
)


def make_once(engine: Engine) -> Engine:
    """Make the engine for `asking_once` beside `engine`: on PostgreSQL one with connections of its own."""
    if engine.dialect.name != "postgresql":
        return engine
    return _postgresql(engine.url, isolation_level="AUTOCOMMIT", connect_args={"options": _ONCE})


def _postgresql(url: str | URL, **more: Any) -> Engine:
    engine = create_engine(url, pool_size=16, max_overflow=32, **more)
    event.listen(engine, "checkin", _note_rest)
    event.listen(engine, "checkout", partial(_wake, engine))
    return engine


def _note_rest(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["kith_rests_s"] = monotonic()


def _wake(engine: Engine, connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask a connection that rested for a while whether it still lives; one that was just used is believed to."""
    if monotonic() - record.info.get("kith_rests_s", monotonic()) < REST_S:
        return
    try:
        alive = engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        alive = not engine.dialect.is_disconnect(error, connection, None)
    if not alive:
        raise exc.InvalidatePoolError


def _sqlite(url: str, synchronous: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_S}, pool_size=16, max_overflow=32)
    event.listen(engine, "connect", partial(_prepare, synchronous))
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(synchronous: str, connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to keep a look consistent
    for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("kith_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def let_go(engine: Engine) -> bool:
    """Bring SQLite's log into the database and empty it, so that it tells nothing of before; say whether that was done.

    While somebody reads, it cannot be: the next try, or whoever closes the database last, does it.
    """
    if engine.dialect.name != "sqlite":
        return True
    pooled = engine.raw_connection()
    try:
        driver: Any = pooled.driver_connection
        return bool(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    except engine.dialect.loaded_dbapi.Error:
        return False
    finally:
        pooled.close()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open one consistent, read-only look."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def asking_once(engine: Engine) -> Iterator[Any]:
    """Give the driver's own cursor for a single statement, which by itself is one consistent look; see `make_once`.

    A driver that fails raises UnforeseenError, so that a whole look finds out by which name to say it.
    """
    pooled = engine.raw_connection()
    driver: Any = pooled.driver_connection
    try:
        yield driver.cursor()
    except engine.dialect.loaded_dbapi.Error as error:
        pooled.invalidate(error)
        raise UnforeseenError from error
    finally:
        pooled.close()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that may write: kept if the block ends, undone if it raises.

    On SQLite writers first stand in a queue: a file lock wakes them in order, across processes too, where SQLite's
    own waiting polls and starves (640 ms at worst against 80 ms, with 20 writers).
    """
    with _queue(engine), engine.connect() as connection:
        connection = connection.execution_options(kith_write=True)
        with connection.begin():
            yield connection


@contextmanager
def _queue(engine: Engine) -> Iterator[None]:
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        yield
        return
    with queue_of(Path(path)):
        yield


@contextmanager
def queue_of(path: Path) -> Iterator[None]:
    """Stand in the queue of those who write into the SQLite database at `path`, and then let nobody else write."""
    with _opened(path.with_name(f"{path.name}.queue")) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


_READONLY: Final = "attempt to write a readonly database"
_GONE: Final = "unable to open database file"
#: What SQLite says of its own file where the system says this of the file beside it.
_AS_SQLITE: Final = {
    errno.EROFS: _READONLY,
    errno.EACCES: _READONLY,
    errno.EPERM: _READONLY,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
}


def _opened(path: Path) -> IO[bytes]:
    """Open the queue's file; OperationalError, as for the database beside it, when its place is read-only or gone."""
    try:
        return path.open("ab")
    except OSError as error:
        said = _AS_SQLITE.get(error.errno or 0)
        if said is None:
            raise
        raise exc.OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError(said)) from error
