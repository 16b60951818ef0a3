"""What every ranker asks of the rows it learns from."""

from dataclasses import dataclass

import numpy as np

from ml.arrays import FloatArray, IntArray

#: Relevance 4 is the highest: a label beyond the gains is fatal in LightGBM.
MOST_RELEVANT = 4


@dataclass(frozen=True, slots=True)
class Slates:
    """Slates to learn from, checked once.

    X : shape (n_rows, n_features). y : relevance 0 to 4. query_sizes : rows in each query, whole queries only.
    position : from 0, None when unknown. weight : above 0, None for equal weights.
    """

    X: FloatArray
    y: IntArray
    query_sizes: IntArray
    position: IntArray | None = None
    weight: FloatArray | None = None

    def __post_init__(self) -> None:
        rows = self.X.shape[0]
        if self.X.ndim != 2 or not rows:
            raise ValueError("X must have rows and columns")
        if self.query_sizes.sum() != rows or (self.query_sizes < 1).any():
            raise ValueError("query sizes must be at least 1 and sum to the number of rows: a query may not be cut")
        if self.y.min() < 0 or self.y.max() > MOST_RELEVANT:
            raise ValueError(f"relevance must be 0 to {MOST_RELEVANT}")
        for name in ("y", "position", "weight"):
            column = getattr(self, name)
            if column is not None and column.shape != (rows,):
                raise ValueError(f"{name} must have one value a row")
        if self.position is not None and self.position.min() < 0:
            raise ValueError("positions count from 0")
        if np.isinf(self.X).any():
            raise ValueError("X must be finite or missing")
