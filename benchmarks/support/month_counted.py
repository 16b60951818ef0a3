"""Other policies in the same month, counted in memory: the same rules, waves and quiet hours; nothing is stored."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from benchmarks.support.month_desks import Sent
from benchmarks.support.month_world import BEGINS, MonthWorld
from ml.arrays import FloatArray, IntArray
from ml.features.volunteers.inputs import VOLUNTEER_INPUTS, Past, task_inputs, volunteer_inputs
from server.domain.waves import WavePolicy, Willing, is_quiet, next_wave
from server.recommend.volunteers.bulk import Scored, score_all

#: The clock of the place is so far ahead of UTC in that month.
_LOCAL_HOURS: Final = timedelta(hours=1)
_DAY: Final = 86_400.0

#: Chooses whom to ask of those eligible: (their rows, how far they live in metres, what they score, number of the wave,
#: how many the last one asked) → rows.
Choose = Callable[[str, IntArray, FloatArray, Scored, int, int], IntArray]


def everybody(_task: str, rows: IntArray, _metres: FloatArray, _scored: Scored, _number: int, _last: int) -> IntArray:
    """Ask everybody at once."""
    return rows


def nearest(policy: WavePolicy) -> Choose:
    """Ask in order of distance, in waves sized as a policy sizes them."""

    def choose(task: str, rows: IntArray, metres: FloatArray, scored: Scored, number: int, last: int) -> IntArray:
        order = np.argsort(metres, kind="stable")[: policy.most]
        willing = [Willing(str(rows[at]), -metres[at] / 1000, float(scored.chance[at]), 0) for at in order.tolist()]
        wave = next_wave(willing, policy, seed=task, number=number, last_size=last)
        return np.array([int(one.volunteer_id) for one in wave], dtype=np.int64)

    return choose


class _Town:
    """The volunteers of a centre as columns. rows : theirs in the world."""

    def __init__(self, rows: list[int], docs: list[dict[str, Any]]) -> None:
        self.rows = np.array(rows)
        inputs = [volunteer_inputs(_WHOLE | doc, Past(), today=BEGINS.date()) for doc in docs]
        self.columns = {name: np.array([one.get(name, np.nan) for one in inputs]) for name in VOLUNTEER_INPUTS}


class CountedDesk:
    """Another policy in the same month: the same rules and quiet hours; nothing is stored."""

    heeds_no = False

    def __init__(self, world: MonthWorld, policy: WavePolicy, choose: Choose) -> None:
        self._world, self._policy, self._choose = world, policy, choose
        by_centre: defaultdict[str, list[int]] = defaultdict(list)
        for row, doc in enumerate(world.volunteers.values()):
            by_centre[doc["centre_id"]].append(row)
        docs = list(world.volunteers.values())
        self._towns = {centre: _Town(rows, [docs[row] for row in rows]) for centre, rows in by_centre.items()}
        self._asked: dict[str, IntArray] = {}
        self._last: dict[str, tuple[int, int]] = {}
        self._due: dict[str, datetime] = {}
        count = len(docs)
        self._counts, self._agreed = np.zeros(count), np.zeros(count)
        self._recent = np.full((count, min(policy.most_a_day, 8)), -np.inf)  # seconds of the latest asks, in a ring

    def publish(self, tasks: Sequence[str], now: datetime) -> None:
        """Let them go out at the next look."""
        self._due.update(dict.fromkeys(tasks, now))

    def look(self, now: datetime) -> list[Sent]:
        """Send the waves that are due."""
        sent = [self._wave(task, now) for task in sorted(name for name, at in self._due.items() if at <= now)]
        return [one for one in sent if one is not None]

    def _wave(self, task: str, now: datetime) -> Sent | None:
        doc = self._world.tasks[task]
        if doc["window_until_at"] < now.isoformat():
            del self._due[task]
            return None
        self._due[task] = now + timedelta(seconds=self._policy.gap_s)
        rows = self._chosen(task, now)
        if not len(rows):
            self._due[task] = now + timedelta(minutes=5)
            return None
        before = self._counts[rows].copy()
        self._asked[task] = np.concatenate([self._asked.get(task, rows[:0]), rows])
        self._last[task] = (self._last.get(task, (-1, 0))[0] + 1, len(rows))
        self._recent[rows, before.astype(np.int64) % self._recent.shape[1]] = (now - BEGINS).total_seconds()
        self._counts[rows] += 1
        return Sent(task, rows, before)

    def _chosen(self, task: str, now: datetime) -> IntArray:
        local = now + _LOCAL_HOURS
        doc = _WHOLE_TASK | self._world.tasks[task]
        town = self._towns[doc["centre_id"]]
        metres = np.hypot(
            town.columns["home_easting"] - doc["easting"], town.columns["home_northing"] - doc["northing"]
        )
        at = np.flatnonzero(self._may_ask(task, town, now) & (self._in_reach(doc, town, metres)))
        if not len(at) or is_quiet(local.time(), None, None, self._policy):
            return at[:0]
        columns = {name: column[at] for name, column in town.columns.items()}
        rows = town.rows[at]
        columns |= {"asks_30d": self._counts[rows], "asked": self._counts[rows], "agreed": self._agreed[rows]}
        scored = score_all(None, task_inputs("task", doc, today=local.date()), columns)
        number, last = self._last.get(task, (-1, 0))
        return self._choose(task, rows[scored.rows], metres[at][scored.rows], scored, number + 1, last)

    def _may_ask(self, task: str, town: _Town, now: datetime) -> Any:
        free = np.ones(len(self._counts), dtype=np.bool_)
        free[self._asked.get(task, [])] = False
        today = self._recent > (now - BEGINS).total_seconds() - _DAY
        return (free & (today.sum(axis=1) < self._policy.most_a_day))[town.rows]

    @staticmethod
    def _in_reach(doc: dict[str, Any], town: _Town, metres: FloatArray) -> Any:
        return ~(metres > 1000 * town.columns["max_km"] + 1) | (doc["type"] == "phone_call")

    def next_at(self) -> datetime | None:
        """Say when the next wave is due."""
        return min(self._due.values(), default=None)

    def claim(self, task: str, volunteer: str, now: datetime) -> bool:
        """Give it to the first."""
        won = self._due.pop(task, None) is not None
        self._agreed[self._world.rows[volunteer]] += won
        return won

    def decline(self, task: str, volunteer: str, now: datetime) -> None:
        """Nothing follows from it."""

    def release(self, task: str, volunteer: str, now: datetime) -> None:
        """Let the next wave go out."""
        self._due[task] = now

    def complete(self, tasks: Sequence[tuple[str, str]], now: datetime) -> None:
        """Nothing follows from it."""


_WHOLE: Final = {"dbs_level": "none", "paused_until_on": None, "quiet_from": None, "quiet_until": None}
_WHOLE_TASK: Final = {"status": "open", "dbs_level": "none", "training": [], "radius_km": None}
