"""Where the processes of one server add up their figures: in memory, else in the home, else nowhere.

They may never cost an answer, so they do not lie on the disk of the records if that can be helped.
"""

import fcntl
import hashlib
import logging
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from server.settings import Settings

LOG = logging.getLogger("kith.metrics")

#: Where files are memory, on Linux.
MEMORY: Final = Path("/dev/shm")  # noqa: S108 # a folder of a random name in it, closed to others
_PREFIX: Final = "kith-figures-"
#: What several processes may need; less is no place to begin in.
_ROOM_BYTES: Final = 8 << 20
_TRIES: Final = 5


class Figures:
    """The folder of one server's figures, which is taken away when the server ends. folder : None for none.

    memory : a folder of a file system in memory.
    """

    def __init__(self, settings: Settings, memory: Path = MEMORY) -> None:
        self._maker = os.getpid()
        self._lock: int | None = None
        self.folder: Path | None = None
        with suppress(OSError):
            self._begin_in_memory(memory, settings.home)
        if self.folder is None:
            with suppress(OSError):
                self._begin_in_home(settings.home / "metrics" / str(settings.port))
        os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)
        if self.folder is not None:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(self.folder)

    def tell(self) -> None:
        """Say in the log where they are."""
        if self.folder is None:
            LOG.warning("there is no place for the figures of /metrics; each process counts for itself")
        else:
            LOG.info("the figures of /metrics are kept", extra={"folder": str(self.folder)})

    def end(self) -> None:
        """Take the folder away; in processes that were forked off it stays."""
        if self.folder is not None and os.getpid() == self._maker:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _begin_in_memory(self, memory: Path, home: Path) -> None:
        _clear_leftovers(memory)
        free = os.statvfs(memory)
        if free.f_bavail * free.f_frsize < _ROOM_BYTES:
            return
        name = hashlib.sha256(os.fsencode(home)).hexdigest()[:8]
        for _ in range(_TRIES):
            folder = Path(mkdtemp(prefix=f"{_PREFIX}{name}-", dir=memory))
            self._lock = _locked(folder)
            if self._lock is not None and folder.is_dir():  # else another server took it for a leftover
                self.folder = folder
                return

    def _begin_in_home(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
        self.folder = folder


def _clear_leftovers(memory: Path) -> None:
    """Take away what servers of ours left that ended without a word: nobody holds the locks of their folders."""
    for folder in memory.glob(f"{_PREFIX}*"):
        with suppress(OSError), _dead(folder) as is_dead:
            if is_dead:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _dead(folder: Path) -> Iterator[bool]:
    found = folder.lstat()
    lock = _locked(folder) if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() else None
    try:
        yield lock is not None
    finally:
        if lock is not None:
            os.close(lock)


def _locked(folder: Path) -> int | None:
    """Hold the lock of a folder for as long as the answer is open, here or in a forked process; None if others do."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
