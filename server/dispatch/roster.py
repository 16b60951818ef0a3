"""The volunteers of one centre as columns, kept up to date record by record, so that a wave costs little."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from math import isnan
from typing import Any, Final

import numpy as np

from ml.arrays import MISSING, BoolArray, FloatArray
from ml.features.volunteers.inputs import VOLUNTEER_INPUTS, task_inputs, volunteer_inputs
from ml.models.walker import Pack
from server.domain.qualified import lacking, may_be_asked
from server.domain.training import held_on
from server.domain.waves import WavePolicy, Willing, is_quiet
from server.recommend.volunteers.bulk import score_all
from server.recommend.volunteers.past import past_of
from server.sync.hlc import instant_text

Doc = Mapping[str, Any]

_AT: Final = {name: place for place, name in enumerate(VOLUNTEER_INPUTS)}
#: Volunteers for whom there is room at first; doubled when they are more.
_ROOM: Final = 64


class Roster:
    """Volunteers with what they were asked and took on; ids are those of their records."""

    def __init__(self) -> None:
        self.docs: dict[str, Doc] = {}
        self._rows: dict[str, int] = {}
        self._ids: list[str] = []
        self._table = np.full((_ROOM, len(VOLUNTEER_INPUTS)), MISSING)
        self._asks: defaultdict[str, dict[str, Doc]] = defaultdict(dict)
        self._claims: defaultdict[str, dict[str, Doc]] = defaultdict(dict)
        self._meant: Counter[str] = Counter()
        self._stale: set[str] = set()
        self._today = date.min

    def put(self, volunteer_id: str, doc: Doc | None) -> None:
        """Take in a volunteer's record, None when it is gone."""
        self.docs.pop(volunteer_id, None)
        if doc is not None:
            self.docs[volunteer_id] = doc
            if volunteer_id not in self._rows:
                self._rows[volunteer_id] = len(self._ids)
                self._ids.append(volunteer_id)
        self._stale.add(volunteer_id)

    def note_ask(self, name: str, doc: Doc) -> None:
        """Take in an ask."""
        self._asks[doc["volunteer_id"]][name] = {key: doc[key] for key in ("task_id", "asked_at", "status")}
        self._stale.add(doc["volunteer_id"])

    def note_claim(self, name: str, doc: Doc) -> None:
        """Take in a claim."""
        self._claims[doc["volunteer_id"]][name] = {key: doc[key] for key in ("task_id", "claimed_at", "status")}
        self._stale.add(doc["volunteer_id"])

    def mean(self, volunteer_ids: Iterable[str]) -> None:
        """Count those who are to be asked in this look among those who were: no ask of theirs has come in yet."""
        self._meant.update(volunteer_ids)

    def begin_look(self) -> None:
        """Forget who was meant in the last look: what was sent has come in as asks."""
        self._meant.clear()

    def willing(
        self, task: Doc, but: Collection[str], policy: WavePolicy, pack: Pack | None, types: Mapping[str, str],
        now: datetime, local: datetime,
    ) -> list[Willing]:  # fmt: skip
        """Give who may do a task and may be asked now, as many as a wave can need, by their standing.

        but : ids of those who may not be asked about it again.
        types : task id → type. now : in UTC. local : the same on the clock of the place.
        """
        self._refresh(types, local.date())
        rows = np.flatnonzero(self._near(task))
        columns = {name: self._table[rows, place] for name, place in _AT.items()}
        scored = score_all(pack, task_inputs("task", task, today=local.date()), columns)
        rows = rows[scored.rows]
        asks = self._table[rows, _AT["asks_30d"]]
        in_turn = np.argsort(policy.step * asks - scored.score, kind="stable").tolist()
        found = (
            Willing(self._ids[rows[at]], float(scored.score[at]), float(scored.chance[at]), int(asks[at]))
            for at in in_turn
        )
        free = self._free(task, policy, now, local)
        able = (one for one in found if one.volunteer_id not in but and free(one.volunteer_id))
        return list(islice(able, policy.most + policy.among))

    def inputs(self, volunteer_id: str) -> dict[str, float]:
        """Give what `willing` read of a volunteer, by name; what is not known is left out."""
        row = self._table[self._rows[volunteer_id]].tolist()
        return {name: value for name, value in zip(VOLUNTEER_INPUTS, row, strict=True) if not isnan(value)}

    def _free(self, task: Doc, policy: WavePolicy, now: datetime, local: datetime) -> Callable[[str], bool]:
        """Give what says whether a volunteer is qualified, not in their quiet hours, and not asked too often."""
        since, today, clock = instant_text(now - timedelta(days=1)), local.date().isoformat(), local.time()

        def is_free(name: str) -> bool:
            doc, asks = self.docs[name], self._asks[name]
            if is_quiet(clock, doc.get("quiet_from"), doc.get("quiet_until"), policy):
                return False
            if lacking(task, doc, held_on(doc, today), today):
                return False
            left = policy.most_a_day - self._meant[name]
            return len(asks) < left or sum(ask["asked_at"] > since for ask in asks.values()) < left

        return is_free

    def _near(self, task: Doc) -> BoolArray:
        """Say of each row whether the task may be within reach, as far as that is known: the rules say the rest."""
        table = self._table[: len(self._ids)]
        ready = table[:, _AT["ready"]] > 0
        if task.get("easting") is None or task.get("northing") is None:
            return ready
        east, north = table[:, _AT["home_easting"]] - task["easting"], table[:, _AT["home_northing"]] - task["northing"]
        square = east * east + north * north
        reach = 1000 * table[:, _AT["max_km"]]
        near = ~(square > (reach + 1) ** 2) | _from_home(task)
        if task.get("radius_km"):
            near &= square <= (1000 * task["radius_km"]) ** 2
        return np.asarray(ready & near)

    def _refresh(self, types: Mapping[str, str], today: date) -> None:
        """Work out the rows of those of whom something is new, of all on a new day."""
        stale = set(self._rows) if today != self._today else self._stale & self._rows.keys()
        while len(self._ids) > len(self._table):
            self._table = np.vstack([self._table, np.full_like(self._table, MISSING)])
        for name in stale:
            self._table[self._rows[name]] = self._row(name, types, today)
        self._stale.clear()
        self._today = today

    def _row(self, name: str, types: Mapping[str, str], today: date) -> FloatArray:
        doc = self.docs.get(name)
        if doc is None or not may_be_asked(doc, today.isoformat()):
            return np.full(len(VOLUNTEER_INPUTS), MISSING)
        asks, claims = (list(kept[name].values()) for kept in (self._asks, self._claims))
        inputs = volunteer_inputs(doc, past_of(claims, types, today=today, asks=asks), today=today)
        return np.array([inputs.get(key, MISSING) for key in VOLUNTEER_INPUTS])


def _from_home(task: Doc) -> bool:
    return bool(task["type"] == "phone_call")
