"""Orders that need no learning, which a model has to beat: nearest first, most taken up first, and plain rules."""

from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np

from ml.arrays import FloatArray, IntArray, Matrix, linear
from ml.models.artifact import RULES_WEIGHTS
from ml.models.slates import Slates


class FixedRanker:
    """A weighted sum of named features whose weights are given and not learned.

    feature_names : the columns of X in order. weights : by name; a feature without one counts nothing.
    """

    def __init__(self, weights: Mapping[str, float], feature_names: Sequence[str]) -> None:
        unknown = weights.keys() - set(feature_names)
        if unknown:
            raise ValueError(f"no such features: {', '.join(sorted(unknown))}")
        self.weights_ = np.array([float(weights.get(name, 0.0)) for name in feature_names])
        self.intercept_ = 0.0
        self.booster_ = None
        self.n_features_in_ = len(self.weights_)

    def fit(
        self,
        X: Matrix,
        y: IntArray,
        query_sizes: IntArray,
        position: IntArray | None = None,
        weight: FloatArray | None = None,
    ) -> Self:
        """Check the slates, learn nothing and return self."""
        Slates(X, y, query_sizes, position, weight)
        return self

    def score(self, X: FloatArray) -> FloatArray:
        """The weighted sum, shape (n_rows,); a missing feature counts as 0."""
        return linear(X, self.weights_, self.intercept_)


def baselines(feature_names: Sequence[str]) -> dict[str, FixedRanker]:
    """The baselines of every promotion gate by name, for features called `feature_names`."""
    rules = {name: weight for name, (weight, _) in RULES_WEIGHTS.items()}
    weights = {"distance": {"distance_m": -1.0}, "popularity": {"take_up": 1.0}, "rules": rules}
    return {name: FixedRanker(given, feature_names) for name, given in weights.items()}
