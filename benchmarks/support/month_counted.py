"""Other policies in the same month, counted in memory: the same rules, waves and quiet hours; nothing is stored."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from benchmarks.support.month_desks import Sent
from benchmarks.support.month_world import MonthWorld
from server.dispatch.roster import Roster
from server.domain.waves import WavePolicy, Willing, next_wave

#: The clock of the place is so far ahead of UTC in that month.
_LOCAL_HOURS: Final = timedelta(hours=1)

#: Orders those who may be asked about a task, and gives how they score.
Score = Callable[[MonthWorld, str, Willing], float]


class CountedDesk:
    """Another policy in the same month: the same rules, waves and quiet hours; nothing is stored."""

    def __init__(self, world: MonthWorld, policy: WavePolicy, score: Score) -> None:
        self._world, self._policy, self._score = world, policy, score
        self._rosters: defaultdict[str, Roster] = defaultdict(Roster)
        for name, doc in world.volunteers.items():
            self._rosters[doc["centre_id"]].put(name, _WHOLE | doc)
        self._asked: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._due: dict[str, datetime] = {}
        self._waves: defaultdict[str, int] = defaultdict(int)
        self._counts: defaultdict[str, int] = defaultdict(int)

    def publish(self, tasks: Sequence[str], now: datetime) -> None:
        """Let them go out at the next look."""
        self._due.update(dict.fromkeys(tasks, now))

    def look(self, now: datetime) -> list[Sent]:
        """Send the waves that are due."""
        sent: list[Sent] = []
        for task in sorted(name for name, at in self._due.items() if at <= now):
            self._due[task] = now + timedelta(seconds=self._policy.gap_s)
            sent += self._wave(task, now)
        return sent

    def _wave(self, task: str, now: datetime) -> list[Sent]:
        doc, number, asked = _WHOLE_TASK | self._world.tasks[task], self._waves[task], self._asked[task]
        if doc["window_until_at"] < now.isoformat():
            del self._due[task]
            return []
        willing = self._rosters[doc["centre_id"]].willing(
            doc, asked.keys(), self._policy, None, {}, now, now + _LOCAL_HOURS
        )
        people = [replace(one, score=self._score(self._world, task, one)) for one in willing]
        last = sum(wave == number - 1 for wave in asked.values())
        wave = next_wave(people, self._policy, seed=task, number=number, last_size=last)
        if not wave:
            self._due[task] = now + timedelta(minutes=5)
        self._waves[task] += bool(wave)
        return [self._ask(task, one.volunteer_id, number, now) for one in wave]

    def _ask(self, task: str, who: str, number: int, now: datetime) -> Sent:
        self._asked[task][who] = number
        at = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        doc = {"volunteer_id": who, "task_id": task, "asked_at": at, "status": "lapsed"}
        self._rosters[self._world.volunteers[who]["centre_id"]].note_ask(f"{task}/{who}", doc)
        self._counts[who] += 1
        return Sent(task, who, self._counts[who] - 1)

    def next_at(self) -> datetime | None:
        """Say when the next wave is due."""
        return min(self._due.values(), default=None)

    def claim(self, task: str, volunteer: str, now: datetime) -> bool:
        """Give it to the first."""
        return self._due.pop(task, None) is not None

    def decline(self, task: str, volunteer: str, now: datetime) -> None:
        """Nothing follows from it."""

    def release(self, task: str, volunteer: str, now: datetime) -> None:
        """Let the next wave go out."""
        self._due[task] = now

    def complete(self, tasks: Sequence[tuple[str, str]], now: datetime) -> None:
        """Nothing follows from it."""


_WHOLE: Final = {"dbs_level": "none", "paused_until_on": None, "quiet_from": None, "quiet_until": None}
_WHOLE_TASK: Final = {"status": "open", "dbs_level": "none", "training": [], "radius_km": None}
