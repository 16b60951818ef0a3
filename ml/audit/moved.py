"""Which columns have moved further than chance and custom explain, with a limit that knows the size of the window.

Rows of a slate are alike and columns follow one another, so the limit comes from permutations: whole slates are dealt
anew to the reference and to now, and the largest index of all columns, each in units of its own mean under chance, is
noted. A column has moved when it passes what chance passes once in a hundred windows for the largest of all, and also
Siddiqi's limit of what matters. Source: Westfall and Young (1993), the permutation of the largest statistic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.audit.psi import bins_of, edges_of, psi

#: How often chance alone may raise an alarm in a window.
ALARMS: Final = 0.01
#: An index below this does not matter, however sure it is: Siddiqi's "no change".
MATTERS: Final = 0.10
_DEALS: Final = 400


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of slates' rows by bin, for all columns side by side.

    counts : shape (n_slates, n_bins of all columns). starts : shape (n_columns,), where each column's bins begin.
    """

    counts: FloatArray
    starts: IntArray

    def indices(self, chosen: FloatArray) -> FloatArray:
        """The index of each column, shape (n_deals, n_columns), between the slates that are not chosen and the others.

        chosen : shape (n_deals, n_slates), 1 for a slate of now and 0 for one of the reference.
        """
        now = chosen @ self.counts
        before = self.counts.sum(axis=0) - now
        bounds = [*self.starts.tolist(), self.counts.shape[1]]
        return np.stack([psi(before[:, low:high], now[:, low:high]) for low, high in pairwise(bounds)], axis=1)


@dataclass(frozen=True, slots=True)
class Moved:
    """The index of each column and the limit beyond which it has moved, both of shape (n_columns,)."""

    index: FloatArray
    limit: FloatArray


def moved(reference: FloatArray, before: IntArray, current: FloatArray, now: IntArray, *, seed: int) -> Moved:
    """Compare the columns of `current` with those of `reference`.

    reference, current : shape (n_rows, n_columns). before, now : rows in each slate of either.
    """
    rows = np.concatenate([reference, current])
    counted = _counted(rows, reference, np.concatenate([before, now]))
    slates = before.size + now.size
    rng = np.random.default_rng(seed)
    seen = np.zeros((1, slates))
    seen[0, before.size :] = 1.0
    dealt = np.argsort(rng.random((_DEALS, slates)), axis=1) < now.size
    chance = counted.indices(dealt.astype(np.float64))
    usual = np.maximum(chance.mean(axis=0), 1e-12)
    furthest = np.quantile((chance / usual).max(axis=1), 1 - ALARMS)
    return Moved(counted.indices(seen)[0], np.maximum(usual * furthest, MATTERS))


def index_of(reference: FloatArray, current: FloatArray) -> FloatArray:
    """The plain index of each column of `current` beside those of `reference`, shape (n_columns,)."""
    sizes = np.array([len(reference), len(current)])
    counted = _counted(np.concatenate([reference, current]), reference, sizes)
    return np.asarray(counted.indices(np.array([[0.0, 1.0]]))[0])


def _counted(rows: FloatArray, reference: FloatArray, sizes: IntArray) -> Counted:
    slate = np.repeat(np.arange(sizes.size), sizes)
    columns = [_column(rows[:, place], reference[:, place], slate, sizes.size) for place in range(rows.shape[1])]
    widths: Sequence[int] = [column.shape[1] for column in columns]
    return Counted(np.concatenate(columns, axis=1), np.cumsum([0, *widths[:-1]]))


def _column(values: FloatArray, reference: FloatArray, slate: IntArray, slates: int) -> FloatArray:
    edges = edges_of(reference)
    width = edges.size + 2
    counts = np.bincount(slate * width + bins_of(values, edges), minlength=slates * width)
    return counts.reshape(slates, width).astype(np.float64)
