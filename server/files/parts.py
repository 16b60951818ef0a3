"""What has arrived of files that are not complete: one file each, whose size is the offset."""

import fcntl
import hashlib
import hmac
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from server.files.disk import CHUNK, make_folder, room, sync_folder, write_all
from server.files.model import Checksum, FileError

#: Gives at most so many of the bytes that come; fewer than one at the end. Raises OSError when the sender is gone.
Read = Callable[[int], bytes]
#: How long a request waits for another that asks how much of the same file is there.
_MOMENT_S: Final = 0.5


class Part:
    """The bytes that are there of one upload, held by this request alone."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path, self._handle = path, handle

    @property
    def size(self) -> int:
        """How many bytes are there."""
        return os.fstat(self._handle).st_size

    def settle(self) -> int:
        """Bring what is there to the disk and say how much it is: an offset that was told holds after a power cut."""
        os.fsync(self._handle)
        return self.size

    def receive(self, read: Read, limit: int) -> None:
        """Add what `read` gives; keep it even when the sender vanishes in the middle or the disk is full.

        Raises FileError `file-too-large`, keeping nothing of it, when more than `limit` bytes come, and `no-room`.
        """
        before = self.size
        os.lseek(self._handle, 0, os.SEEK_END)
        try:
            if _copy(read, limit, lambda data: write_all(self._handle, data)) > limit:
                os.ftruncate(self._handle, before)
                raise FileError("file-too-large", "More bytes came than Upload-Length announced.")
        finally:
            with room():
                os.fsync(self._handle)

    def receive_checked(self, read: Read, limit: int, checksum: Checksum) -> None:
        """Add what `read` gives if it has the checksum, and nothing of it otherwise.

        It waits in a file beside until it has proved right: what lies in the part may always be built upon.
        """
        aside = self.path.with_suffix(".chunk")
        handle = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            _take_checked(handle, read, limit, checksum)
            os.lseek(handle, 0, os.SEEK_SET)
            self.receive(lambda count: os.read(handle, count), limit)
        finally:
            os.close(handle)
            aside.unlink(missing_ok=True)


def _take_checked(handle: int, read: Read, limit: int, checksum: Checksum) -> None:
    hasher = hashlib.new(checksum.algorithm, usedforsecurity=False)

    def keep(data: bytes) -> None:
        hasher.update(data)
        write_all(handle, data)

    if _copy(read, limit, keep) > limit:
        raise FileError("file-too-large", "More bytes came than Upload-Length announced.")
    if not hmac.compare_digest(hasher.digest(), checksum.digest):
        raise FileError("checksum-mismatch")


def _copy(read: Read, limit: int, keep: Callable[[bytes], None]) -> int:
    """Hand at most `limit` bytes on and count them; one more is counted, when it comes, and not handed on."""
    count = 0
    while count < limit and (data := read(min(CHUNK, limit - count))):
        keep(data)
        count += len(data)
    return count + len(read(1)) if count == limit else count


def _locked(handle: int) -> bool:
    """Lock a file for its opener alone, if nobody else keeps it locked for longer than a moment."""
    until = time.monotonic() + _MOMENT_S
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(_MOMENT_S / 50)
        else:
            return True


class Parts:
    """The folder of parts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, upload_id: str) -> Path:
        """Say where an upload's bytes lie."""
        return self.folder / f"{upload_id}.part"

    def begin(self, upload_id: str) -> None:
        """Make an empty part."""
        make_folder(self.folder)
        with room():
            os.close(os.open(self.path(upload_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        sync_folder(self.folder)

    @contextmanager
    def hold(self, upload_id: str) -> Iterator[Part]:
        """Open a part for this request alone.

        The lock is the kernel's, between all processes, and dies with its holder. Who only asks how far it is holds
        it for a moment, which is waited for. Raises FileError `upload-busy` when another keeps it, and
        FileNotFoundError.
        """
        path = self.path(upload_id)
        handle = os.open(path, os.O_RDWR)
        try:
            if not _locked(handle):
                raise FileError("upload-busy")
            yield Part(path, handle)
        finally:
            os.close(handle)

    def remove(self, upload_id: str) -> None:
        """Forget what has arrived."""
        self.path(upload_id).unlink(missing_ok=True)
        self.path(upload_id).with_suffix(".chunk").unlink(missing_ok=True)

    def ids(self) -> list[str]:
        """Name the uploads of which something is on the disk."""
        return sorted({path.stem for path in self.folder.glob("*.*")}) if self.folder.is_dir() else []
