"""The population stability index: how far a column has moved from where it was.

PSI is the sum over bins of (p - q) · ln(p / q), with p and q the shares of the reference and of now; 0 when nothing
moved. Bins hold equal shares of the reference; each value of a column of few is a bin, and so is what is missing.
Source: Siddiqi (2006), Credit Risk Scorecards, who calls below .10 no change and above .25 a large one, whatever the
size of the sample. Its chance distribution shrinks with the sample: Yurdakul and Naranjo (2020).
"""

from typing import Final

import numpy as np

from ml.arrays import FloatArray, IntArray

#: Bins of equal share in the reference, besides that of missing values.
BINS: Final = 10
#: Added to each count, so that an empty bin has a logarithm.
_ADDED: Final = 0.5


def edges_of(reference: FloatArray) -> FloatArray:
    """Upper bounds of all bins but the last, shape (n_bins - 1,), rising; of values that are not missing."""
    known = reference[~np.isnan(reference)]
    distinct = np.unique(known)
    if distinct.size <= BINS:
        return distinct[:-1]
    edges = np.unique(np.quantile(known, np.arange(1, BINS) / BINS, method="inverted_cdf"))
    return np.unique(np.where(edges == distinct[-1], distinct[-2], edges))  # the largest value is no upper bound


def bins_of(column: FloatArray, edges: FloatArray) -> IntArray:
    """The bin of each value, shape (n_rows,), from 0; a missing one is in the bin after all others."""
    return np.where(np.isnan(column), edges.size + 1, np.searchsorted(edges, column, side="left")).astype(np.int64)


def psi(reference: FloatArray, current: FloatArray) -> FloatArray:
    """The index of counts in bins, which lie along the last axis."""
    p, q = _shares(reference), _shares(current)
    return np.asarray(((p - q) * np.log(p / q)).sum(axis=-1))


def _shares(counts: FloatArray) -> FloatArray:
    raised = counts + _ADDED
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))
