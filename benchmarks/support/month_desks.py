"""Where a month is dispatched: by the real dispatcher on a real store, or counted in memory for other policies."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import orjson

from benchmarks.support.month_world import MonthWorld
from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.dispatch.dispatcher import Dispatcher
from server.dispatch.roster import Roster
from server.domain.waves import WavePolicy, Willing, next_wave
from server.storage.engine import make_engine
from server.storage.migrate import upgrade
from server.storage.sql import SqlStore
from server.sync.door import Door, Put
from server.sync.model import Command, Key, Mutation, Outcome, Principal, Push
from server.sync.push import push

TENANT: Final = "county"
_LOCAL_HOURS: Final = timedelta(hours=1)


class Sent(NamedTuple):
    """A volunteer was asked. asks_30d : how often before, in the last 30 days."""

    task: str
    volunteer: str
    asks_30d: int


class Desk(Protocol):
    """What the month needs of whoever dispatches."""

    def publish(self, tasks: Sequence[str], now: datetime) -> None:
        """Let tasks be open."""

    def look(self, now: datetime) -> list[Sent]:
        """Ask whoever is to be asked now."""

    def next_at(self) -> datetime | None:
        """Say when to look again if nothing happens."""

    def claim(self, task: str, volunteer: str, now: datetime) -> bool:
        """Say whether the volunteer gets the task."""

    def decline(self, task: str, volunteer: str, now: datetime) -> None:
        """Note a no."""

    def release(self, task: str, volunteer: str, now: datetime) -> None:
        """Take a task back from its claimant."""

    def complete(self, tasks: Sequence[tuple[str, str]], now: datetime) -> None:
        """Note tasks, with their claimants, as done."""


class RealDesk:
    """The dispatcher as it is, on an SQLite file; volunteers push their commands."""

    def __init__(self, world: MonthWorld, folder: Path, policy: WavePolicy) -> None:
        self.world, self.now = world, datetime.min
        url = f"sqlite:///{folder / 'month.db'}"
        upgrade(url)
        self.store = SqlStore(make_engine(url, "normal"))
        self.store.ensure_tenant(TENANT)
        self.door = Door(self.store, TENANT, KINDS, validate, lambda: self.now)
        self._dispatcher = Dispatcher(self.store, TENANT, self.door, policy, lambda: None, lambda: self.now)
        self._after, self._mids = 0, 0
        self._lseq: defaultdict[str, int] = defaultdict(int)
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._ask_ids: dict[tuple[str, str], str] = {}
        self._centres = sorted({f"centre:{doc['centre_id']}" for doc in world.volunteers.values()})
        self.shown_to_others = 0

    def begin(self, now: datetime) -> None:
        """Let the volunteers be there."""
        self.now = now
        self.door.write(Put("volunteer", name, doc) for name, doc in self.world.volunteers.items())

    def publish(self, tasks: Sequence[str], now: datetime) -> None:
        """Write tasks, and their private parts."""
        self.now, puts = now, []
        for name in tasks:
            doc = self.world.tasks[name]
            detail = {"task_id": name, "centre_id": doc["centre_id"], "name": "Made Up", "address": f"{name} Lane"}
            puts += [Put("task", name, doc), Put("task_detail", name, detail)]
        self.door.write(puts)

    def look(self, now: datetime) -> list[Sent]:
        """Let the dispatcher look, and phones hear of it by the feed."""
        self.now = now
        return self._heard() if self._dispatcher.look().asks else []

    def next_at(self) -> datetime | None:
        """Ask the dispatcher."""
        return self._dispatcher.next_at()

    def _heard(self) -> list[Sent]:
        sent: list[Sent] = []
        with self.store.read(TENANT) as view:
            head, ended = view.head(), False
            while not ended:
                rows, ended, _ = view.changes(self._centres, self._after, 2000, 0)
                for row in rows:
                    if row.kind == "ask" and row.doc is not None:
                        sent += self._ask(row.id, orjson.loads(row.doc))
                self._after = rows[-1].version if rows and not ended else head.seq
        return sent

    def _ask(self, name: str, doc: dict[str, Any]) -> list[Sent]:
        if doc["status"] != "asked":
            return []
        who = doc["volunteer_id"]
        self._ask_ids[doc["task_id"], who] = name
        self._counts[who] += 1
        return [Sent(doc["task_id"], who, self._counts[who] - 1)]

    def claim(self, task: str, volunteer: str, now: datetime) -> bool:
        """Push a claim; whoever loses must not be shown what is private."""
        won = self._command(now, volunteer, "task", task, "claim") is Outcome.APPLIED
        if not won:
            with self.store.read(TENANT) as view:
                self.shown_to_others += len(view.held([Key("task_detail", task)], [f"volunteer:{volunteer}"]))
        return won

    def decline(self, task: str, volunteer: str, now: datetime) -> None:
        """Push a no."""
        self._command(now, volunteer, "ask", self._ask_ids[task, volunteer], "decline_ask")

    def release(self, task: str, volunteer: str, now: datetime) -> None:
        """Push that the task is given back."""
        self._command(now, volunteer, "task", task, "release")

    def complete(self, tasks: Sequence[tuple[str, str]], now: datetime) -> None:
        """Let the centres' desks say what is done, many in one push."""
        who = Principal(TENANT, "desk", "desk", frozenset({"centre"}), frozenset(self._centres))
        command = Command("complete", {"minutes": 30}, None)
        done = [self._mutation("desk", now, "task", task, command) for task, _ in tasks]
        self._push(who, done, now)

    def _command(self, now: datetime, volunteer: str, kind: str, name: str, what: str) -> Outcome:
        district, device = self.world.volunteers[volunteer]["district"], f"phone-{volunteer}"
        scopes = frozenset({f"volunteer:{volunteer}", f"tasks:{district}"})
        if kind == "task":
            scopes |= {f"tasks:{self.world.tasks[name]['district']}"}
        who = Principal(TENANT, volunteer, device, frozenset({"volunteer"}), scopes, volunteer)
        return self._push(who, [self._mutation(device, now, kind, name, Command(what, {}, None))], now)[0]

    def _mutation(self, device: str, now: datetime, kind: str, name: str, command: Command) -> Mutation:
        self._mids += 1
        self._lseq[device] += 1
        hlc = f"{int(now.timestamp() * 1000):013d}-0000-{device}"
        mutation = Mutation(f"m{self._mids:012}", self._lseq[device], kind, name, "command", 0, hlc=hlc)
        return replace(mutation, command=command)

    def _push(self, who: Principal, made: list[Mutation], now: datetime) -> list[Outcome]:
        request = Push(who.device_id, now.isoformat(), 5, tuple(made))
        answer = push(request, who, store=self.store, rules=KINDS, validate=validate, now=now)
        return [one.outcome for one in answer.results]


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
