"""Backups: a consistent copy of the database while it serves, and back again with a new epoch.

After a restore the feed has been rewound, so every tenant gets a new epoch: phones notice, take their records again and
send what the backup lacks. Signing keys are not part of a backup; keep KITH_HOME/secret.key apart from it.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from alembic.util import CommandError
from sqlalchemy import Connection, exc, inspect, make_url, text

from server.cli.carry_over import Carried, begin_again
from server.cli.copy_error import CopyError
from server.cli.interrupts import unbroken
from server.cli.postgres_copies import dump, put_in_place
from server.cli.taken import Taken, lacking, read_taken
from server.cli.targets import BESIDE, OF_KITH, beside
from server.storage.engine import make_engine, queue_of, reading, writing
from server.storage.migrate import upgrade, upgrade_within
from server.storage.tables import metadata
from server.storage.views import drop_views

_CHOOSE: Final = "Choose another that `kith backup` made."
#: What SQLite says of a file that cannot be read, whoever asks.
_DAMAGED: Final = ("malformed", "not a database", "disk I/O error")


def back_up(url: str, target: Path) -> None:
    """Copy the database at `url` to the file `target`, which appears only when it is complete and on disk.

    Raises CopyError, also when `target` is a file of the live database.
    """
    with copying(url, target):
        pass


@contextmanager
def copying(url: str, target: Path) -> Iterator[None]:
    """Do the same, and something between: the copy is made before the block and takes its place after it."""
    refuse_live(url, target)
    with beside(target) as partial:
        if make_url(url).get_backend_name() == "sqlite":
            _copy_sqlite(_sqlite_path(url), partial)
        else:
            dump(make_url(url), partial)
        yield


def restore(url: str, source: Path, *, as_it_was: bool = False) -> Carried:
    """Put the backup `source` in place of the database at `url`, in one step that a running server survives.

    What took access or data away since the backup is carried over within that step, unless `as_it_was`.
    Raises CopyError, and then nothing has changed.
    """
    refuse_live(url, source)
    if make_url(url).get_backend_name() == "sqlite":
        return _restore_sqlite(_sqlite_path(url), source, as_it_was=as_it_was)
    return _restore_postgres(url, source, as_it_was=as_it_was)


def _restore_postgres(url: str, source: Path, *, as_it_was: bool) -> Carried:
    engine = make_engine(url)
    try:
        with writing(engine) as connection:
            _hold_all(connection)
            lacks = None if as_it_was else lacking(connection)
            taken = None if as_it_was or lacks else read_taken(connection)
            drop_views(connection)  # an older copy may not know them, and could not replace the tables beneath them
            put_in_place(connection, source)
            upgrade_within(connection)
            return _told(begin_again(connection, taken), lacks)
    except CommandError as error:
        raise CopyError(f"This backup is not one of this version of Kith. {_CHOOSE}") from error
    finally:
        engine.dispose()


def _hold_all(connection: Connection) -> None:
    """Let nobody read or write the tables until the end, so that nothing is taken away after it was looked for."""
    names = sorted(metadata.tables.keys() & set(inspect(connection).get_table_names()))
    if names:
        connection.execute(text(f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE"))


def _told(carried: Carried, lacks: str | None) -> Carried:
    if lacks:
        carried.why_not = f"The database that was replaced had no table {lacks} that can be read."
    return carried


def refuse_live(url: str, file: Path) -> None:
    """Raise CopyError when `file` is one of the files in which the database lives, by whatever name."""
    if make_url(url).get_backend_name() != "sqlite":
        return
    live = _sqlite_path(url)
    parts = [live, *(live.with_name(f"{live.name}{ending}") for ending in BESIDE)]
    if any(_is_same(file, part) for part in parts):
        raise CopyError(f"{file} belongs to the live database, not to a backup. Name another file.")


def _is_same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def _restore_sqlite(path: Path, source: Path, *, as_it_was: bool) -> Carried:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        prepared = Path(folder) / "prepared.db"
        shutil.copyfile(source, prepared)
        _check_sqlite(prepared)
        _bring_up_to_date(prepared)
        with queue_of(path):  # nothing is taken away after it was looked for
            carried = _carry_over(prepared, None if as_it_was else path)
            with unbroken():
                _copy_sqlite(prepared, path)  # one transaction of SQLite: all or nothing, also for a server that runs
    return carried


def _carry_over(prepared: Path, replaced: Path | None) -> Carried:
    taken, why_not = (None, None) if replaced is None else _taken_from(replaced)
    engine = make_engine(f"sqlite:///{prepared}")
    try:
        with writing(engine) as connection:
            carried = begin_again(connection, taken)
    finally:
        engine.dispose()
    carried.why_not = why_not or carried.why_not
    return carried


def _taken_from(path: Path) -> tuple[Taken | None, str | None]:
    """Read what took away; else say why there is nothing to read."""
    if not path.exists() or path.stat().st_size == 0:
        return None, "There was no database before."
    engine = make_engine(f"sqlite:///{path}")
    try:
        with reading(engine) as connection:
            lacks = lacking(connection)
            if lacks:
                return None, f"The database that was replaced had no table {lacks} that can be read."
            return read_taken(connection), None
    except exc.DatabaseError as error:
        if not any(sign in str(error.orig) for sign in _DAMAGED):
            raise
        return None, "The database that was replaced is damaged."
    finally:
        engine.dispose()


def _check_sqlite(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise CopyError("This file is not a backup of Kith's database. Choose one that `kith backup` made.") from error
    if not sound or not tables >= OF_KITH:
        raise CopyError("This backup is damaged or not one of Kith's. Choose another that `kith backup` made.")


def _bring_up_to_date(path: Path) -> None:
    """Migrate a copy; CopyError when it then lacks a table or a column, or is newer than Kith."""
    engine = make_engine(f"sqlite:///{path}")
    try:
        upgrade(f"sqlite:///{path}")
        there = inspect(engine)
        for table in metadata.sorted_tables:
            if not {one.name for one in table.columns} <= {one["name"] for one in there.get_columns(table.name)}:
                raise CopyError(f"This backup lacks a part of the table {table.name}. {_CHOOSE}")
    except (exc.SQLAlchemyError, CommandError) as error:
        raise CopyError(f"This backup is not one of this version of Kith. {_CHOOSE}") from error
    finally:
        engine.dispose()


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        raise CopyError("There is no database yet. `kith migrate` makes one.")
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target, timeout=30)) as there:
        here.backup(there)


def _sqlite_path(url: str) -> Path:
    return Path(make_url(url).database or "")
