"""The truth: with what chance a volunteer says yes, which no ranker may read."""

from typing import Final

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.features.volunteers import VOLUNTEERS
from ml.training.volunteers.town import Town

_AT: Final = {name: place for place, name in enumerate(VOLUNTEERS.names)}
#: Travel from here on is a different matter, minutes.
_CLIFF_MINUTES: Final = 25
_BASE: Final = 0.0


def chances(town: Town, task_type: int, rows: IntArray, X: FloatArray) -> FloatArray:
    """Return the chance that each of `rows` says yes to a task of a type, shape (n_rows,).

    X : their features. Skills, travel with a cliff, free times, the wish and fatigue are in it as anybody could see
    them; taste, generosity and how easily somebody tires are not.
    """
    seen = _seen(town, X)
    own = town.taste[rows, task_type] + town.generosity[rows]
    tired = town.dials.fatigue * town.tiring[rows] * X[:, _AT["asks_30d"]]
    return np.asarray(1.0 / (1.0 + np.exp(-(_BASE + seen + own - tired))))


def _seen(town: Town, X: FloatArray) -> FloatArray:
    minutes = X[:, _AT["travel_minutes"]]
    free = np.nan_to_num(X[:, _AT["slots_any"]])
    long_job = X[:, _AT["minutes"]] > 60
    return np.asarray(
        0.8 * X[:, _AT["skills_met"]]
        - 0.9 * X[:, _AT["skills_lacking"]]
        - 0.03 * minutes
        - town.dials.cliff * (minutes > _CLIFF_MINUTES)
        + np.where(free > 0, 0.7, -0.7)
        - 0.012 * X[:, _AT["minutes_over_wish"]]
        - 0.5 * (long_job & (minutes > _CLIFF_MINUTES))
        + 0.3 * X[:, _AT["done_before"]]
    )
