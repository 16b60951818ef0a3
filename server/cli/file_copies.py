"""Files in a backup: one archive beside the copy of the database, and back again.

The database is copied first: what arrives meanwhile is then too much in the archive, never too little. A file's name is
the SHA-256 of its bytes, so a damaged one is known, and one that is there already is left as it is.
"""

import hashlib
import os
import shutil
import tarfile
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from server.files.disk import make_folder, sync_folder

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
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # they are personal data
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                for path in paths:
                    with suppress(FileNotFoundError):  # erased meanwhile
                        archive.add(path, arcname=path.relative_to(folder / _WHOLE).as_posix())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return len(paths)


def restore_files(folder: Path, copy: Path) -> tuple[int, int]:
    """Put back the files of the archive beside `copy`; say how many were put back or there, and how many are damaged.

    Without an archive there is nothing to do: `kith files sweep` then asks phones for what is missing.
    """
    good = bad = 0
    if archive_of(copy).exists():
        with tarfile.open(archive_of(copy)) as archive:
            for member in archive:
                if _restore_one(archive, member, folder / _WHOLE):
                    good += 1
                else:
                    bad += 1
    return good, bad


def _restore_one(archive: tarfile.TarFile, member: tarfile.TarInfo, whole: Path) -> bool:
    parts, source = PurePosixPath(member.name).parts, archive.extractfile(member)
    if source is None or len(parts) != 3 or ".." in parts or len(parts[2]) != _SHA256:
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
