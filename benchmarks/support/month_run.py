"""Let a month pass: tasks are posted, volunteers answer in their own time, and what came of it is counted."""

import heapq
from dataclasses import dataclass, field
from math import ceil
from statistics import median
from typing import Any, Final

import numpy as np

from benchmarks.support.month_desks import Desk, Sent
from benchmarks.support.month_world import BEGINS, MonthWorld, at
from ml.arrays import IntArray
from server.domain.pickup import gini

#: Seconds after a claim until the phones of others have heard of it.
_HEARD_S: Final = 2.0
_DAY_S: Final = 86_400


@dataclass(slots=True)
class Month:
    """What came of it. pickup_s : seconds from posting to the first claim, of the tasks that were taken.

    asks : how often each volunteer was asked, shape (n_volunteers,).
    """

    tasks: int
    volunteers: int
    pickup_s: list[float] = field(default_factory=list)
    asks: IntArray = field(init=False)
    refused: int = 0
    released: int = 0

    def __post_init__(self) -> None:
        self.asks = np.zeros(self.volunteers, dtype=np.int64)

    @property
    def fill(self) -> float:
        """The share of tasks that were taken."""
        return len(self.pickup_s) / self.tasks

    @property
    def asks_per_taken(self) -> float:
        """Asks for each task taken."""
        return float(self.asks.sum()) / max(1, len(self.pickup_s))

    @property
    def asks_per_task(self) -> float:
        """Asks for each task posted, taken or not."""
        return float(self.asks.sum()) / self.tasks

    @property
    def gini(self) -> float:
        """How unequally volunteers were asked, those never asked included."""
        return gini(self.asks.tolist()) or 0.0

    def pickup(self, share: float) -> float:
        """Give a quantile of the seconds to pick-up."""
        times = sorted(self.pickup_s)
        return median(times) if share == 0.5 else times[ceil(share * len(times)) - 1]


class MonthRun:
    """One policy in one month."""

    def __init__(self, world: MonthWorld, desk: Desk) -> None:
        self._world, self._desk = world, desk
        self.month = Month(len(world.tasks), len(world.volunteers))
        self._events: list[tuple[float, int, str, Any]] = []
        self._holder: dict[str, tuple[str, float]] = {}
        self._taken: set[str] = set()
        self._order, self._wake, self._moved = 0, 0.0, False
        self._luck = np.random.default_rng([world.seed, 6])
        for name, posted in world.posted.items():
            self._note(posted, "post", name)
        for day in range(1, world.days + 9):
            self._note(day * _DAY_S, "evening", None)

    def run(self) -> Month:
        """Let the month pass second by second in which something happens."""
        while self._events:
            second = ceil(self._events[0][0])
            posted: list[str] = []
            while self._events and self._events[0][0] <= second:
                when, _, what, about = heapq.heappop(self._events)
                if what == "post":
                    posted.append(about)
                elif what != "look":
                    getattr(self, f"_{what}")(when, about)
            if posted:
                self._desk.publish(posted, at(second))
            if posted or self._moved or self._wake <= second:
                self._moved = False
                self._look(second)
        return self.month

    def _look(self, second: float) -> None:
        for sent in self._desk.look(at(second)):
            self._answers(second, sent)
        following = self._desk.next_at()
        if following is not None and self._events:
            wake = max(second + 1.0, (following - BEGINS).total_seconds())
            if wake < self._wake or self._wake <= second:
                self._wake = wake
                self._note(wake, "look", None)

    def _answers(self, second: float, sent: Sent) -> None:
        self.month.asks[sent.rows] += 1
        said = self._world.answers(sent.task, sent.rows, sent.asks_30d)
        after, arrives = said.after_s.tolist(), said.arrives_s.tolist()
        for place in np.flatnonzero(said.said if self._desk.heeds_no else said.yes).tolist():
            name = self._world.names[sent.rows[place]]
            if said.yes[place]:
                self._note(second + arrives[place], "yes", (sent.task, name, second + after[place]))
            else:
                self._note(second + after[place], "no", (sent.task, name))

    def _yes(self, when: float, about: tuple[str, str, float]) -> None:
        """A phone that has heard that somebody has the task sends nothing; one without signal has not heard."""
        task, name, answered = about
        holder = self._holder.get(task)
        if holder is not None and holder[1] + _HEARD_S < answered:
            return
        self._moved = True
        if not self._desk.claim(task, name, at(when)):
            self.month.refused += 1
            return
        if task not in self._taken:
            self._taken.add(task)
            self.month.pickup_s.append(when - self._world.posted[task])
        self._holder[task] = (name, when)
        if self._luck.random() < self._world.behaviour.given_back:
            self._note(when + self._luck.uniform(300, 7200), "back", task)

    def _no(self, when: float, about: tuple[str, str]) -> None:
        if about[0] not in self._holder:
            self._moved = True
            self._desk.decline(*about, at(when))

    def _back(self, when: float, task: str) -> None:
        name, _ = self._holder.pop(task)
        self.month.released += 1
        self._moved = True
        self._desk.release(task, name, at(when))

    def _evening(self, when: float, _: None) -> None:
        """Note as done what was to be done by now."""
        text = f"{at(when):%Y-%m-%dT%H:%M:%SZ}"
        done = [name for name in self._holder if self._world.tasks[name]["window_until_at"] < text]
        for start in range(0, len(done), 100):
            part = [(name, self._holder.pop(name)[0]) for name in done[start : start + 100]]
            self._desk.complete(part, at(when))

    def _note(self, when: float, what: str, about: Any) -> None:
        self._order += 1
        heapq.heappush(self._events, (when, self._order, what, about))
