"""What a ranker is, and the hybrid, which is the ranker of Kith."""

from collections.abc import Sequence
from math import sqrt
from typing import Any, Final, Protocol, Self

import numpy as np

from ml.arrays import FloatArray, IntArray, Matrix, blocks, linear
from ml.models.artifact import Hybrid
from ml.models.logistic import LogisticRanker, as_choices
from ml.models.slates import Slates
from ml.models.trees import DEFAULTS, Choices, predict, train_trees

#: The share of the linear part from which trees begin: those that keep to their signs could not take back a slope that
#: is too steep.
_BEGUN: Final = 0.2


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
    """A logistic regression with position and trees, whose scores are added up.

    The trees are the average of a lambdarank and of trees that learn the log-odds of a choice, which are told what the
    regression found that position does; both begin with a fifth of its log-odds. Of these a share is added that falls
    with the number of slates, see `share_of`: few slates tell a slope sooner than a step.

    monotone : -1, 0 or 1 for each feature. trust : how slowly that share falls, not below 0. strength, grade : see
    `LogisticRanker`. parameters : override the trees' `DEFAULTS`.
    """

    def __init__(
        self,
        *,
        monotone: Sequence[int] = (),
        seed: int = 0,
        threads: int = 1,
        trust: float = 5.0,
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
        begun = begun_by(self.first, X)
        share = share_of(self.trust, len(query_sizes))
        self.n_features_in_ = X.shape[1]
        self.means_ = self.first.means_
        self.weights_ = self.first.weights_ * share
        self.intercept_ = self.first.intercept_ * share
        self.booster_ = train_trees(
            slates,
            self.parameters,
            monotone=self.monotone,
            seed=self.seed,
            threads=self.threads,
            begun=begun,
            choices=Choices(*as_choices(y, self.first.grade, weight), begun + self.first.standing(position, len(y))),
        )
        return self

    def score(self, X: FloatArray) -> FloatArray:
        """The linear score plus the trees' (LightGBM's predict knows nothing of where they began), shape (n_rows,)."""
        return linear(X, self.weights_, self.intercept_) + predict(self.booster_, X)


def share_of(trust: float, slates: int) -> float:
    """The share of the linear part that is kept, 0 to 1: with `slates` it falls as standard errors do."""
    return trust / (trust + sqrt(slates))


def begun_by(straight: LogisticRanker, X: Matrix) -> FloatArray:
    """Where the trees begin with each row of `X`, shape (n_rows,): part of its log-odds, 0 for a middling row."""
    weights = straight.weights_ * _BEGUN
    middling = float(straight.means_ @ weights)
    return np.concatenate([linear(block, weights, -middling) for _, block in blocks(X)])
