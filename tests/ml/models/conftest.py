"""Slates from a tiny world with known truth: the first feature helps, the second hurts, position misleads."""

from dataclasses import dataclass

import numpy as np
import pytest


@dataclass(frozen=True)
class Made:
    X: np.ndarray
    y: np.ndarray
    query_sizes: np.ndarray
    position: np.ndarray
    utility: np.ndarray


def make_slates(seed: int, queries: int = 300, shown: int = 8, features: int = 5) -> Made:
    print(f"seed {seed}")
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(queries * shown, features))
    utility = 1.5 * X[:, 0] - X[:, 1]
    position = np.tile(np.arange(shown), queries)
    examined = rng.random(len(X)) < 1 / (1 + 0.5 * position)
    liked = rng.random(len(X)) < 1 / (1 + np.exp(1.5 - utility))
    y = np.where(examined & liked, 1 + (utility > 1) + (utility > 2) + (utility > 3), 0)
    X[rng.random(X.shape) < 0.02] = np.nan
    return Made(X, y, np.full(queries, shown), position, utility)


@pytest.fixture(scope="session")
def slates() -> Made:
    return make_slates(1)


@pytest.fixture(scope="session")
def unseen() -> Made:
    return make_slates(2)
