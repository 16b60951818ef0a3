"""Files in a backup: one archive beside the copy of the database, and back again.

The database is copied first: what arrives meanwhile is then too much in the archive, never too little. A file's name is
the SHA-256 of its bytes, so a damaged one is known, and one that is there already is left as it is.
"""

import hashlib
import os
import shutil
import tarfile
from collections.abc import Collection
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from sqlalchemy import select

from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.accounts.database import Database
from server.cli.targets import beside, is_named
from server.clock import now as utc_now
from server.files.build import make_files
from server.files.disk import make_folder, sync_folder
from server.files.model import Limits
from server.settings import Settings
from server.storage.engine import make_engine, reading, writing
from server.storage.sql import SqlStore
from server.storage.tables import kept_file, metadata

#: Where whole files lie below the folder of files.
_WHOLE: Final = "whole"
_SHA256: Final = 64


def archive_of(copy: Path) -> Path:
    """Name the archive that belongs to a copy of the database."""
    return copy.with_name(f"{copy.name}.files.tar")


def back_up_files(folder: Path, copy: Path) -> int:
    """Put every whole file below `folder` into the archive beside `copy`, if there are any; say how many there were."""
    target, paths = archive_of(copy), _whole(folder)
    if not paths:
        target.unlink(missing_ok=True)  # it would belong to an older copy of this name
        return 0
    with beside(target) as part, tarfile.open(part, mode="w") as archive:
        for path in paths:
            with suppress(FileNotFoundError):  # erased meanwhile
                archive.add(path, arcname=path.relative_to(folder / _WHOLE).as_posix())
    return len(paths)


def files_of(settings: Settings) -> frozenset[Path]:
    """Take away the files of records that are erased, and name those that the database knows."""
    engine = make_engine(settings.database_url)
    try:
        store, database = SqlStore(engine), Database(partial(reading, engine), partial(writing, engine), metadata)
        files = make_files(settings.files, database, store, KINDS, validate, utc_now, Limits(), 1)
        for tenant in store.heads():
            files.forget_erased(tenant)
        with reading(engine) as connection:
            rows = connection.execute(select(kept_file.c.tenant, kept_file.c.sha256)).all()
        return frozenset(files.shelf.blobs.path(*row) for row in rows)
    finally:
        engine.dispose()


def restore_files(folder: Path, copy: Path, wanted: Collection[Path]) -> tuple[int, int]:
    """Put back the files of the archive beside `copy`; say how many were put back or there, and how many are damaged.

    What is not among `wanted` stays away: it came while the copy was made, or is of somebody who was erased since.
    Without an archive there is nothing to do: `kith files sweep` then asks phones for what is missing.
    """
    good = bad = 0
    if archive_of(copy).exists():
        with tarfile.open(archive_of(copy)) as archive:
            for member in archive:
                if (folder / _WHOLE / member.name) not in wanted and is_named(member):
                    continue
                if _restore_one(archive, member, folder / _WHOLE):
                    good += 1
                else:
                    bad += 1
    return good, bad


def _restore_one(archive: tarfile.TarFile, member: tarfile.TarInfo, whole: Path) -> bool:
    parts, source = PurePosixPath(member.name).parts, archive.extractfile(member)
    if source is None or not is_named(member):
        return False
    target = whole.joinpath(*parts)
    if target.is_file():
        return True
    make_folder(target.parent)
    partial = target.with_name(f".{target.name}.partial")
    try:
        with partial.open("wb") as file:
            partial.chmod(0o600)
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        if not _is_itself(partial, parts[2]):
            return False
        partial.replace(target)
        sync_folder(target.parent)
        return True
    finally:
        partial.unlink(missing_ok=True)


def _is_itself(path: Path, sha256: str) -> bool:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _whole(folder: Path) -> list[Path]:
    return [path for path in sorted((folder / _WHOLE).glob("*/*/*")) if len(path.name) == _SHA256]
