"""The linear ranker: a logistic regression that learns how much of a choice was the position's doing."""

from typing import Any, Final, Self

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it ships no types

from ml.arrays import FloatArray, IntArray, linear
from ml.models.slates import Slates

#: Positions from here on share one dummy: few slates are longer, and nobody looks that far.
LAST_POSITION: Final = 19

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
        X: FloatArray,
        y: IntArray,
        query_sizes: IntArray,
        position: IntArray | None = None,
        weight: FloatArray | None = None,
    ) -> Self:
        """Learn `weights_`, `means_`, shape (n_features,), `intercept_` and `position_bias_`, shape (n_positions,)."""
        slates = Slates(X, y, query_sizes, position, weight)
        filled = np.nan_to_num(X, nan=0.0)
        mean, spread = filled.mean(axis=0), filled.std(axis=0)
        scale = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 1e-12)
        dummies = _dummies(position)
        coefficients, intercept = self._solve(np.column_stack(((filled - mean) * scale, *dummies)), slates)
        self.n_features_in_ = X.shape[1]
        self.weights_: FloatArray = coefficients[: self.n_features_in_] * scale
        self.means_ = mean
        self.intercept_ = float(intercept - mean @ self.weights_)
        self.position_bias_ = np.concatenate(([0.0], coefficients[self.n_features_in_ :] * _FREE))
        return self

    def score(self, X: FloatArray) -> FloatArray:
        """Log-odds of being chosen when shown first, shape (n_rows,); a missing feature counts as 0."""
        return linear(X, self.weights_, self.intercept_)

    def _solve(self, design: FloatArray, slates: Slates) -> tuple[FloatArray, float]:
        chosen = slates.y > 0
        if chosen.all() or not chosen.any():
            return np.zeros(design.shape[1]), 0.0
        weight = np.where(chosen, 1.0 + self.grade * (slates.y - 1.0), 1.0)
        if slates.weight is not None:
            weight = weight * slates.weight
        model = LogisticRegression(C=self.strength, max_iter=1000, tol=1e-6)
        with threadpool_limits(1):  # sums in another order would give other last bits
            model.fit(design, chosen, sample_weight=weight)
        return model.coef_[0], float(model.intercept_[0])


def _dummies(position: IntArray | None) -> list[FloatArray]:
    """One column for each position after the first."""
    if position is None:
        return []
    shown = np.minimum(position, LAST_POSITION)
    return [(shown == place) * _FREE for place in range(1, int(shown.max()) + 1)]
