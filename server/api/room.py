"""Room on the disk for the figures of a process, taken before prometheus-client maps its files into memory."""

import logging
import os
from pathlib import Path
from tempfile import mkdtemp

LOG = logging.getLogger("kith.metrics")

#: What prometheus-client begins a file with; thousands of figures fit.
_FIGURES_BYTES = 1 << 20
#: Where files are memory.
_IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (a folder of a random name in it)


def take_room() -> None:
    """Take the room on the disk that this process's figures need: a mapped file that cannot grow would end the process.

    Where there is none, the figures are kept in memory and nobody adds them up.
    """
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if not folder:
        return
    try:
        for sort in ("counter", "histogram"):
            _take(Path(folder) / f"{sort}_{os.getpid()}.db")
    except OSError as error:
        LOG.error("there is no room for the figures of /metrics (%s); they are not counted", type(error).__name__)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = mkdtemp(prefix="kith-metrics-", dir=_IN_MEMORY)


def _take(path: Path) -> None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.posix_fallocate(handle, 0, _FIGURES_BYTES)
    except OSError:
        path.unlink()
        raise
    finally:
        os.close(handle)
