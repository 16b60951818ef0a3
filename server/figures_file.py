"""The files in which a process keeps its figures: their room is taken before they are mapped into memory.

prometheus-client maps a file of holes. Where the disk is full, writing into a hole ends the process with SIGBUS; so
what finds no room is kept in the process alone, and nobody adds it up.
"""

import logging
import os
from typing import Final

from prometheus_client import values
from prometheus_client.mmap_dict import _INITIAL_MMAP_SIZE, MmapedDict

LOG = logging.getLogger("kith.metrics")

#: What a figure takes beside the bytes of its name: a length, padding, a value and a moment.
_AROUND: Final = 32
Figure = tuple[float, float]


def _grow(handle: int, _offset: int, size: int) -> None:
    """Grow a file where the system cannot take room beforehand."""
    os.ftruncate(handle, size)


_allocate: Final = getattr(os, "posix_fallocate", _grow)


def keep_room() -> None:
    """Let prometheus-client keep its figures so; to be called before the first figure is made."""
    values.MmapedDict = RoomyDict  # type: ignore[attr-defined] # it offers no other way


class RoomyDict(MmapedDict):
    """prometheus-client's file of figures, without holes. read_value gives a figure and its moment."""

    def __init__(self, filename: str, read_mode: bool = False) -> None:
        self._alone: dict[str, Figure] = {}
        self._has_file = False
        try:
            _take(filename, _INITIAL_MMAP_SIZE)
            super().__init__(filename, read_mode)  # type: ignore[no-untyped-call] # prometheus-client leaves it untyped
            self._has_file = True
        except OSError as error:
            LOG.error("no room for the figures of this process (%s); /metrics lacks them", type(error).__name__)
            self._positions = {}

    def read_value(self, key: str) -> Figure:
        """Give a figure, which begins with 0."""
        if not self._fits(key):
            return self._alone.setdefault(key, (0.0, 0.0))
        figure: Figure = super().read_value(key)  # type: ignore[no-untyped-call] # as above
        return figure

    def write_value(self, key: str, value: float, timestamp: float) -> None:
        """Keep a figure."""
        if self._fits(key):
            super().write_value(key, value, timestamp)  # type: ignore[no-untyped-call] # as above
        else:
            self._alone[key] = (value, timestamp)

    def close(self) -> None:
        """Let the file go."""
        if self._has_file:
            super().close()  # type: ignore[no-untyped-call] # as above

    def _fits(self, key: str) -> bool:
        """Say whether the figure has its place in the file; take more room where it needs it."""
        if key in self._positions:
            return True
        if not self._has_file or key in self._alone:
            return False
        return self._grows_to(self._used + len(key.encode()) + _AROUND)

    def _grows_to(self, wanted: int) -> bool:
        size: int = self._capacity
        while size < wanted:
            size *= 2
        try:
            if size > self._capacity:
                _allocate(self._f.fileno(), 0, size)
        except OSError:
            return False
        return True


def _take(path: str, size: int) -> None:
    """Make a file of zeros that has its room on the disk, or none at all."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _allocate(handle, 0, size)
    except OSError:
        os.unlink(path)
        raise
    finally:
        os.close(handle)
