"""Array types, and sums whose order is fixed so that every engine gets the same last bit."""

from collections.abc import Iterator
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]
IntArray: TypeAlias = NDArray[np.int64]

MISSING: Final = float("nan")
#: Rows of a matrix that are looked at together.
BLOCK: Final = 50_000


class Matrix(Protocol):
    """Rows of features, in memory as an array or read when they are asked for."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Rows and columns."""
        ...

    def __len__(self) -> int: ...

    def __getitem__(self, rows: slice, /) -> FloatArray:
        """Some of the rows, shape (n_rows, n_columns)."""
        ...


def blocks(X: Matrix) -> Iterator[tuple[int, FloatArray]]:
    """All rows of `X`, `BLOCK` at a time, each with the place of its first row."""
    for first in range(0, len(X), BLOCK):
        yield first, X[first : first + BLOCK]


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


def column_means(X: Matrix) -> FloatArray:
    """The mean of each column, shape (n_columns,), rows added from the first to the last; NaN counts as 0."""
    total = np.zeros((1, X.shape[1]))
    for _, block in blocks(X):
        total = np.concatenate((total, np.nan_to_num(block, nan=0.0))).sum(axis=0, keepdims=True)
    return np.asarray(total[0] / len(X))
