"""One look of the dispatcher: take in what is new, end what is over, send the waves that are due."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from ml.features.volunteers.inputs import task_inputs
from ml.models.walker import Pack
from server.dispatch.board import Board, Doc
from server.dispatch.follower import Follower, Programmes
from server.dispatch.plan import Looked, Plan
from server.domain.asks import Wave
from server.domain.days import LOCAL
from server.domain.qualified import may_be_asked
from server.domain.waves import WavePolicy, is_due, next_wave
from server.sync.door import Door
from server.sync.hlc import instant_text, read_instant

#: How long until a task about which nobody may be asked is looked at again.
_AGAIN: Final = timedelta(minutes=5)
_A_MOMENT: Final = timedelta(milliseconds=1)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
#: Who writes, as phones are told.
BY: Final = "dispatch"


class Dispatcher:
    """Looks after one programme. Several may: each wave goes out once, whoever sends it."""

    def __init__(
        self, store: Programmes, tenant: str, door: Door, policy: WavePolicy, pack: Callable[[], Pack | None],
        now: Callable[[], datetime],
    ) -> None:  # fmt: skip
        """pack : gives the pack that ranks now, None for plain rules. now : gives aware UTC instants."""
        self._door, self._policy, self._pack, self._now = door, policy, pack, now
        self._later: list[tuple[datetime, str]] = []
        self._when: dict[str, datetime] = {}
        self._follower = Follower(store, tenant, self._begin)

    def _begin(self) -> None:
        self._later.clear()
        self._when.clear()

    @property
    def _board(self) -> Board:
        return self._follower.board

    def look(self) -> Looked:
        """Do what is to be done now."""
        now = self._now()
        self._follower.follow(now)
        for roster in self._board.rosters.values():
            roster.begin_look()
        names = self._due(now)
        ended = [one for name in names for one in self._over(name, now)]
        closed = [name for name in names if self._is_over(name, now)]
        waves = [wave for name in self._in_turn(names) if (wave := self._wave(name, now))]
        done = self._carry_out(Plan(waves, ended, closed))
        for name in names:
            self._put_off(name, now)
        return done

    def next_at(self) -> datetime | None:
        """Say when there is something to do if nothing happens until then, None for never."""
        return self._later[0][0] if self._later else None

    def _due(self, now: datetime) -> list[str]:
        """Name the tasks of which something is new, or whose time has come, in order."""
        names, self._board.changed = self._board.changed, set()
        while self._later and self._later[0][0] <= now:
            at, name = heapq.heappop(self._later)
            if self._when.get(name) == at:
                del self._when[name]
                names.add(name)
        return sorted(names)

    def _in_turn(self, names: Sequence[str]) -> list[str]:
        """Put what was given back first, then what has to be done soonest."""
        tasks = [(name, task) for name in names if (task := self._board.tasks.get(name)) and task["status"] == "open"]
        tasks.sort(key=lambda one: (-(one[1].get("priority") or 0), one[1]["window_from_at"], one[0]))
        return [name for name, _ in tasks]

    def _over(self, name: str, now: datetime) -> Iterator[tuple[str, str, str]]:
        """Give the open asks about a task that are over, each with its new state and why."""
        task, at = self._board.tasks.get(name), instant_text(now)
        for ask_id, ask in self._board.answers[name].open.items():
            if task is None or task["status"] != "open":
                is_taken = task is not None and task["status"] in ("claimed", "done")
                yield ask_id, "withdrawn", "taken" if is_taken else "called_off"
            elif not self._gives_time(ask, now):
                yield ask_id, "withdrawn", "paused"
            elif ask["answer_until_at"] < at:
                yield ask_id, "lapsed", "no_answer"

    def _gives_time(self, ask: Doc, now: datetime) -> bool:
        volunteer = self._board.rosters[ask["centre_id"]].docs.get(ask["volunteer_id"])
        return volunteer is not None and may_be_asked(volunteer, now.date().isoformat())

    def _is_over(self, name: str, now: datetime) -> bool:
        task = self._board.tasks.get(name)
        live = task is not None and task["status"] in ("open", "claimed")
        return live and task is not None and self._ends_at(task) < now

    def _ends_at(self, task: Doc) -> datetime:
        """Say when a task is over: an open one at the end of its window, one that somebody has some time after."""
        until = read_instant(task["window_until_at"]) or _NEVER - timedelta(days=3650)
        return until + timedelta(seconds=self._policy.lapse_s) if task["status"] == "claimed" else until

    def _wave(self, name: str, now: datetime) -> Wave | None:
        """Choose whom to ask next about an open task, None when it is not the time or there is nobody."""
        task, answers = self._board.tasks[name], self._board.answers[name]
        last = task.get("wave")
        last_at = read_instant(task.get("dispatched_at"))
        if self._ends_at(task) <= now or not is_due(last_at, len(answers.open), self._policy, now):
            return None
        roster, pack = self._board.rosters[task["centre_id"]], self._pack()
        local = now.astimezone(LOCAL)
        willing = roster.willing(task, answers.not_again(), self._policy, pack, self._board.types, now, local)
        number = 0 if last is None else last + 1
        asked = next_wave(willing, self._policy, seed=name, number=number, last_size=answers.size_of(last))
        roster.mean(one.volunteer_id for one in asked)
        until = min(now + timedelta(seconds=self._policy.answer_s), self._ends_at(task))
        version = pack.version if pack else "rules"
        known = {one.volunteer_id: roster.inputs(one.volunteer_id) for one in asked}
        inputs = (task_inputs("task", task, today=local.date()), known)
        return Wave(name, number, asked, instant_text(until), self._policy.name, version, *inputs) if asked else None

    def _carry_out(self, plan: Plan) -> Looked:
        return sum((self._door.carry_out(part.carry_out, BY) for part in plan.parts()), Looked())

    def _put_off(self, name: str, now: datetime) -> None:
        """Note when to look at a task again, or forget it."""
        task = self._board.tasks.get(name)
        if task is None or task["status"] not in ("open", "claimed"):
            self._board.forget(name)
            return
        at = min(self._ends_at(task) + _A_MOMENT, self._next(name, task, now))
        if at < self._when.get(name, _NEVER):
            self._when[name] = at
            heapq.heappush(self._later, (at, name))

    def _next(self, name: str, task: Doc, now: datetime) -> datetime:
        """Say when the next wave about a task may be due, or the next ask about it lapses."""
        if task["status"] != "open":
            return _NEVER
        lapses = [read_instant(ask["answer_until_at"]) for ask in self._board.answers[name].open.values()]
        sent_at = read_instant(task.get("dispatched_at"))
        wave_at = sent_at + timedelta(seconds=self._policy.gap_s) if sent_at else now
        times = [wave_at, *(at + _A_MOMENT for at in lapses if at)]
        return min((at for at in times if at > now), default=now + _AGAIN)
