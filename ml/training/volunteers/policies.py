"""Whom to ask first: the policy that made the log, and those that are compared."""

from collections.abc import Callable
from typing import Final

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.features.volunteers import VOLUNTEERS
from ml.features.volunteers.load import STEP, demotion
from ml.training.volunteers.run import Policy

_AT: Final = {name: place for place, name in enumerate(VOLUNTEERS.names)}
#: Volunteers asked at once: by the policy that explores, out of a pool of the next best, and by the others.
EXPLORED: Final = 5
POOL: Final = 10
AT_ONCE: Final = 3


def explore(X: FloatArray, rng: np.random.Generator) -> tuple[IntArray, FloatArray]:
    """Ask five at random of the ten nearest: each of a pool of n is asked with chance min(5, n) / n, exactly."""
    pool = np.argsort(X[:, _AT["distance_of_reach"]], kind="stable")[:POOL]
    count = min(EXPLORED, len(pool))
    return rng.permutation(pool)[:count], np.full(count, count / len(pool))


def by(standing: Callable[[FloatArray], FloatArray]) -> Policy:
    """Ask those of the highest standing, equals in order of id."""

    def policy(X: FloatArray, rng: np.random.Generator) -> tuple[IntArray, FloatArray]:
        first = np.argsort(-standing(X), kind="stable")[:AT_ONCE]
        return first, np.ones(len(first))

    return policy


def fair(score: Callable[[FloatArray], FloatArray], step: float = STEP) -> Policy:
    """Ask by score less the demotion of `ml.features.volunteers.load`."""
    return by(lambda X: score(X) - demotion(X[:, _AT["asks_30d"]], step))


def chance(X: FloatArray, rng: np.random.Generator) -> tuple[IntArray, FloatArray]:
    """Ask anybody who is eligible."""
    first = rng.permutation(len(X))[:AT_ONCE]
    return first, np.full(len(first), len(first) / len(X))
