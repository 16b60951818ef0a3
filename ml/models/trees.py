"""The trees: LightGBM that knows the position at which each row was shown, with one aim or two.

Aimed at the order of each slate they are a lambdarank; aimed at choices they learn the log-odds of being chosen.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import lightgbm
import numpy as np

from ml.arrays import BoolArray, FloatArray, IntArray, Matrix, column_means
from ml.metrics import GAINS
from ml.models.averaging import average
from ml.models.in_batches import InBatches, sampled_by
from ml.models.slates import Slates

DEFAULTS: Final[dict[str, Any]] = {
    "seeds": 1,
    "trees": 100,
    "learning_rate": 0.06,
    "num_leaves": 6,
    "min_data_in_leaf": 80,
    "lambda_l2": 5.0,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "lambdarank_norm": False,
    "lambdarank_truncation_level": 10,
    "lambdarank_position_bias_regularization": 0.0,
}

_FIXED: Final[dict[str, Any]] = {
    "objective": "lambdarank",
    "label_gain": GAINS.tolist(),
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}

#: What LightGBM is told, beside the usual, when trees aim at choices.
AT_CHOICES: Final = {"objective": "binary"}

#: How far apart the seeds of averaged boosters lie, so that those of two neighbouring seeds have none in common.
_APART: Final = 7919


@dataclass(frozen=True, slots=True)
class Choices:
    """Rows as trees aim at choices.

    chosen : whether a row was. weight : of a row, above 0. start : log-odds from which the trees begin. All of shape
    (n_rows,).
    """

    chosen: BoolArray
    weight: FloatArray
    start: FloatArray


def train_trees(
    slates: Slates,
    parameters: dict[str, Any],
    *,
    monotone: Sequence[int],
    seed: int,
    threads: int,
    begun: FloatArray | None = None,
    choices: Choices | None = None,
) -> lightgbm.Booster:
    """Boost trees on `slates`; the same bytes for any number of threads.

    parameters : LightGBM's, and `trees` boosted for each of `seeds` seeds and each aim, whose scores are averaged.
    monotone : -1, 0 or 1 for each feature, empty for none. begun : scores from which the trees begin, shape (n_rows,).
    choices : aimed at as well, None for the order alone.
    """
    settings = settings_of(parameters, monotone=monotone, seed=seed, threads=threads)
    trees, seeds = settings.pop("trees"), settings.pop("seeds")
    data = _data(slates, begun, settings)
    drawn = [settings | chances(seed, number) for number in range(seeds)]
    boosters = [lightgbm.train(one, data, trees) for one in drawn]
    if choices is not None:  # told to the same data set, so that bins are made and held once
        data.set_label(choices.chosen).set_weight(choices.weight).set_init_score(choices.start)
        boosters += [lightgbm.train(one | AT_CHOICES, data, trees) for one in drawn]
    return finished(boosters)


def finished(boosters: Sequence[lightgbm.Booster]) -> lightgbm.Booster:
    """The average of `boosters`, fit to be written into a pack."""
    return _without_infinities(average(boosters))


def settings_of(parameters: dict[str, Any], *, monotone: Sequence[int], seed: int, threads: int) -> dict[str, Any]:
    """What LightGBM is told, and beside it `trees` and `seeds`."""
    settings = {**_FIXED, **parameters, "seed": seed, "num_threads": threads}
    if any(monotone):
        # the method "advanced" breaks its promise where values are missing: seen with LightGBM 4.7
        settings |= {"monotone_constraints": list(monotone), "monotone_constraints_method": "intermediate"}
    return settings


def _data(slates: Slates, begun: FloatArray | None, settings: dict[str, Any]) -> lightgbm.Dataset:
    in_memory = isinstance(slates.X, np.ndarray)
    return lightgbm.Dataset(
        slates.X if in_memory else InBatches(slates.X),
        slates.y,
        group=slates.query_sizes,
        position=slates.position,
        weight=slates.weight,
        init_score=begun,
        params=settings if in_memory else settings | sampled_by(settings["seed"]),
        free_raw_data=False,
    )


def chances(seed: int, number: int) -> dict[str, int]:
    """The seeds of rows and columns drawn by the booster `number`; what depends on data alone stays as it is."""
    own = seed + _APART * number
    return {"bagging_seed": own, "feature_fraction_seed": own}


def _without_infinities(booster: lightgbm.Booster) -> lightgbm.Booster:
    """The same trees, where the split "missing or not" has the greatest number as its threshold.

    LightGBM writes infinity there, which JSON, and so a pack, cannot hold; for finite features both say the same.
    """
    text = re.sub(r"^tree_sizes=.*\n", "", booster.model_to_string(), flags=re.MULTILINE)  # lengths change below
    lines = (_finite(line) if line.startswith("threshold=") else line for line in text.splitlines(keepends=True))
    return lightgbm.Booster(model_str="".join(lines))


def _finite(thresholds: str) -> str:
    return re.sub(r"\binf\b", repr(sys.float_info.max), thresholds)


def model_text(booster: lightgbm.Booster) -> str:
    """LightGBM's text of the model, without the number of threads, which is no part of the model."""
    return re.sub(r"^\[num_threads: .*\]\n", "", booster.model_to_string(), flags=re.MULTILINE)


class LightGBMRanker:
    """LightGBM lambdarank alone; `parameters` override `DEFAULTS`."""

    def __init__(
        self, *, monotone: Sequence[int] = (), seed: int = 0, threads: int = 1, parameters: dict[str, Any] | None = None
    ) -> None:
        self.monotone = tuple(monotone)
        self.seed = seed
        self.threads = threads
        self.parameters = {**DEFAULTS, **(parameters or {})}

    def fit(
        self,
        X: Matrix,
        y: IntArray,
        query_sizes: IntArray,
        position: IntArray | None = None,
        weight: FloatArray | None = None,
    ) -> Self:
        """Learn `booster_` and `means_`; the linear part, `weights_` and `intercept_`, is zero."""
        slates = Slates(X, y, query_sizes, position, weight)
        self.booster_ = train_trees(
            slates, self.parameters, monotone=self.monotone, seed=self.seed, threads=self.threads
        )
        self.n_features_in_ = X.shape[1]
        self.weights_ = np.zeros(self.n_features_in_)
        self.means_ = column_means(X)
        self.intercept_ = 0.0
        return self

    def score(self, X: FloatArray) -> FloatArray:
        """The sum of the trees' leaves, shape (n_rows,)."""
        return predict(self.booster_, X)


def predict(booster: lightgbm.Booster, X: FloatArray) -> FloatArray:
    """Leaves of `booster` summed in tree order, shape (n_rows,), on one thread: more cost more in a server."""
    return np.asarray(booster.predict(np.ascontiguousarray(X), raw_score=True, num_threads=1), dtype=np.float64)
