"""What the dispatcher knows of a programme: its tasks, asks, claims and volunteers, taken in from the feed."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from server.dispatch.roster import Roster
from server.domain.asks import OPEN
from server.sync.model import Op, Row

Doc = Mapping[str, Any]


@dataclass(slots=True)
class Answers:
    """What came of asking about one task. open : asks that wait, asked : all, by id. gave_up : had it, and no more."""

    open: dict[str, Doc] = field(default_factory=dict)
    asked: dict[str, Doc] = field(default_factory=dict)
    gave_up: set[str] = field(default_factory=set)

    def not_again(self) -> set[str]:
        """Name those who are not asked about it again; whoever was only withdrawn from may be."""
        theirs = {ask["volunteer_id"] for ask in self.asked.values() if ask["status"] != "withdrawn"}
        return theirs | self.gave_up

    def size_of(self, wave: int | None) -> int:
        """Say how many were asked in a wave."""
        return sum(ask["wave"] == wave for ask in self.asked.values())


class Board:
    """Records by what they are about. changed : tasks to look at again."""

    def __init__(self) -> None:
        self.tasks: dict[str, Doc] = {}
        self.answers: defaultdict[str, Answers] = defaultdict(Answers)
        self.rosters: defaultdict[str, Roster] = defaultdict(Roster)
        self.types: dict[str, str] = {}
        self.changed: set[str] = set()
        self._centre_of: dict[str, str] = {}
        self._waits_for: defaultdict[str, set[str]] = defaultdict(set)
        self._take: Final[Mapping[str, Callable[[str, Doc | None], None]]] = {
            "task": self._task, "ask": self._ask, "claim": self._claim, "volunteer": self._volunteer,
        }  # fmt: skip

    def take(self, row: Row) -> None:
        """Take in one change of the feed."""
        if row.kind in self._take:
            doc = orjson.loads(row.doc) if row.op is Op.PUT and row.doc is not None else None
            self._take[row.kind](row.id, doc)

    def _task(self, name: str, doc: Doc | None) -> None:
        self.changed.add(name)
        if doc is None:
            self.tasks.pop(name, None)
            return
        self.types[name] = doc["type"]
        self.tasks[name] = doc

    def _ask(self, name: str, doc: Doc | None) -> None:
        if doc is None:
            return
        self.rosters[doc["centre_id"]].note_ask(name, doc)
        task_id, is_open = doc["task_id"], doc["status"] in OPEN
        if task_id in self.types and task_id not in self.tasks and not is_open:
            return  # about a task that is over
        answers = self.answers[task_id]
        answers.asked[name] = doc
        if is_open:
            answers.open[name] = doc
            self._waits_for[doc["volunteer_id"]].add(task_id)
        elif answers.open.pop(name, None) is not None:
            self._waits_for[doc["volunteer_id"]].discard(task_id)
            self.changed.add(task_id)

    def _claim(self, name: str, doc: Doc | None) -> None:
        if doc is None:
            return
        self.rosters[doc["centre_id"]].note_claim(name, doc)
        if doc["status"] in ("released", "lapsed"):
            self.answers[doc["task_id"]].gave_up.add(doc["volunteer_id"])

    def _volunteer(self, name: str, doc: Doc | None) -> None:
        before = self._centre_of.pop(name, None)
        if before is not None and (doc is None or doc["centre_id"] != before):
            self.rosters[before].put(name, None)
        if doc is not None:
            self._centre_of[name] = doc["centre_id"]
            self.rosters[doc["centre_id"]].put(name, doc)
        self.changed |= self._waits_for[name]

    def forget(self, name: str) -> None:
        """Forget a task that is over, once no ask about it waits."""
        if name not in self.answers or not self.answers[name].open:
            self.answers.pop(name, None)
            self.tasks.pop(name, None)
