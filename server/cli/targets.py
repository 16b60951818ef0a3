"""Where a backup may be written: a new file, or in place of a former backup, and nothing else unless it is forced."""

import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Final

from server.cli.copy_error import CopyError

#: Tables that tell a database of Kith's.
OF_KITH: Final = frozenset({"head", "record", "feed"})
#: What SQLite and the queue of writers keep beside a database while it is in use.
BESIDE: Final = ("-wal", "-shm", "-journal", ".queue")
#: What Kith keeps in its home, besides the database.
_OURS: Final = frozenset(
    {"secret.key", "live.lock", "live.sock", "live-words.sock", "files", "snapshots", "models", "deprivation.parquet"}
)
_POSTGRES: Final = b"PGDMP"
_SHA256: Final = 64


def check_target(target: Path, home: Path, *, force: bool) -> None:
    """Raise CopyError unless a backup may be written to `target`.

    home : in which only former backups may be replaced, forced or not. force : replace any other file as well.
    """
    if not target.parent.is_dir():
        raise CopyError(f"There is no folder {target.parent}. Make it first, or name another.")
    inside = _inside(target, home)
    if inside and inside[0] in _OURS:
        raise CopyError(f"{target} is where Kith keeps what it works with. Name another file.")
    if not os.path.lexists(target):
        return
    if not target.is_file():
        raise CopyError(f"{target} is no ordinary file. Name another.")
    if is_former(target) or (target.stat().st_size == 0 and not inside):
        return
    if inside:
        raise CopyError(f"{target} belongs to Kith's home and is no former backup. Name another file.")
    if not force:
        raise CopyError(f"{target} is there and is no former backup. Name another file, or say --force to replace it.")


def _inside(target: Path, home: Path) -> tuple[str, ...]:
    """Give the parts of the way from the home to a file, none when it lies elsewhere."""
    with suppress(ValueError):
        return target.resolve().relative_to(home.resolve()).parts
    return ()


def is_former(path: Path) -> bool:
    """Say whether a file is a backup of Kith's or the archive of one; a database that is in use is none."""
    if any(path.with_name(f"{path.name}{ending}").exists() for ending in BESIDE):
        return False
    with path.open("rb") as file:
        if file.read(len(_POSTGRES)) == _POSTGRES:
            return True
    return tables_of(path) >= OF_KITH or _is_archive(path)


def tables_of(path: Path) -> frozenset[str]:
    """Name the tables of an SQLite file, none when it is something else; nothing is written beside it."""
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as found,
    ):
        return frozenset(name for (name,) in found.execute("SELECT name FROM sqlite_master"))
    return frozenset()


def _is_archive(path: Path) -> bool:
    with suppress(tarfile.TarError, OSError), tarfile.open(path, "r:") as archive:
        first = archive.next()
        return first is not None and is_named(first)
    return False


def is_named(member: tarfile.TarInfo) -> bool:
    """Say whether a part of an archive has the name of a file of ours: its programme's folder and its SHA-256."""
    parts = PurePosixPath(member.name).parts
    return len(parts) == 3 and ".." not in parts and len(parts[2]) == _SHA256


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give a new file beside `target`, its owner's alone, that takes its place once it is complete and on disk."""
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # it holds personal data
    try:
        yield partial
        _to_disk(partial)
        partial.replace(target)
        _to_disk(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
