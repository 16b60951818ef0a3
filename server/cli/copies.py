"""Backups: a consistent copy of the database while it serves, and back again with a new epoch.

After a restore the feed has been rewound, so every tenant gets a new epoch: phones notice, take their records again and
send what the backup lacks. Signing keys are not part of a backup; keep KITH_HOME/secret.key apart from it.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

from alembic.util import CommandError
from sqlalchemy import URL, Engine, exc, inspect, make_url

from server.clock import now as utc_now
from server.storage.engine import make_engine, writing
from server.storage.heads import rewind
from server.storage.migrate import upgrade
from server.storage.tables import metadata
from server.storage.views import drop_views

#: What SQLite and the queue of writers keep beside a database while it is in use.
_BESIDE: Final = ("-wal", "-shm", "-journal", ".queue")
_CHOOSE: Final = "Choose another that `kith backup` made."


class CopyError(Exception):
    """A backup that cannot be made or used; the message says why and how to mend it."""


def back_up(url: str, target: Path) -> None:
    """Copy the database at `url` to the file `target`, which appears only when it is complete and on disk.

    Raises CopyError, also when `target` is a file of the live database.
    """
    _refuse_live(url, target)
    if not target.parent.is_dir():
        raise CopyError(f"There is no folder {target.parent}. Make it first, or name another.")
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # it holds personal data
    try:
        if make_url(url).get_backend_name() == "sqlite":
            _copy_sqlite(_sqlite_path(url), partial)
        else:
            _postgres("pg_dump", make_url(url), "--format=custom", f"--file={partial}")
        _to_disk(partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def restore(url: str, source: Path) -> None:
    """Put the backup `source` in place of the database at `url`, in one step that a running server survives."""
    _refuse_live(url, source)
    if make_url(url).get_backend_name() == "sqlite":
        _restore_sqlite(_sqlite_path(url), source)
    else:
        _restore_postgres(url, source)


def _restore_postgres(url: str, source: Path) -> None:
    engine = make_engine(url)
    try:
        with writing(engine) as connection:
            drop_views(connection)  # an older copy may not know them, and could not replace the tables beneath them
        _postgres(
            "pg_restore", make_url(url), "--clean", "--if-exists", "--no-owner", "--single-transaction", str(source)
        )
    finally:
        upgrade(url)
        engine.dispose()
    move_epochs(engine)
    engine.dispose()


def _refuse_live(url: str, file: Path) -> None:
    """Raise CopyError when `file` is one of the files in which the database lives, by whatever name."""
    if make_url(url).get_backend_name() != "sqlite":
        return
    live = _sqlite_path(url)
    parts = [live, *(live.with_name(f"{live.name}{ending}") for ending in _BESIDE)]
    if any(_is_same(file, part) for part in parts):
        raise CopyError(f"{file} belongs to the live database, not to a backup. Name another file.")


def _is_same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def move_epochs(engine: Engine) -> None:
    """Give every tenant a new epoch, so that no phone trusts its place in a feed that was rewound."""
    with writing(engine) as connection:
        rewind(connection, utc_now())


def _restore_sqlite(path: Path, source: Path) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        prepared = Path(folder) / "prepared.db"
        shutil.copyfile(source, prepared)
        _check_sqlite(prepared)
        _bring_up_to_date(prepared)
        _copy_sqlite(prepared, path)  # one transaction of SQLite: all or nothing, also for a server that runs


def _check_sqlite(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise CopyError("This file is not a backup of Kith's database. Choose one that `kith backup` made.") from error
    if not sound or not {"head", "record", "feed"} <= tables:
        raise CopyError("This backup is damaged or not one of Kith's. Choose another that `kith backup` made.")


def _bring_up_to_date(path: Path) -> None:
    """Migrate a copy and move its epochs; CopyError when it then lacks a table or a column, or is newer than Kith."""
    engine = make_engine(f"sqlite:///{path}")
    try:
        upgrade(f"sqlite:///{path}")
        there = inspect(engine)
        for table in metadata.sorted_tables:
            if not {one.name for one in table.columns} <= {one["name"] for one in there.get_columns(table.name)}:
                raise CopyError(f"This backup lacks a part of the table {table.name}. {_CHOOSE}")
        move_epochs(engine)
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


def _postgres(program: str, url: URL, *arguments: str) -> None:
    """Run a PostgreSQL client program; the password travels in the environment, never on the command line."""
    found = shutil.which(program) or _newest(program)
    if found is None:
        raise CopyError(f"{program} is missing. Install PostgreSQL's client programs.")
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    command = [found, f"--dbname={plain}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)  # ours, found on this machine
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise CopyError(f"{program} failed: {reason[0] if reason else 'no reason given'}")


def _newest(program: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(found[-1]) if found else None


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
