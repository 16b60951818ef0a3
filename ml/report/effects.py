"""What each feature does to the score, on slates that the version never saw."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ml.arrays import FloatArray
from ml.models.walker import Pack

#: Rows looked at: more change no picture.
MOST_ROWS: Final = 20_000
#: Points of a curve: bins of as many rows each.
_BINS: Final = 12


@dataclass(frozen=True, slots=True)
class Effect:
    """One feature's doing.

    weight : mean size of what it adds to a score or takes from it, in units of the score. at, added : shape (n_bins,),
    the mean value in each bin of rows and what it adds there on average. missing : what it adds where it is not known,
    NaN when it always is.
    """

    name: str
    family: str
    weight: float
    at: FloatArray
    added: FloatArray
    missing: float


def effects(pack: Pack, X: FloatArray) -> list[Effect]:
    """Return each feature's effect over rows `X`, shape (n_rows, n_features), the weightiest first.

    What a feature adds is its part along the paths of the trees and in the linear part, so that a row's parts and
    `Pack.base` sum to its score.
    """
    rows = X[:: max(1, len(X) // MOST_ROWS)]
    added = pack.contributions(rows)
    names = [(name, family) for name, family, _ in pack.document["features"]]
    found = [
        Effect(name, family, float(np.abs(added[:, place]).mean()), *_curve(rows[:, place], added[:, place]))
        for place, (name, family) in enumerate(names)
    ]
    return sorted(found, key=lambda one: (-one.weight, one.name))


def by_family(found: list[Effect]) -> list[tuple[str, float]]:
    """Return families with the sum of their features' weights, the weightiest first."""
    totals: dict[str, float] = {}
    for one in found:
        totals[one.family] = totals.get(one.family, 0.0) + one.weight
    return sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))


def _curve(value: FloatArray, added: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    known = ~np.isnan(value)
    missing = float(added[~known].mean()) if not known.all() else float("nan")
    if not known.any():
        return np.zeros(0), np.zeros(0), missing
    bins = _bins(value[known])
    count = np.bincount(bins).astype(np.float64)
    at, mean = (np.bincount(bins, column[known]) / np.maximum(count, 1.0) for column in (value, added))
    return at[count > 0], mean[count > 0], missing


def _bins(value: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Number the bin of each value: each value its own bin when there are few, else bins of as many rows each."""
    distinct = np.unique(value)
    if len(distinct) <= _BINS:
        return np.searchsorted(distinct, value).astype(np.int64)
    edges = np.unique(np.quantile(value, np.linspace(0, 1, _BINS + 1)[1:-1]))
    return np.searchsorted(edges, value, side="right").astype(np.int64)
