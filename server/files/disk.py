"""Small steps on the disk that either hold after a power cut or have not happened."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from server.files.model import FileError

#: Small enough that a thin signal loses little when it breaks in the middle of one.
CHUNK: Final = 16 * 1024
#: What the system says where there is no more room.
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def room() -> Iterator[None]:
    """Name a full disk; raises FileError `no-room`."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise FileError("no-room") from error
        raise


def make_folder(path: Path) -> Path:
    """Make a folder, and those above it, closed to other users."""
    if not path.is_dir():
        with room():
            make_folder(path.parent)
            path.mkdir(mode=0o700, exist_ok=True)
    return path


def sync_folder(path: Path) -> None:
    """Let the names in a folder hold."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_all(handle: int, data: bytes) -> None:
    """Write every byte; raises FileError `no-room`, with as many written as there was room for."""
    view = memoryview(data)
    with room():
        while view:
            view = view[os.write(handle, view) :]
