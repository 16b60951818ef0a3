"""What a ranker is, and the hybrid, which is the ranker of Kith."""

from collections.abc import Sequence
from typing import Any, Protocol, Self

import numpy as np

from ml.arrays import FloatArray, IntArray, Matrix, blocks, linear
from ml.models.artifact import Hybrid
from ml.models.logistic import LogisticRanker
from ml.models.slates import Slates
from ml.models.trees import DEFAULTS, predict, train_trees


class Ranker(Protocol):
    """Something that orders candidates: fit on slates, score rows of features.

    X : shape (n_rows, n_features_in_), rows of one query side by side, the newest query last. y : graded relevance
    0 to 4. query_sizes : rows in each query, summing to n_rows. position : where each row was shown, from 0.
    weight : importance of each row. The score's unit is the ranker's own; scores of two queries do not compare.
    """

    @property
    def n_features_in_(self) -> int:
        """How many columns it scores."""
        ...

    def fit(
        self,
        X: Matrix,
        y: IntArray,
        query_sizes: IntArray,
        position: IntArray | None = None,
        weight: FloatArray | None = None,
    ) -> Self:
        """Learn from slates and return self."""
        ...

    def score(self, X: FloatArray) -> FloatArray:
        """Score each row of `X`, shape (n_rows,), the best candidate highest."""
        ...


class LinearPlusTrees(Ranker, Hybrid, Protocol):
    """A ranker that can become a pack: a linear score, and trees that correct it."""

    @property
    def means_(self) -> FloatArray:
        """Of the rows that the linear part learned from, shape (n_features_in_,)."""
        ...


class HybridRanker:
    """A logistic regression with position, whose log-odds the trees of a lambdarank then correct.

    Only a share of the log-odds is kept: trees that keep to their signs could not take back a slope that is too steep.

    monotone : -1, 0 or 1 for each feature. trust : that share, 0 to 1. strength, grade : see `LogisticRanker`.
    parameters : override the trees' `DEFAULTS`.
    """

    def __init__(
        self,
        *,
        monotone: Sequence[int] = (),
        seed: int = 0,
        threads: int = 1,
        trust: float = 0.2,
        strength: float = 0.03,
        grade: float = 1.0,
        parameters: dict[str, Any] | None = None,
    ) -> None:
        self.monotone = tuple(monotone)
        self.seed = seed
        self.threads = threads
        self.trust = trust
        self.first = LogisticRanker(strength=strength, grade=grade)
        self.parameters = {**DEFAULTS, **(parameters or {})}

    def fit(
        self,
        X: Matrix,
        y: IntArray,
        query_sizes: IntArray,
        position: IntArray | None = None,
        weight: FloatArray | None = None,
    ) -> Self:
        """Learn `weights_` and `means_`, shape (n_features,), `intercept_` and `booster_`."""
        slates = Slates(X, y, query_sizes, position, weight)
        self.first.learn(slates)
        self.n_features_in_ = X.shape[1]
        self.means_ = self.first.means_
        self.weights_ = self.first.weights_ * self.trust
        self.intercept_ = self.first.intercept_ * self.trust
        self.booster_ = train_trees(
            slates,
            self.parameters,
            monotone=self.monotone,
            seed=self.seed,
            threads=self.threads,
            init_score=np.concatenate([linear(block, self.weights_, self.intercept_) for _, block in blocks(X)]),
        )
        return self

    def score(self, X: FloatArray) -> FloatArray:
        """The linear score plus the trees' (LightGBM's predict knows nothing of its init_score), shape (n_rows,)."""
        return linear(X, self.weights_, self.intercept_) + predict(self.booster_, X)
