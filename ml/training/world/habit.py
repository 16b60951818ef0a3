"""How a prescriber ordered candidates before any ranker: by need and distance, by custom, and not quite fairly."""

from typing import Final

import numpy as np

from ml.features import fit_table
from ml.metrics import Floats
from ml.training.world.places import DISTRICTS
from ml.training.world.tables import Items, Queries
from ml.training.world.utility import metres, minutes

_BEST_FIT: Final = 4.0
#: How much less a small provider comes to mind for someone of group 1.
_BIAS: Final = 0.35
#: How much each counted choice of an item brings it to mind.
_POPULARITY: Final = 0.12


def habits(rng: np.random.Generator, queries: Queries, items: Items, unfair: float = 1.0) -> Floats:
    """Return how readily each item comes to mind for each referral, (queries, items), before popularity.

    unfair : how much less small providers come to mind for group 1, as a multiple of the usual.
    """
    fit = queries.needs @ np.stack([(row * (items.categories > 0)).max(axis=1) for row in fit_table()]) / _BEST_FIT
    journey = np.minimum(minutes(queries, items, metres(queries, items)) / 45.0, 1.5)
    custom = rng.normal(0.0, 0.25, (len(DISTRICTS) + 1, items.quality.size))
    less = _BIAS * unfair * (queries.group[:, None] * items.small[None, :])
    habit: Floats = fit - 0.5 * journey + custom[queries.practice] - less
    return habit


def with_popularity(habit: Floats, chosen: Floats) -> Floats:
    """Add what is known of earlier choices to one referral's habits, both (items,)."""
    return np.asarray(habit + _POPULARITY * np.log1p(chosen))
