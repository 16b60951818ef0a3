"""What a row would earn at each place, expected by a model that did not see its slate."""

from typing import Final

import numpy as np

from ml.arrays import BoolArray, FloatArray, IntArray

FOLDS: Final = 5
#: The inverse strength of the penalty.
_STRENGTH: Final = 0.3


def cross_fitted(
    X: FloatArray, reward: FloatArray, position: IntArray, query_sizes: IntArray, places: int, *, folds: int = FOLDS
) -> FloatArray:
    """The expected reward of each row at each place, 0 to 1, shape (n_rows, places).

    Slates are dealt to `folds` in turn; a slate is predicted by a logistic regression of features and place that
    learned from the other folds, so that no row answers for itself. Source: Chernozhukov and others, Double/debiased
    machine learning (2018), definition 3.1.
    """
    fold = np.repeat(np.arange(query_sizes.size) % folds, query_sizes)
    design = _scaled(X)
    predicted = np.empty((len(X), places))
    for held in range(folds):
        test = fold == held
        if test.any():
            predicted[test] = _predict(design, reward, position, ~test, test, places)
    return predicted


def _scaled(X: FloatArray) -> FloatArray:
    filled = np.nan_to_num(X, nan=0.0)
    spread = filled.std(axis=0)
    return np.asarray((filled - filled.mean(axis=0)) / np.where(spread > 1e-12, spread, 1.0))


def _predict(
    design: FloatArray, reward: FloatArray, position: IntArray, train: BoolArray, test: BoolArray, places: int
) -> FloatArray:
    from scipy.special import expit
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it ships no types

    mean = float(reward[train].mean()) if train.any() else 0.0
    if not 0 < mean < 1:
        return np.full((int(test.sum()), places), mean)
    X = np.column_stack((design[train], np.log1p(position[train])))
    # A reward between 0 and 1 is so much of a success and the rest of a failure: its cross-entropy is the same.
    with threadpool_limits(1):  # sums in another order would give other last bits
        model = LogisticRegression(C=_STRENGTH, max_iter=300, tol=1e-4).fit(
            np.concatenate((X, X)),
            np.repeat((1, 0), len(X)),
            sample_weight=np.concatenate((reward[train], 1.0 - reward[train])),
        )
        base = design[test] @ model.coef_[0, :-1] + model.intercept_[0]
    return np.asarray(expit(base[:, None] + model.coef_[0, -1] * np.log1p(np.arange(places))))
