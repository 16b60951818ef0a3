"""Whole files, each once in a programme, under the SHA-256 of its bytes."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from server.files.content import HEAD_BYTES, media_type_of
from server.files.disk import make_folder, room, sync_folder


class Blobs:
    """The folder of whole files. A programme has a folder of its own: nothing is shared between two."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, tenant: str, sha256: str) -> Path:
        """Say where a file lies."""
        return self._of(tenant) / sha256[:2] / sha256

    def _of(self, tenant: str) -> Path:
        # Not by its name: whatever a programme is called, it is a safe name of a folder.
        return self._folder / hashlib.sha256(tenant.encode()).hexdigest()[:32]

    def keep(self, tenant: str, sha256: str, part: Path) -> None:
        """Give a whole part its place; it takes the same steps whether or not such a file is there already.

        The part stays until the database knows of the file, so that a crash in between loses nothing.
        """
        target = self.path(tenant, sha256)
        make_folder(target.parent)
        with room(), suppress(FileExistsError):
            os.link(part, target)
        sync_folder(target.parent)

    def remove(self, tenant: str, sha256: str) -> None:
        """Delete a file."""
        self.path(tenant, sha256).unlink(missing_ok=True)

    @contextmanager
    def alone(self, tenant: str) -> Iterator[None]:
        """Let one process at a time add or remove files of a programme, so that no file goes that another refers to."""
        folder = make_folder(self._of(tenant))
        with (folder / ".lock").open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def all(self) -> Iterator[Path]:
        """Give the path of every whole file."""
        return (path for path in self._folder.glob("*/*/*") if len(path.name) == 64)


def look_at(path: Path) -> tuple[str, str | None]:
    """Give the SHA-256 of a file and its media type by its first bytes."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest(), media_type_of(head)
