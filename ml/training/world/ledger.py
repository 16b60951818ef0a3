"""Counts of each item as they change day by day: places, and what became of those who were pointed to it."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from ml.metrics import Floats

#: Days until an exposure and what came of it are counted, so that shares of one another are never cut short.
COUNTED_AFTER: int = 84
LOAD_DAYS: int = 90


@dataclass(slots=True)
class Ledger:
    """What `place_count` documents say, as columns with one row an item, and the changes still to come.

    total : places, NaN without a limit. The world moves it forward in time with `advance`, never back.
    """

    total: Floats
    wait: Floats
    taken: Floats = field(init=False)
    counts: dict[str, Floats] = field(init=False)
    _agenda: dict[int, list[tuple[str, int, float]]] = field(init=False)
    _today: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.taken = np.zeros(self.total.size)
        self.counts = {name: np.zeros(self.total.size) for name in ("shown", "chosen", "started", "sustained")}
        self.counts["chosen_90d"] = np.zeros(self.total.size)
        self._agenda = defaultdict(list)

    def advance(self, day: int) -> None:
        """Make every change due on or before `day`."""
        for due in sorted(d for d in self._agenda if d <= day):
            for name, item, change in self._agenda.pop(due):
                self._column(name)[item] += change
        self._today = day

    def show(self, slate: list[int]) -> None:
        """Count a slate's items as shown, once that is due."""
        for item in slate:
            self._later(COUNTED_AFTER, "shown", item, 1.0)

    def lengthen(self, day: int, days: float) -> None:
        """Let everybody wait `days` longer from `day` on."""
        self._agenda[day] += [("wait", item, days) for item in range(self.wait.size)]

    def choose(self, item: int, *, started: bool, sustained: bool, held_days: int) -> None:
        """Take a place today, give it back after `held_days`, and count what came of it once that is due."""
        self.taken[item] += 1.0
        self._later(held_days, "taken", item, -1.0)
        self.counts["chosen_90d"][item] += 1.0
        self._later(LOAD_DAYS, "chosen_90d", item, -1.0)
        for name, happened in (("chosen", True), ("started", started), ("sustained", sustained)):
            if happened:
                self._later(COUNTED_AFTER, name, item, 1.0)

    def columns(self) -> dict[str, Floats]:
        """Return the ranker's counting inputs as they stand, each of shape (items,)."""
        opened = np.maximum(self.total - self.taken, 0.0)
        return {"places_total": self.total, "places_open": opened, "wait_days": self.wait, **self.counts}

    def _later(self, days: int, name: str, item: int, change: float) -> None:
        self._agenda[self._today + days].append((name, item, change))

    def _column(self, name: str) -> Floats:
        return {**self.counts, "taken": self.taken, "wait": self.wait}[name]
