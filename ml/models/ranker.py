"""What a ranker is; the hybrid, the trees and the linear model."""

from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Ranker(Protocol):
    """Something that orders candidates: fit on slates, score rows of features.

    X : shape (n_rows, n_features_in_), rows of one query side by side. y : graded relevance 0 to 4.
    query_sizes : rows in each query, summing to n_rows. position : where each row was shown, from 0.
    weight : importance of each row. The score's unit is the ranker's own; scores of two queries do not compare.
    """

    n_features_in_: int

    def fit(
        self, X: Floats, y: Ints, query_sizes: Ints, position: Ints | None = None, weight: Floats | None = None
    ) -> Self:
        """Learn from slates and return self."""
        ...

    def score(self, X: Floats) -> Floats:
        """Score each row of `X`, shape (n_rows,), the best candidate highest."""
        ...
