"""Where a month is dispatched: by the real dispatcher on a real store."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
import orjson
from sqlalchemy import select

from benchmarks.support.month_world import MonthWorld
from ml.arrays import FloatArray, IntArray
from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.dispatch.dispatcher import Dispatcher
from server.domain.waves import WavePolicy
from server.storage.engine import make_engine, reading
from server.storage.migrate import upgrade
from server.storage.sql import SqlStore
from server.storage.tables import feed
from server.sync.door import Door, Put
from server.sync.model import Command, Key, Mutation, Op, Outcome, Principal, Push
from server.sync.push import push

TENANT: Final = "county"


class Sent(NamedTuple):
    """Volunteers were asked about a task. rows : theirs in the world. asks_30d : how often each had been before.

    Both of shape (n_asked,).
    """

    task: str
    rows: IntArray
    asks_30d: FloatArray


class Desk(Protocol):
    """What the month needs of whoever dispatches. heeds_no : something follows from a no."""

    heeds_no: bool

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

    heeds_no = True

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
        self._counts = np.zeros(len(world.volunteers), dtype=np.int64)
        self._ask_ids: dict[tuple[str, str], str] = {}
        self._centres = sorted({f"centre:{doc['centre_id']}" for doc in world.volunteers.values()})
        self._shown = 0

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
        asked: defaultdict[str, list[int]] = defaultdict(list)
        with self.store.read(TENANT) as view:
            head, ended = view.head(), False
            while not ended:
                rows, ended, _ = view.changes(self._centres, self._after, 2000, 0)
                for row in rows:
                    if row.kind == "ask" and row.doc is not None:
                        self._ask(row.id, orjson.loads(row.doc), asked)
                self._after = rows[-1].version if rows and not ended else head.seq
        return [self._sent(task, np.array(rows)) for task, rows in asked.items()]

    def _ask(self, name: str, doc: dict[str, Any], asked: defaultdict[str, list[int]]) -> None:
        if doc["status"] == "asked":
            self._ask_ids[doc["task_id"], doc["volunteer_id"]] = name
            asked[doc["task_id"]].append(self.world.rows[doc["volunteer_id"]])

    def _sent(self, task: str, rows: IntArray) -> Sent:
        before = self._counts[rows].astype(np.float64)
        self._counts[rows] += 1
        return Sent(task, rows, before)

    def claim(self, task: str, volunteer: str, now: datetime) -> bool:
        """Push a claim; whoever loses must not be shown what is private."""
        won = self._command(now, volunteer, "task", task, "claim") is Outcome.APPLIED
        if not won:
            with self.store.read(TENANT) as view:
                self._shown += len(view.held([Key("task_detail", task)], [f"volunteer:{volunteer}"]))
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

    def doubled(self) -> int:
        """Count claims that began before the one before on the same task had ended."""
        of: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        with self.store.read(TENANT) as view:
            for one in view.of_kind("claim"):
                of[one.doc["task_id"]].append((one.doc["claimed_at"], one.doc["ended_at"] or "9"))
        pairs = (pair for spans in of.values() for pair in pairwise(sorted(spans)))
        return sum(later[0] < earlier[1] for earlier, later in pairs)

    def shown(self) -> int:
        """Count private parts that somebody held who had lost the task, or holds now without having it."""
        with self.store.read(TENANT) as view:
            active = ("active", "en_route")
            theirs = {(f"volunteer:{one.doc['volunteer_id']}", one.doc["task_id"]) for one in view.of_kind("claim")
                      if one.doc["status"] in active}  # fmt: skip
        private = select(feed.c.scope, feed.c.id).where(feed.c.kind == "task_detail", feed.c.op == Op.PUT.value)
        with reading(self.store.engine) as connection:
            held = {(scope, task) for scope, task in connection.execute(private) if not scope.startswith("centre:")}
        return self._shown + len(held - theirs)

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
