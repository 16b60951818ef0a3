"""How good an order is, measured per query; whoever reports averages last.

A query without a positive tells nothing about an order: its value is NaN, and reports say how many there were.
Equal scores keep the order of the rows, so rows must not lie in the order in which they were shown.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: What an item of relevance 0, 1, 2, 3, 4 is worth: 2 ** relevance - 1.
GAINS: Final = np.array([0.0, 1.0, 3.0, 7.0, 15.0])

#: Values drawn at a time when resampling.
_DRAWN: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the bounds of its 95 % bootstrap interval, over `queries` queries."""

    mean: float
    low: float
    high: float
    queries: int

    def as_dict(self) -> dict[str, float]:
        """Plain values for a JSON report, rounded to 6 places."""
        return {
            "mean": round(self.mean, 6),
            "low": round(self.low, 6),
            "high": round(self.high, 6),
            "queries": self.queries,
        }


def gains_of(relevance: Ints) -> Floats:
    """The gain of each graded relevance; ValueError when one is not 0 to 4."""
    if relevance.size and (relevance.min() < 0 or relevance.max() >= GAINS.size):
        raise ValueError(f"relevance must be 0 to {GAINS.size - 1}")
    return GAINS[relevance]


def ndcg(gain: Floats, score: Floats, query_sizes: Ints, k: int) -> Floats:
    """Normalised discounted cumulative gain at `k` of each query, 0 to 1, NaN without a positive gain.

    gain : shape (n_rows,), not negative. score : shape (n_rows,). query_sizes : sums to n_rows.
    Source: Järvelin and Kekäläinen (2002), with the discount 1 / log2(rank + 1).
    """
    ideal = dcg(gain, gain, query_sizes, k)
    return _ratio(dcg(gain, score, query_sizes, k), ideal)


def mrr(gain: Floats, score: Floats, query_sizes: Ints) -> Floats:
    """One over the rank of the first item with a gain, per query, NaN without one."""
    order, rank, starts = _ranked(score, query_sizes)
    positive = gain[order] > 0
    best = np.maximum.reduceat(np.where(positive, 1.0 / (rank + 1), 0.0), starts)
    return np.where(np.logical_or.reduceat(positive, starts), best, np.nan)


def recall(gain: Floats, score: Floats, query_sizes: Ints, k: int) -> Floats:
    """Which share of the items with a gain is among the first `k`, per query, NaN without one."""
    order, rank, starts = _ranked(score, query_sizes)
    positive = (gain[order] > 0).astype(np.float64)
    found = np.add.reduceat(positive * (rank < k), starts)
    return _ratio(found, np.add.reduceat(positive, starts))


def interval(values: Floats, *, seed: int, resamples: int = 2000) -> Interval:
    """The mean of `values` over queries and its percentile bootstrap interval at 95 %.

    For a paired comparison give the differences per query. NaN values are left out; ValueError when all are NaN.
    Source: Efron and Tibshirani (1993), section 13.3.
    """
    kept = values[~np.isnan(values)]
    if not kept.size:
        raise ValueError("no query has a positive, so nothing can be measured")
    low, high = np.quantile(resampled_means(kept, np.random.default_rng(seed), resamples), (0.025, 0.975))
    return Interval(float(kept.mean()), float(low), float(high), int(kept.size))


def resampled_means(values: Floats, rng: np.random.Generator, resamples: int) -> Floats:
    """The mean of each resample of `values`, shape (resamples,), worked out in bounded memory.

    Source: Efron and Tibshirani (1993), section 13.3.
    """
    together = max(1, _DRAWN // values.size)
    counts = [min(together, resamples - done) for done in range(0, resamples, together)]
    return np.concatenate([values[rng.integers(0, values.size, (count, values.size))].mean(axis=1) for count in counts])


def dcg(gain: Floats, score: Floats, query_sizes: Ints, k: int) -> Floats:
    """Discounted cumulative gain at `k` of each query, not normalised; shapes as for `ndcg`."""
    order, rank, starts = _ranked(score, query_sizes)
    discounted = np.where(rank < k, gain[order] / np.log2(rank + 2.0), 0.0)
    return np.add.reduceat(discounted, starts)


def _ranked(score: Floats, query_sizes: Ints) -> tuple[Ints, Ints, Ints]:
    """Rows by query and falling score, the position of each among its query, and where each query starts."""
    if query_sizes.sum() != score.size or (query_sizes < 1).any():
        raise ValueError("query sizes must be at least 1 and sum to the number of rows")
    query = np.repeat(np.arange(query_sizes.size), query_sizes)
    starts = np.cumsum(query_sizes) - query_sizes
    order = np.lexsort((-score, query))
    return order, np.arange(score.size) - starts[query], starts


def _ratio(part: Floats, whole: Floats) -> Floats:
    """`part` over `whole`, NaN where the whole is 0."""
    result = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=result, where=whole > 0)
    return result
