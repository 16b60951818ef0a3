"""Score one task for many volunteers whose inputs are columns already: the same rules and scores as a ranking's."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.columns import column
from ml.features.volunteers import VOLUNTEERS
from ml.features.volunteers.inputs import TASK_INPUTS
from ml.models.walker import Pack

#: Where nothing was fitted, how far a score one above the middle of those eligible moves the odds of a yes.
_SLOPE: Final = 0.5
_LEAST, _MOST = 0.02, 0.95


class Scored(NamedTuple):
    """rows : places of the eligible in the columns, rising. score, chance : of each, shape (n_eligible,)."""

    rows: IntArray
    score: FloatArray
    chance: FloatArray


def score_all(pack: Pack | None, task: Mapping[str, float], volunteers: Mapping[str, FloatArray]) -> Scored:
    """Apply the rules and score who is eligible.

    volunteers : columns of `VOLUNTEER_INPUTS`, each of shape (n_volunteers,). chance : what the pack says the score
    stands for; of a pack without such, a guess from how often each agreed before and how well the task suits them.
    """
    ranker = pack or Pack.rules(VOLUNTEERS)
    count = len(volunteers["ready"])
    if not count:
        return Scored(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))
    known = ranker.known({name: column([task], name) for name in TASK_INPUTS} | dict(volunteers))
    rows = np.flatnonzero(np.broadcast_to(ranker.first_rule(known), count) < 0)
    score = ranker.score(ranker.matrix(known)[rows])
    chance = ranker.chance(score)
    return Scored(rows, score, _guessed(score, volunteers, rows) if chance is None else chance)


def _guessed(score: FloatArray, volunteers: Mapping[str, FloatArray], rows: IntArray) -> FloatArray:
    if not rows.size:
        return score
    agreed = (volunteers["agreed"][rows] + 2) / (volunteers["asked"][rows] + 5)
    odds = np.log(agreed / (1 - agreed)) + _SLOPE * (score - np.median(score))
    return np.clip(1 / (1 + np.exp(-odds)), _LEAST, _MOST)
