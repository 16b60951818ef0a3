"""Run half a year of a centre under a policy: each task is put to volunteers in waves until somebody says yes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.features.volunteers import VOLUNTEERS
from ml.training.volunteers.answers import chances
from ml.training.volunteers.memory import Memory
from ml.training.volunteers.pairs import Pairs
from ml.training.volunteers.town import Town

#: Waves before a task is given up, and hours between them.
WAVES: Final = 3
WAVE_HOURS: Final = 6.0
#: The share of tasks that are given back after a yes, and of those who do not agree and do not say so either.
_GIVEN_BACK: Final = 0.08
_SILENT: Final = 0.4

#: What a policy is told: the features of those eligible and not asked yet, one row each.
Features: TypeAlias = FloatArray
#: Gives whom to ask in the next wave, as places in the rows, and the chance with which each was picked.
Policy: TypeAlias = Callable[[Features, np.random.Generator], tuple[IntArray, FloatArray]]
#: Is told of each task when it is first put to anybody: the task, all who are eligible, their features, the truth.
Watch: TypeAlias = Callable[[int, IntArray, Features, FloatArray], None]


@dataclass(frozen=True, slots=True)
class Wave:
    """Those who were asked at once, all arrays of shape (n_asked,).

    rows : volunteers. propensity : of being in the wave. hours : until an answer. taken_by : a place in `rows`, -1 for
    nobody. kept : whether it was done in the end. chance : the truth, which no log holds. columns : inputs as of then.
    """

    task: int
    number: int
    rows: IntArray
    propensity: FloatArray
    agreed: BoolArray
    answered: BoolArray
    hours: FloatArray
    taken_by: int
    kept: bool
    chance: FloatArray
    columns: Mapping[str, FloatArray]

    @property
    def filled_after(self) -> float:
        """Hours from the posting of the task until somebody had it, NaN for nobody."""
        return WAVE_HOURS * self.number + float(self.hours[self.taken_by]) if self.taken_by >= 0 else np.nan


@dataclass(slots=True)
class History:
    """What became of a run. asks, able : (n_volunteers,), how often each was asked and was eligible.

    waves : all of them. most_recent : the most asks that anyone had within 30 days.
    """

    asks: FloatArray
    able: FloatArray
    waves: list[Wave] = field(default_factory=list)
    most_recent: int = 0


def run(town: Town, pairs: Pairs, policy: Policy, *, seed: int, watch: Watch = lambda *_: None) -> History:
    """Put every task to volunteers by `policy`; other policies of the same seed meet the same luck."""
    count = len(town.volunteers)
    memory, rng = Memory(count), np.random.default_rng([seed, 5])
    history = History(np.zeros(count), np.zeros(count))
    for task, day in enumerate(town.task_days.tolist()):
        memory.turn_to(day)
        history.able[pairs.eligible[task]] += 1
        history.waves += _waves(town, pairs, policy, memory, rng, task, seed, watch)
        history.most_recent = max(history.most_recent, int(memory.recent.max()))
    history.asks = memory.asks
    return history


def _waves(
    town: Town, pairs: Pairs, policy: Policy, memory: Memory, rng: np.random.Generator, task: int, seed: int,
    watch: Watch,
) -> Iterator[Wave]:  # fmt: skip
    left = pairs.eligible[task]
    for number in range(WAVES):
        if not left.size:
            return
        columns = pairs.columns(task, memory.day, left, memory)
        X = VOLUNTEERS.matrix(columns)
        truth = chances(town, _type_of(columns), left, X)
        if not number:
            watch(task, left, X, truth)
        picked, propensity = policy(X, rng)
        wave = _asked(town, task, number, left[picked], propensity, truth[picked], seed, _only(columns, picked))
        _remember(memory, wave, town, pairs)
        yield wave
        if wave.taken_by >= 0:
            return
        left = np.delete(left, picked)


def _asked(
    town: Town, task: int, number: int, rows: IntArray, propensity: FloatArray, chance: FloatArray, seed: int,
    columns: Mapping[str, FloatArray],
) -> Wave:  # fmt: skip
    luck = np.random.default_rng([seed, 4, task])
    yes, voice, hours = (draw(len(town.volunteers))[rows] for draw in (luck.random, luck.random, _delays(luck)))
    agreed = yes < chance
    taken_by = int(np.where(agreed, hours, np.inf).argmin()) if agreed.any() else -1
    kept = float(luck.random()) >= _GIVEN_BACK
    return Wave(
        task, number, rows, propensity, agreed, agreed | (voice >= _SILENT), hours, taken_by, kept, chance, columns
    )


def _delays(luck: np.random.Generator) -> Callable[[int], FloatArray]:
    return lambda count: np.minimum(luck.lognormal(-0.5, 1.0, count), WAVE_HOURS)


def _remember(memory: Memory, wave: Wave, town: Town, pairs: Pairs) -> None:
    memory.ask(wave.rows)
    memory.agree(wave.rows[wave.agreed])
    if wave.taken_by >= 0:
        ends = memory.day + int(pairs.asked[wave.task]["closes_in_days"]) + 1
        memory.take(int(wave.rows[wave.taken_by]), _type_of(wave.columns), ends=ends, kept=wave.kept)


def _type_of(columns: Mapping[str, FloatArray]) -> int:
    return int(columns["type"][0])


def _only(columns: Mapping[str, FloatArray], picked: IntArray) -> dict[str, FloatArray]:
    return {name: values if len(values) == 1 else values[picked] for name, values in columns.items()}
