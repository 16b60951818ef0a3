"""The linear ranker: a logistic regression that learns how much of a choice was the position's doing."""

from typing import Any, Final, Self

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it ships no types

from ml.arrays import BoolArray, FloatArray, IntArray, Matrix, linear
from ml.models.slates import Slates, begin_of_newest

#: Positions from here on share one dummy: few slates are longer, and nobody looks that far.
LAST_POSITION: Final = 19

#: Rows that are learned from at most, the last slates', which are the newest: fifty weights need no more.
MOST_ROWS: Final = 2_000_000

#: Dummies of this size pay a hundredth of the penalty: what position does is large and not to be shrunk away.
_FREE: Final = 10.0


class LogisticRanker:
    """Logistic regression of being chosen, with a dummy for each position that scoring leaves out.

    strength : inverse of the L2 penalty on standardised features.
    grade : how much more a better outcome counts; a chosen row weighs 1 + grade * (relevance - 1).
    """

    def __init__(self, *, strength: float = 0.03, grade: float = 1.0) -> None:
        self.strength = strength
        self.grade = grade
        self.booster_: Any = None

    def fit(
        self,
        X: Matrix,
        y: IntArray,
        query_sizes: IntArray,
        position: IntArray | None = None,
        weight: FloatArray | None = None,
    ) -> Self:
        """Learn `weights_`, `means_`, shape (n_features,), `intercept_` and `position_bias_`, shape (n_positions,)."""
        return self.learn(Slates(X, y, query_sizes, position, weight))

    def learn(self, slates: Slates) -> Self:
        """The same from slates that were checked; of long ones from the last `MOST_ROWS` rows."""
        newest = slice(begin_of_newest(slates.query_sizes, MOST_ROWS), None)
        filled = np.nan_to_num(slates.X[newest], copy=isinstance(slates.X, np.ndarray), nan=0.0)
        mean, spread = filled.mean(axis=0), filled.std(axis=0)
        scale = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 1e-12)
        filled -= mean
        filled *= scale
        design = _beside(filled, None if slates.position is None else slates.position[newest])
        del filled  # as large as the design, which takes long
        weight = None if slates.weight is None else slates.weight[newest]
        coefficients, intercept = self._solve(design, slates.y[newest], weight)
        self.n_features_in_ = len(mean)
        self.weights_: FloatArray = coefficients[: self.n_features_in_] * scale
        self.means_ = mean
        self.intercept_ = float(intercept - mean @ self.weights_)
        self.position_bias_ = np.concatenate(([0.0], coefficients[self.n_features_in_ :] * _FREE))
        return self

    def score(self, X: FloatArray) -> FloatArray:
        """Log-odds of being chosen when shown first, shape (n_rows,); a missing feature counts as 0."""
        return linear(X, self.weights_, self.intercept_)

    def standing(self, position: IntArray | None, rows: int) -> FloatArray:
        """Log-odds that a middling row is chosen where it was shown, shape (rows,); alike for all without positions."""
        middling = self.intercept_ + float(self.means_ @ self.weights_)
        if position is None:
            return np.full(rows, middling)
        return middling + self.position_bias_[np.minimum(position, len(self.position_bias_) - 1)]

    def _solve(self, design: FloatArray, y: IntArray, given: FloatArray | None) -> tuple[FloatArray, float]:
        chosen, weight = as_choices(y, self.grade, given)
        if chosen.all() or not chosen.any():
            return np.zeros(design.shape[1]), 0.0
        model = LogisticRegression(C=self.strength, max_iter=1000, tol=1e-6)
        with threadpool_limits(1):  # sums in another order would give other last bits
            model.fit(design, chosen, sample_weight=weight)
        return model.coef_[0], float(model.intercept_[0])


def as_choices(y: IntArray, grade: float, given: FloatArray | None) -> tuple[BoolArray, FloatArray]:
    """Whether each row was chosen, and what it weighs: 1, for a chosen one 1 + grade * (relevance - 1), times `given`.

    All of shape (n_rows,).
    """
    chosen = y > 0
    weight = np.where(chosen, 1.0 + grade * (y - 1.0), 1.0)
    return chosen, weight if given is None else weight * given


def _beside(columns: FloatArray, position: IntArray | None) -> FloatArray:
    """The columns, and beside them one for each position after the first."""
    if position is None:
        return columns
    shown = np.minimum(position, LAST_POSITION)
    rows, count = columns.shape
    design = np.empty((rows, count + int(shown.max())), dtype=np.float64)
    design[:, :count] = columns
    for place in range(1, int(shown.max()) + 1):
        design[:, count + place - 1] = (shown == place) * _FREE
    return design
