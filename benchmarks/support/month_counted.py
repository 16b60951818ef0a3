"""Other policies in the same month, counted in memory: the same rules, waves and quiet hours; nothing is stored."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from benchmarks.support.month_desks import Sent
from benchmarks.support.month_world import BEGINS, MonthWorld
from ml.arrays import BoolArray, FloatArray, IntArray
from ml.features.volunteers.inputs import VOLUNTEER_INPUTS, Past, task_inputs, volunteer_inputs
from ml.training.volunteers.town import Document
from server.domain.waves import WavePolicy, Willing, is_quiet, next_wave
from server.recommend.volunteers.bulk import Scored, score_all

#: The clock of the place is so far ahead of UTC in that month.
_LOCAL_HOURS: Final = timedelta(hours=1)
_DAY: Final = 86_400.0

#: Chooses whom to ask of those eligible: (task, their places, how far they live in metres, what they score, number of
#: the wave, how many the last one asked) → places.
Choose = Callable[[str, IntArray, FloatArray, Scored, int, int], IntArray]


def everybody(
    _task: str, eligible: IntArray, _metres: FloatArray, _scored: Scored, _number: int, _last: int
) -> IntArray:
    """Ask everybody at once."""
    return eligible


def nearest(policy: WavePolicy) -> Choose:
    """Ask in order of distance, in waves sized as a policy sizes them."""

    def choose(task: str, at: IntArray, metres: FloatArray, scored: Scored, number: int, last: int) -> IntArray:
        order = np.argsort(metres, kind="stable")[: policy.most]
        willing = [Willing(str(at[one]), -metres[one] / 1000, float(scored.chance[one]), 0) for one in order.tolist()]
        wave = next_wave(willing, policy, seed=task, number=number, last_size=last)
        return np.array([int(one.volunteer_id) for one in wave], dtype=np.int64)

    return choose


class _Town:
    """The volunteers of a centre as columns. rows : theirs in the world."""

    def __init__(self, rows: list[int], docs: list[Document]) -> None:
        self.rows = np.array(rows)
        inputs = [volunteer_inputs(_WHOLE | doc, Past(), today=BEGINS.date()) for doc in docs]
        self.columns = {name: np.array([one.get(name, np.nan) for one in inputs]) for name in VOLUNTEER_INPUTS}
        self.nobody = np.zeros(len(rows), dtype=np.bool_)

    def metres(self, doc: Document) -> FloatArray:
        """Say how far from a task each lives."""
        east, north = (self.columns[f"home_{way}"] - doc[way] for way in ("easting", "northing"))
        return np.asarray(np.hypot(east, north))


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
        self._asked: dict[str, BoolArray] = {}
        self._last: dict[str, tuple[int, int]] = {}
        self._open: set[str] = set()
        self._due: dict[str, datetime] = {}
        count = len(docs)
        self._counts, self._agreed = np.zeros(count), np.zeros(count)
        self._recent = np.full((count, min(policy.most_a_day, 8)), -np.inf)  # seconds of the latest asks, in a ring

    def publish(self, tasks: Sequence[str], now: datetime) -> None:
        """Let them go out at the next look."""
        self._open.update(tasks)
        for task in tasks:
            nobody = self._towns[self._world.tasks[task]["centre_id"]].nobody
            self._asked.setdefault(task, nobody.copy())  # and those whom a rule keeps from it
        self._due.update(dict.fromkeys(tasks, now))

    def look(self, now: datetime) -> list[Sent]:
        """Send the waves that are due."""
        due = sorted(name for name, at in self._due.items() if at <= now)
        over = [name for name in due if self._world.tasks[name]["window_until_at"] < now.isoformat()]
        for name in over:
            del self._due[name]
        sent = [self._wave(task, now) for task in due if task in self._due]
        return [one for one in sent if one is not None]

    def _wave(self, task: str, now: datetime) -> Sent | None:
        doc = _WHOLE_TASK | self._world.tasks[task]
        town = self._towns[doc["centre_id"]]
        metres = town.metres(doc)
        left = np.flatnonzero(self._in_reach(doc, town, metres) & ~self._asked[task])
        if not left.size:  # everybody was asked
            del self._due[task]
            return None
        at = self._chosen(task, doc, town, metres, left, now)
        self._due[task] = now + timedelta(seconds=self._policy.gap_s if at.size else 300)
        return self._send(task, town, at, now) if at.size else None

    def _send(self, task: str, town: _Town, at: IntArray, now: datetime) -> Sent:
        rows = town.rows[at]
        before = self._counts[rows].copy()
        self._asked[task][at] = True
        self._last[task] = (self._last.get(task, (-1, 0))[0] + 1, len(rows))
        self._recent[rows, before.astype(np.int64) % self._recent.shape[1]] = (now - BEGINS).total_seconds()
        self._counts[rows] += 1
        return Sent(task, rows, before)

    def _chosen(
        self, task: str, doc: Document, town: _Town, metres: FloatArray, left: IntArray, now: datetime
    ) -> IntArray:
        """Choose whom to ask among those who are left; places in the town."""
        local, since = now + _LOCAL_HOURS, (now - BEGINS).total_seconds() - _DAY
        at = left[(self._recent[town.rows[left]] > since).sum(axis=1) < self._policy.most_a_day]
        if not at.size or is_quiet(local.time(), None, None, self._policy):
            return at[:0]
        columns = {name: column[at] for name, column in town.columns.items()}
        counts, agreed = self._counts[town.rows[at]], self._agreed[town.rows[at]]
        columns |= {"asks_30d": counts, "asked": counts, "agreed": agreed}
        scored = score_all(None, task_inputs("task", doc, today=local.date()), columns)
        self._asked[task][np.delete(at, scored.rows)] = True
        number, last = self._last.get(task, (-1, 0))
        return self._choose(task, at[scored.rows], metres[at][scored.rows], scored, number + 1, last)

    @staticmethod
    def _in_reach(doc: Document, town: _Town, metres: FloatArray) -> BoolArray:
        return ~(metres > 1000 * town.columns["max_km"] + 1) | (doc["type"] == "phone_call")

    def next_at(self) -> datetime | None:
        """Say when the next wave is due."""
        return min(self._due.values(), default=None)

    def claim(self, task: str, volunteer: str, now: datetime) -> bool:
        """Give it to the first."""
        if task not in self._open or self._world.tasks[task]["window_until_at"] < now.isoformat():
            return False
        self._open.remove(task)
        self._due.pop(task, None)
        self._agreed[self._world.rows[volunteer]] += 1
        return True

    def decline(self, task: str, volunteer: str, now: datetime) -> None:
        """Nothing follows from it."""

    def release(self, task: str, volunteer: str, now: datetime) -> None:
        """Let the next wave go out."""
        self.publish([task], now)

    def complete(self, tasks: Sequence[tuple[str, str]], now: datetime) -> None:
        """Nothing follows from it."""


_WHOLE: Final = {"dbs_level": "none", "paused_until_on": None, "quiet_from": None, "quiet_until": None}
_WHOLE_TASK: Final = {"status": "open", "dbs_level": "none", "training": [], "radius_km": None}
