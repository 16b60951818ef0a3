"""What is known of each feature: how often it is missing, whether it ever differs, and how much it tells alone."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from ml.arrays import FloatArray, IntArray

#: A feature that orders this share of pairs rightly, alone, is taken for the answer in disguise.
TOO_WELL: Final = 0.9
#: Queries below which no feature is suspected.
_FEWEST: Final = 30
#: Features that the report names as those that tell most.
_NAMED: Final = 10
_DIGITS: Final = 6


class FeatureQuality:
    """Counts over rows; the rows of a query come side by side and in one part."""

    def __init__(self, names: Sequence[str]) -> None:
        """Begin with nothing. names : of the features."""
        self.names = tuple(names)
        self.rows = self.pairs = self.queries = 0
        self.missing = np.zeros(len(self.names), dtype=np.int64)
        self.least = np.full(len(self.names), np.inf)
        self.most = np.full(len(self.names), -np.inf)
        self._right = np.zeros(len(self.names) + 1)

    def take(self, part: pl.DataFrame) -> None:
        """Count the rows of `part`."""
        X = part.select(self.names).to_numpy()
        unknown = np.isnan(X)
        self.rows += len(X)
        self.missing += unknown.sum(axis=0)
        self.least = np.minimum(self.least, np.where(unknown, np.inf, X).min(axis=0))
        self.most = np.maximum(self.most, np.where(unknown, -np.inf, X).max(axis=0))
        best, other = _pairs(part)
        self.pairs += len(best)
        self.queries += len(np.unique(best))
        known = np.where(unknown, -np.inf, X)  # so that being missing can tell the answer, too
        self._right[:-1] += _ordered(known, best, other)
        self._right[-1] += _ordered(np.arange(len(X), dtype=np.float64)[:, None], best, other)[0]

    def report(self) -> dict[str, Any]:
        """Shares of missing values, constant features, and the share of pairs that each orders rightly alone."""
        alone = self._alone()
        told = sorted(zip(self.names, alone, strict=False), key=lambda pair: (-_distance(pair[1]), pair[0]))
        return {
            "missing": self._missing(),
            "constant": [name for name, same in zip(self.names, self.least >= self.most, strict=True) if same],
            "tell_most_alone": {name: round(share, _DIGITS) for name, share in told[:_NAMED]},
            "suspicious": self.suspicious(),
        }

    def suspicious(self) -> list[str]:
        """Features that alone tell the answer too well, and "the order of rows" when that does."""
        if self.queries < _FEWEST:
            return []
        named = zip((*self.names, "the order of rows"), self._alone(), strict=True)
        return [name for name, share in named if 0.5 + _distance(share) >= TOO_WELL]

    def _missing(self) -> dict[str, float]:
        """The share of rows without each feature that is ever missing."""
        counted = zip(self.names, self.missing.tolist(), strict=True)
        return {name: round(count / self.rows, _DIGITS) for name, count in counted if count}

    def _alone(self) -> list[float]:
        return [0.5] * len(self._right) if not self.pairs else (self._right / self.pairs).tolist()


def _distance(share: float) -> float:
    return abs(share - 0.5)


def _pairs(part: pl.DataFrame) -> tuple[IntArray, IntArray]:
    """For each query with a positive: its first best row beside each row that is worse; two arrays of one length."""
    relevance = part["relevance"].cast(pl.Int64).to_numpy()
    sizes = part["query"].rle().struct.field("len").cast(pl.Int64).to_numpy()
    starts = np.cumsum(sizes) - sizes
    most = np.maximum.reduceat(relevance, starts)
    at = np.where(relevance == np.repeat(most, sizes), np.arange(len(relevance)), len(relevance))
    best = np.repeat(np.minimum.reduceat(at, starts), sizes)
    other = np.flatnonzero(relevance < np.repeat(most, sizes))
    return best[other], other


def _ordered(values: FloatArray, best: IntArray, other: IntArray) -> FloatArray:
    """How many pairs each column orders rightly, ties half, shape (n_columns,)."""
    higher = (values[best] > values[other]).sum(axis=0)
    equal = (values[best] == values[other]).sum(axis=0)
    return np.asarray(higher + equal / 2, dtype=np.float64)
