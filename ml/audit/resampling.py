"""Means of resamples, drawn in bounded memory."""

from typing import Final

import numpy as np

from ml.arrays import FloatArray

#: Values drawn at a time.
_DRAWN: Final = 1_000_000


def resampled_means(values: FloatArray, rng: np.random.Generator, resamples: int) -> FloatArray:
    """The mean of each resample of `values`, shape (resamples,). Source: Efron and Tibshirani (1993), section 13.3."""
    together = max(1, _DRAWN // values.size)
    counts = [min(together, resamples - done) for done in range(0, resamples, together)]
    return np.concatenate([values[rng.integers(0, values.size, (count, values.size))].mean(axis=1) for count in counts])
