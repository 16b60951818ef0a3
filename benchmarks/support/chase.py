"""A continuous reader behind many writers: what was acknowledged and never reached the reader was skipped."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol


class Reader(Protocol):
    """Somebody who follows a feed."""

    def more(self) -> Sequence[str]:
        """Ask once from where the last answer ended; give the ids that came."""


class Writer(Protocol):
    """Somebody who creates records."""

    def write(self) -> Sequence[str]:
        """Create a batch; give the ids once it was acknowledged."""


@dataclass(slots=True)
class Chase:
    """What came of it. asked : how often the reader asked while there was writing."""

    acknowledged: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    asked: int = 0

    @property
    def skipped(self) -> int:
        """Count what was acknowledged and never read, although the reader went on until nothing more came."""
        return len(self.acknowledged - self.read)


def chase(writers: Sequence[Writer], reader: Reader, batches: int) -> Chase:
    """Let every writer write so many batches while the reader reads, and then until it has asked twice for nothing new.

    Nothing new, rather than nothing: behind several writers Kinto's timestamp can stay below its newest records, which
    then come again for ever.
    """
    came, written = Chase(), threading.Event()
    with ThreadPoolExecutor(len(writers) + 1) as pool:
        reading = pool.submit(_reading, reader, came, written)
        for done in [pool.submit(_writing, writer, batches) for writer in writers]:
            came.acknowledged.update(done.result())
        written.set()
        reading.result()
    return came


def _writing(writer: Writer, batches: int) -> list[str]:
    return [one for _ in range(batches) for one in writer.write()]


def _reading(reader: Reader, came: Chase, written: threading.Event) -> None:
    empty = 0
    while empty < 2:
        quiet = written.is_set()
        fresh = set(reader.more()) - came.read
        came.read |= fresh
        came.asked += not quiet
        empty = empty + 1 if quiet and not fresh else 0


@dataclass(slots=True)
class Follower:
    """A reader of anything that answers a place with ids and the next place."""

    ask: Callable[[Any], tuple[Any, Sequence[str]]]
    place: Any

    def more(self) -> Sequence[str]:
        """Ask once."""
        self.place, ids = self.ask(self.place)
        return ids
