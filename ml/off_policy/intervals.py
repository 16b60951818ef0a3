"""Intervals at 95 % around a mean over queries."""

from typing import Final

import numpy as np

from ml import metrics
from ml.arrays import FloatArray
from ml.metrics import Interval

TWO_SIDED: Final = 1.959963984540054
RESAMPLES: Final = 2000


def bootstrap(values: FloatArray, *, seed: int, resamples: int = RESAMPLES, also: float = 0.0) -> Interval:
    """The mean of `values`, shape (n_queries,), with its percentile bootstrap interval by query.

    also : the standard error of something that all queries share and that was estimated apart, such as the curve of
    examination; the interval is widened for it as independent errors add. Source: Efron and Tibshirani (1993),
    section 13.3.
    """
    found = metrics.interval(values, seed=seed, resamples=resamples)
    return _widened(found, also) if also else found


def _widened(found: Interval, also: float) -> Interval:
    down = float(np.hypot(found.mean - found.low, TWO_SIDED * also))
    up = float(np.hypot(found.high - found.mean, TWO_SIDED * also))
    return Interval(found.mean, found.mean - down, found.mean + up, found.queries)
