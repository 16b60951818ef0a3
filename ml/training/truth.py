"""How good orders are against the truth of a made-up world, on whole sets of candidates. No trainer imports this."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from ml import metrics
from ml.arrays import FloatArray, IntArray
from ml.features import matrix
from ml.training.evaluate import DECISIVE, RESAMPLES, Scorer, differences, measure
from ml.training.world.oracle import Oracle, read_oracle


@dataclass(frozen=True, slots=True)
class Truth:
    """Every eligible candidate of the judged queries: features, gain by true utility, and rows in each query."""

    X: FloatArray
    gain: FloatArray
    query_sizes: IntArray


def read_truth(world: Path, judged_from: datetime) -> Truth:
    """The truth about the queries of `world` from `judged_from` on; TableError when it has no oracle."""
    oracle = read_oracle(world)
    late = oracle.days >= judged_from.date().toordinal()
    rows = np.repeat(late, oracle.query_sizes)
    X = matrix(_only(oracle, rows))
    return Truth(X, metrics.gains_of(oracle.relevance[rows]), oracle.query_sizes[late])


def against_truth(truth: Truth, scorers: Mapping[str, Scorer], *, seed: int) -> dict[str, Any]:
    """The decisive measure of each order with its interval, and how far the first is above the others."""
    values = {name: measure(truth.gain, score(truth.X), truth.query_sizes) for name, score in scorers.items()}
    first = next(iter(values))
    return {
        "queries": len(truth.query_sizes),
        "quality": {
            name: metrics.interval(found[DECISIVE], seed=seed, resamples=RESAMPLES).as_dict()
            for name, found in values.items()
        },
        "over": differences(values, first, seed),
    }


def _only(oracle: Oracle, rows: np.ndarray[Any, np.dtype[np.bool_]]) -> dict[str, FloatArray]:
    return {name: column[rows] for name, column in oracle.inputs.items()}
