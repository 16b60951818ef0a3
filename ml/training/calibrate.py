"""From a score to the chance that somebody goes: isotonic regression on what was shown first.

Scores of two people do not compare, but chances do, and places are given out by them. What is shown first is always
looked at, so what became of it says how good it was. Scores come from rankers that did not learn from the slate
(three folds by referral), as a ranker is surer of what it has seen.
Source: Zadrozny and Elkan (2002); the breakpoints are the centres of the blocks, as in Oron and Flournoy (2017).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from sklearn.isotonic import IsotonicRegression

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.training.groups import Dataset
from ml.training.labels import State

#: Attended at least once.
_ATTENDED: Final = 2
_FOLDS: Final = 3
#: With fewer first places, or fewer of either kind among them, no chance can be told.
FEWEST_FIRST: Final = 100
FEWEST_OF_EITHER: Final = 15
#: With fewer explored first places their weights would be a handful of slates' luck.
FEWEST_EXPLORED: Final = 50
#: A slate's first place was explored when its propensity is at most this.
_EXPLORED: Final = 0.5
#: The most that a row weighs: whole inverse propensities let a few slates decide (tried on worlds of seeds 1 and 2).
_HEAVIEST: Final = 4.0


class Scorer(Protocol):
    """The part of a ranker that calibration reads."""

    def score(self, X: FloatArray) -> FloatArray:
        """Score each row of `X`."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A rising map from scores to chances as `ml.models.artifact.export` takes it, None where too little is known.

    told : rows, explored and attended first places, how they were weighed, and a sentence for the card.
    """

    map: dict[str, list[float]] | None
    told: dict[str, Any]


def calibrate(dataset: Dataset, fit: Callable[[Dataset], Scorer], *, seed: int) -> Calibrated:
    """Fit the map on the first places of `dataset`. fit : learns a ranker. seed : of the folds."""
    first = _first_places(dataset)
    attended = dataset.relevance[first] >= _ATTENDED
    propensity = dataset.rows["propensity"].to_numpy()[first]
    explored = int((propensity <= _EXPLORED).sum())
    told = {"first_places": int(first.sum()), "explored": explored, "attended": int(attended.sum())}
    if first.sum() < FEWEST_FIRST or min(attended.sum(), (~attended).sum()) < FEWEST_OF_EITHER:
        return Calibrated(None, told | {"weights": None, "sentence": "Too few first places: it tells no chances."})
    score = _scores_of_others(dataset, fit, seed, first)
    if explored < FEWEST_EXPLORED:
        weight, how = np.ones(len(score)), "equal"
        sentence = "Too few first places were explored: the chances are those of what used to be shown first."
    else:
        weight, how = np.minimum(1.0 / propensity, _HEAVIEST), f"inverse propensity, at most {_HEAVIEST:g}"
        sentence = "Chances were read off first places, explored ones weighing more."
    return Calibrated(rising(score, attended.astype(np.float64), weight), told | {"weights": how, "sentence": sentence})


def rising(score: FloatArray, outcome: FloatArray, weight: FloatArray) -> dict[str, list[float]]:
    """The breakpoints of the isotonic regression of `outcome`, 0 to 1, on `score`: the centre of each block.

    All of shape (n_rows,); weight : above 0.
    """
    fitted = IsotonicRegression(y_min=0.0, y_max=1.0).fit(score, outcome, weight).predict(score)
    chances, block = np.unique(np.round(fitted, 9), return_inverse=True)
    heavy = np.bincount(block, weight)
    centres = np.bincount(block, weight * score) / heavy
    return {"scores": centres.tolist(), "chances": chances.tolist()}


def _first_places(dataset: Dataset) -> BoolArray:
    """The rows that were shown first and whose outcome is known."""
    known = (dataset.rows["state"] != State.WAITING.value).to_numpy()
    return np.asarray((dataset.position == 0) & known & ~np.isnan(dataset.rows["propensity"].to_numpy()))


def _scores_of_others(dataset: Dataset, fit: Callable[[Dataset], Scorer], seed: int, rows: BoolArray) -> FloatArray:
    """The score of each of the `rows` by a ranker that did not learn from its referral."""
    fold = _folds(dataset, seed)
    own = np.repeat(fold, dataset.query_sizes)[rows]
    X, score = dataset.features_of(rows), np.empty(len(own))
    for number in range(_FOLDS):
        score[own == number] = fit(dataset.where(fold != number)).score(X[own == number])
    return score


def _folds(dataset: Dataset, seed: int) -> IntArray:
    """The fold of each query, shape (n_queries,)."""
    names = dataset.queries["referral"].to_numpy().astype(str)
    _, group = np.unique(names, return_inverse=True)
    drawn = np.random.default_rng(seed).permutation(group.max() + 1)
    return np.asarray(drawn[group] % _FOLDS, dtype=np.int64)
