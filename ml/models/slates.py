"""What every ranker asks of the rows it learns from."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ml.arrays import BoolArray, FloatArray, IntArray, Matrix, blocks

#: Relevance 4 is the highest: a label beyond the gains is fatal in LightGBM.
MOST_RELEVANT: Final = 4
#: Of the squares of such numbers a hundred million can be added up.
LARGEST: Final = 1e150
#: LightGBM's limit for lambdarank; nobody is shown so many.
LONGEST: Final = 10_000
#: With fewer queries a feature may follow the position by chance.
_TELLING: Final = 20
#: Rows in which nearly every innocent feature shows that it does not follow the position.
_GLANCE: Final = 500


@dataclass(frozen=True, slots=True)
class Slates:
    """Slates to learn from, checked once.

    X : shape (n_rows, n_features), within 1e150 or NaN. y : relevance 0 to 4, whole. query_sizes : rows in each query,
    whole queries only. position : from 0, None when unknown. weight : above 0 and finite, None for equal weights.
    Raises ValueError when any of this does not hold, or a feature is the position in disguise.
    """

    X: Matrix
    y: IntArray
    query_sizes: IntArray
    position: IntArray | None = None
    weight: FloatArray | None = None

    def __post_init__(self) -> None:
        if len(self.X.shape) != 2 or not self.X.shape[0] or not self.X.shape[1]:
            raise ValueError("X must have rows and columns")
        for _, block in blocks(self.X):
            _refuse_large(block)
        self._check_queries()
        self._check_columns()
        if not np.isin(self.y, np.arange(MOST_RELEVANT + 1)).all():
            raise ValueError(f"relevance must be 0 to {MOST_RELEVANT}, in whole numbers")
        if self.weight is not None and not ((self.weight > 0) & np.isfinite(self.weight)).all():
            raise ValueError("weights must be above 0 and finite")
        if self.position is not None:
            self._check_position(self.position)

    def _check_queries(self) -> None:
        sizes = self.query_sizes
        if sizes.ndim != 1 or sizes.sum() != len(self.X) or (sizes < 1).any():
            raise ValueError("query sizes must be at least 1 and sum to the number of rows: a query may not be cut")
        if sizes.max() > LONGEST:
            raise ValueError(f"a query has {sizes.max()} rows; it may have {LONGEST}")

    def _check_columns(self) -> None:
        for name in ("y", "position", "weight"):
            column = getattr(self, name)
            if column is not None and column.shape != (len(self.X),):
                raise ValueError(f"{name} must have one value a row")

    def _check_position(self, position: IntArray) -> None:
        if not np.issubdtype(position.dtype, np.integer) or position.min() < 0:
            raise ValueError("positions count from 0, in whole numbers")
        if position.max() and len(self.query_sizes) >= _TELLING:
            for place in _following(self.X, position):
                raise ValueError(
                    f"feature {place} follows the position: what position did is learned apart and never a feature"
                )


def begin_of_newest(query_sizes: IntArray, rows: int) -> int:
    """The row from which the whole slates at the end have at most so many `rows`, or the last slate alone begins."""
    ends = np.cumsum(query_sizes)
    begins = ends - query_sizes
    return int(begins[min(np.searchsorted(begins, ends[-1] - rows), len(begins) - 1)])


def _refuse_large(block: FloatArray) -> None:
    if np.isinf(block).any():
        raise ValueError("X must be finite or missing")
    if (np.abs(block) > LARGEST).any():
        raise ValueError(f"X must not lie beyond {LARGEST:g}: sums of squares would be infinite")


def _following(X: Matrix, position: IntArray) -> list[int]:
    """The columns that follow the position; all rows are looked at only when the first ones make it likely."""
    likely = _follows(X[:_GLANCE], position[:_GLANCE])
    return np.flatnonzero(likely & _follows(X, position)).tolist() if likely.any() else []


def _follows(X: Matrix, position: IntArray) -> BoolArray:
    """Whether each column has one value at each position, and not the same at all of them, shape (n_columns,)."""
    _, first, place = np.unique(position, return_index=True, return_inverse=True)
    typical = np.concatenate([X[row : row + 1] for row in first.tolist()])
    follows = np.asarray((typical != typical[place[0]]).any(axis=0))
    for begin, block in blocks(X):
        follows &= (block == typical[place[begin : begin + len(block)]]).all(axis=0)
    return follows
