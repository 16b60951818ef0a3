"""Pokes that wait for their moment: spread by how many hear of one change, and merged for each device.

A change that five phones hold is told at once. One that thousands hold is told to them over seconds, each at a moment
of its own, because every poke brings about a pull.
"""

from collections.abc import Callable, Collection
from heapq import heappop, heappush
from typing import Final, Generic, TypeVar

from server.live.listener import NOTHING, Listener

L = TypeVar("L", bound=Listener)

#: However many hear of a change, all have heard after this many seconds.
LONGEST_S: Final = 15.0


class Waiting(Generic[L]):
    """The pokes that are due later.

    rate : pokes a second that the server can answer. gap_s : between two pokes of one device. chance : in [0, 1).
    """

    def __init__(self, rate: float, gap_s: float, chance: Callable[[], float]) -> None:
        self._rate, self._gap_s, self._chance = rate, gap_s, chance
        self._heap: list[tuple[float, int, L]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._heap)

    def add(self, listeners: Collection[L], head: int, now: float) -> None:
        """Tell `listeners` of `head`, each at its moment; who waits already is told the newer head then."""
        window = min(len(listeners) / self._rate, LONGEST_S)
        for listener in listeners:
            if listener.head == NOTHING:
                due_at = max(now + self._chance() * window, listener.poked_at + self._gap_s)
                self._count += 1
                heappush(self._heap, (due_at, self._count, listener))
            listener.head = max(listener.head, head)

    def due(self, now: float, most: int) -> list[tuple[L, int]]:
        """Take at most `most` pokes whose moment has come: listener and head."""
        taken: list[tuple[L, int]] = []
        while self._heap and len(taken) < most and self._heap[0][0] <= now:
            listener = heappop(self._heap)[2]
            if not listener.gone and listener.head != NOTHING:
                taken.append((listener, listener.head))
                listener.head, listener.poked_at = NOTHING, now
        return taken

    def wait_s(self, now: float) -> float | None:
        """Say how long until the next moment; None when nothing waits."""
        return max(0.0, self._heap[0][0] - now) if self._heap else None
