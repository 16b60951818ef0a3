"""How far down people look, learned from slates in whose order chance had no hand: by comparing like with like.

What ranks knows only what was logged, so items that are alike in all of it stand at different places for no reason
but their company. A log-linear model of choices by features and place has the fall of attention as the coefficient of
the place. It is as right as its form: worth might not be log-linear, and a slate has more choices than one to give.
So it counts as known to ±`DOUBT` at best and is weighed against what chance says by their errors.
Sources: place as a covariate: Wang, Golbandi, Bendersky, Metzler and Najork, Position bias estimation for unbiased
learning to rank in personal search (2018); Poisson pseudo-likelihood: Gourieroux, Monfort and Trognon (1984); two
estimates, one of them perhaps biased, put together: Green and Strawderman (1991).
"""

from typing import Final

import numpy as np

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.off_policy.examination import Examination

#: How far the form of the model may be off, as a standard deviation; in worlds of seeds 1 to 3 it was off by up to .1.
DOUBT: Final = 0.1
#: A model that is known more roughly, because choices are few, is left aside.
_WIDEST: Final = 0.2
_STEPS: Final = 50
_RIDGE: Final = 1e-4


def adjusted(
    found: Examination, X: FloatArray, chosen: BoolArray, position: IntArray, query_sizes: IntArray
) -> Examination:
    """Put what chance says (`found`) and what the model says together, by their errors.

    X : shape (n_rows, n_features). chosen, position : (n_rows,). query_sizes : rows in each slate.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it ships no types

    with threadpool_limits(1):  # sums in another order would give other last bits
        told = _fitted(_design(X, position), chosen.astype(np.float64), query_sizes)
    if told is None or not told[1] <= _WIDEST:
        return found
    fall, error = -told[0], float(np.hypot(told[1], DOUBT))
    share = error**2 / (error**2 + found.error**2)
    doubt = (1.0 - share) * error
    return Examination(
        fall=share * found.fall + (1.0 - share) * fall,
        error=float(np.hypot(share * found.error, doubt)),
        choices=found.choices,
        share=share,
        doubt=doubt,
    )


def _design(X: FloatArray, position: IntArray) -> FloatArray:
    """Features in deviations, what is missing at their mean, one, and last the logarithm of the place from 1."""
    unknown = np.isnan(X)
    known = np.where(unknown, 0.0, X)
    mean = known.sum(axis=0) / np.maximum((~unknown).sum(axis=0), 1)
    centred = np.where(unknown, 0.0, X - mean)
    spread = centred.std(axis=0)
    kept = spread > 1e-12
    return np.column_stack((centred[:, kept] / spread[kept], np.ones(len(X)), np.log1p(position)))


def _fitted(design: FloatArray, count: FloatArray, query_sizes: IntArray) -> tuple[float, float] | None:
    """The last coefficient of a Poisson regression and its error, clustered by slate; None when it does not settle."""
    if not count.any():
        return None
    slopes = np.zeros(design.shape[1])
    slopes[-2] = np.log(count.mean())
    ridge = np.diag(np.full(design.shape[1], _RIDGE * len(design)))
    ridge[-2:, -2:] = 0.0
    for _ in range(_STEPS):
        expected = np.exp(np.clip(design @ slopes, -30.0, 5.0))
        curvature = (design * expected[:, None]).T @ design + ridge
        step = np.linalg.solve(curvature, design.T @ (count - expected) - ridge @ slopes)
        slopes = slopes + np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-8:
            break
    else:
        return None
    starts = np.cumsum(query_sizes) - query_sizes
    scores = np.add.reduceat(design * (count - expected)[:, None], starts)
    moved = np.linalg.solve(curvature, scores.T)[-1]
    return float(slopes[-1]), float(np.sqrt((moved**2).sum()))
