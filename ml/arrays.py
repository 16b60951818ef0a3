"""Array types, and sums whose order is fixed so that every engine gets the same last bit."""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]
IntArray: TypeAlias = NDArray[np.int64]

MISSING: Final = float("nan")


def linear(X: FloatArray, weights: FloatArray, intercept: float) -> FloatArray:
    """Return intercept + X·weights, added column by column from the left.

    X : shape (n_rows, n_columns); NaN counts as 0. weights : shape (n_columns,).
    `X @ weights` may add in another order and give other bits than a phone does.
    """
    if X.shape[1] != len(weights):
        raise ValueError(f"{X.shape[1]} columns, {len(weights)} weights")
    total = np.full(len(X), intercept, dtype=np.float64)
    for column, weight in zip(X.T, weights, strict=True):
        total += np.where(np.isnan(column), 0.0, column) * weight
    return total
