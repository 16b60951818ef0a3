"""Small LightGBM models of each kind that a pack can hold, and rows that engines are known to disagree on."""

from dataclasses import dataclass

import lightgbm
import numpy as np

from ml.features import FEATURE_NAMES

COLUMNS = len(FEATURE_NAMES)
HOSTILE = (
    np.nan,
    -0.0,
    5e-324,
    -5e-324,
    1e-35,
    -1e-35,
    np.inf,
    -np.inf,
    31.5,
    -0.5,
    63.0,
    1e9,
    2.0**31,
    -(2.0**31),
    1e300,
)


@dataclass
class Hybrid:
    """What export reads of a ranker."""

    weights_: np.ndarray
    intercept_: float
    booster_: lightgbm.Booster | None
    means_: np.ndarray


SHAPES = {
    "numeric": {"num_leaves": 15},
    "deep": {"num_leaves": 64, "min_data_in_leaf": 5},
    "zero_as_missing": {"zero_as_missing": True},
    "no_missing": {"use_missing": False},
    "categorical": {"max_cat_to_onehot": 1, "min_data_per_group": 5, "cat_smooth": 1},
}


def rows(seed, count=1500):
    """Rows like real ones: counts, fractions, gaps; the last two columns hold 40 categories."""
    rng = np.random.default_rng(seed)
    X = np.round(rng.gamma(2, 3, size=(count, COLUMNS)), 1)
    X[rng.random(X.shape) < 0.2] = 0
    X[:, -2:] = rng.integers(0, 40, size=(count, 2))
    X[rng.random(X.shape) < 0.05] = np.nan
    return X


def hostile_rows(seed, count=10_000):
    """Rows of which one value in twenty is hostile."""
    rng = np.random.default_rng(seed)
    X = rows(seed, count)
    spoilt = rng.random(X.shape) < 0.05
    X[spoilt] = rng.choice(HOSTILE, size=spoilt.sum())
    return X


def hybrid(shape, trees=60, seed=1):
    """A ranker of the kind `shape`, trained on noise with a little sense in it."""
    rng = np.random.default_rng(seed)
    X = rows(seed)
    known = np.nan_to_num(X)
    signal = known[:, 0] - known[:, 5] + 3 * (known[:, -1] % 3) + rng.normal(size=len(X))
    y = np.searchsorted(np.quantile(signal, [0.4, 0.6, 0.8, 0.9]), signal)
    categories = [COLUMNS - 2, COLUMNS - 1] if shape == "categorical" else []
    data = lightgbm.Dataset(X, y, group=[10] * (len(X) // 10), categorical_feature=categories)
    settings = {"objective": "lambdarank", "verbosity": -1, "num_threads": 1, "min_data_in_leaf": 20, "seed": seed}
    booster = lightgbm.train(settings | SHAPES[shape], data, trees)
    weights = rng.normal(size=COLUMNS) / 10
    return Hybrid(weights, 0.3, booster, rng.random(COLUMNS))
