"""What people do: what a prescriber is shown and looks at, what is chosen, and what comes of it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ml.metrics import Floats
from ml.training.world.tables import Ints

SLATE: Final = 10
#: The usual share of slates drawn at random from all that are eligible; the rest follow habit.
EXPLORED: Final = 0.2
MOST_CHOICES: Final = 3
#: How fast attention falls with position, and how much faster for the protected group 1.
ATTENTION: Final = 0.8
FASTER: Final = 0.3
#: Relevance 1, 2, 3, 4 begins where the outcome passes these, in deviations of utility.
OUTCOME_STEPS: Final = (0.35, 0.75, 1.15, 1.9)


@dataclass(frozen=True, slots=True)
class Slate:
    """What was shown: item rows in order, their habit scores, and the chance of each at its position."""

    rows: Ints
    scores: Floats
    propensities: Floats


def draw_slate(rng: np.random.Generator, eligible: Ints, habit: Floats, explore: float = EXPLORED) -> Slate:
    """Log a slate: the ten best by habit, or with chance `explore` ten drawn at random in random order.

    eligible : item rows. habit : (eligible,) the prescriber's own order, with no equal values.
    The propensity of an item at its position is exact: (1 - e)·[habit puts it there] + e / (number eligible).
    """
    size = min(SLATE, eligible.size)
    usual = np.argsort(-habit, kind="stable")[:size]
    shown = rng.permutation(eligible.size)[:size] if rng.random() < explore else usual
    propensities = np.where(shown == usual, 1.0 - explore, 0.0) + explore / eligible.size
    return Slate(eligible[shown], habit[shown], propensities)


def examined(
    rng: np.random.Generator, size: int, group: int, *, bias: float = 1.0, unfair: float = 1.0
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say which positions are looked at: the first always, the others the less the lower they are.

    bias : how fast attention falls, 0 not at all. unfair : how much faster for group 1. Both are 1 as usual.
    """
    fall = bias * (ATTENTION + FASTER * unfair * group)
    return np.asarray(rng.random(size) < (1.0 + np.arange(size)) ** -fall)


def choose(rng: np.random.Generator, seen: Ints, merit: Floats) -> Ints:
    """Return the positions that are chosen, at most three, of those that were looked at.

    seen : positions. merit : (seen,) utility in deviations from the mean eligible item.
    """
    like = 1.0 / (1.0 + np.exp(-1.8 * (merit - 1.1)))
    liked = rng.random(seen.size) < like
    best = np.argsort(-np.where(liked, merit + rng.normal(0.0, 0.3, seen.size), -np.inf))[:MOST_CHOICES]
    return np.sort(seen[best[liked[best]]])


def outcome(rng: np.random.Generator, merit: float) -> int:
    """Draw the relevance, 0 to 4, of a chosen item whose utility is `merit`, in deviations."""
    return int(np.searchsorted(OUTCOME_STEPS, merit + rng.normal(0.0, 0.6)))
