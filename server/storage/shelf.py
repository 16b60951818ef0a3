"""Snapshots as files under their SHA-256, each appearing only when it is whole and on disk."""

import hashlib
import os
import tempfile
import time
import zlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from server.sync.snapshot import Beginning, Kept

_ENDING = ".ndjson.gz"
_CHUNK = 1 << 20
#: A member of gzip without a name or a time, so that the same rows make the same file.
_GZIP = 16 + zlib.MAX_WBITS
#: Age in seconds from which a file that is on no list may go: another process may be about to list it.
_GRACE_S = 3_600


class FileShelf:
    """Keeps files below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Say where a snapshot lies."""
        return self._folder / sha256[:2] / f"{sha256}{_ENDING}"

    def has(self, sha256: str) -> bool:
        """Say whether a file is there."""
        return self.path(sha256).is_file()

    def keep(self, head: Beginning, rows: Iterable[bytes]) -> Kept:
        """Pack a header and the lines that follow; twice over the disk, as the header knows what follows."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=self._folder) as body:
            count, checksum = _spool(rows, body)
            return self._pack(head.header(count, checksum), body, count)

    def _pack(self, header: bytes, body: BinaryIO, count: int) -> Kept:
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                sha256, size = _compress(header, body, file)
            path = self.path(sha256)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        return Kept(sha256, size, count)

    def sweep(self, listed: Collection[str], grace_s: float = _GRACE_S) -> int:
        """Delete files that are on no list, leftovers of broken builds too; say how many."""
        before = time.time() - grace_s
        gone = [path for path in self._files() if path.name.removesuffix(_ENDING) not in listed]
        old = [path for path in gone if path.stat().st_mtime <= before]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def drop(self, sha256: str) -> None:
        """Delete a file, if it is there."""
        self.path(sha256).unlink(missing_ok=True)

    def forget(self, listed: Collection[str]) -> int:
        """Delete whole files that are on no list, however new: what they say is not to be told any more."""
        gone = [path for path in self._folder.glob(f"??/*{_ENDING}") if path.name.removesuffix(_ENDING) not in listed]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)

    def _files(self) -> Iterator[Path]:
        yield from self._folder.glob(f"??/*{_ENDING}")
        yield from self._folder.glob(".new-*")


def _spool(rows: Iterable[bytes], body: BinaryIO) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update(row)
        body.write(row)
        count += 1
    body.seek(0)
    return count, digest.hexdigest()


def _compress(header: bytes, body: BinaryIO, file: BinaryIO) -> tuple[str, int]:
    digest, size, engine = hashlib.sha256(), 0, zlib.compressobj(6, wbits=_GZIP)
    for packed in _packed(engine, header, body):
        digest.update(packed)
        size += file.write(packed)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest(), size


def _packed(engine: "zlib._Compress", header: bytes, body: BinaryIO) -> Iterator[bytes]:
    yield engine.compress(header)
    while chunk := body.read(_CHUNK):
        yield engine.compress(chunk)
    yield engine.flush()
