"""How far down people look, learned from slates whose order chance had a hand in.

Position-based model: an item is chosen where it stands with (chance that the place is looked at) × (chance that the
item is wanted once seen); the place k, from 0, is looked at with (1 + k) ** -fall. Sources: Craswell, Zoeter, Taylor
and Ramsey (2008); chance in the order as the instrument: Joachims, Swaminathan and Schnabel (2017), section 5; all of
it by likelihood: Agarwal and others, Estimating position bias without intrusive interventions (2019).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import brentq

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.off_policy.refusal import OffPolicyError

#: Fewer choices at places that chance gave tell nothing.
FEWEST_CHOICES: Final = 30
#: With a larger standard error of the fall nothing is estimated: a fall of .8 that might be 1.2 moves most values by a
#: tenth, in a way that no interval of slates shows.
WIDEST_ERROR: Final = 0.2
#: Between which bounds the fall is sought: looked at alike, and hardly beyond the first.
_BOUNDS: Final = (-1.0, 6.0)


@dataclass(frozen=True, slots=True)
class Examination:
    """The curve of attention. fall : 0 when all places are looked at alike. error : its standard error.

    share : how much of the fall chance told, 0 to 1; a model of choices told the rest (`adjusting`). doubt : what that
    rest adds to the error, independently. choices : at places that chance gave.
    """

    fall: float
    error: float
    choices: int
    share: float = 1.0
    doubt: float = 0.0

    @property
    def error_of_chance(self) -> float:
        """The standard error of what chance alone told."""
        return float(np.sqrt(max(self.error**2 - self.doubt**2, 0.0))) / self.share

    def of(self, places: int, *, more: float = 0.0) -> FloatArray:
        """The chance that each of the first `places` is looked at, beside that of the first, with the fall + `more`."""
        return np.asarray((1.0 + np.arange(places)) ** -(self.fall + more), dtype=np.float64)


def examination(chosen: BoolArray, table: FloatArray, position: IntArray) -> Examination:
    """Fit the fall by conditional likelihood: given that an item was chosen, at which of its possible places it was.

    chosen : shape (n_rows,). table : shape (n_rows, n_places), the logging policy's chances. What an item is worth
    drops out, so nothing about items is assumed. Raises OffPolicyError when too few choices had another place to be at.
    """
    free = chosen & ((table > 0).sum(axis=1) > 1)
    if free.sum() < FEWEST_CHOICES:
        raise OffPolicyError(
            f"Only {int(free.sum())} choices were made where chance had a hand in the order; {FEWEST_CHOICES} are "
            "needed to tell how far down people look."
        )
    logs = np.log1p(np.arange(table.shape[1]))
    weights, seen = table[free], logs[position[free]].sum()

    def surplus(fall: float) -> float:
        return float(seen - (_chances(weights, logs, fall) @ logs).sum())

    low, high = _BOUNDS
    fall = low if surplus(low) > 0 else high if surplus(high) < 0 else float(brentq(surplus, low, high))
    chances = _chances(weights, logs, fall)
    information = float((chances @ logs**2 - (chances @ logs) ** 2).sum())
    return Examination(fall, 1.0 / np.sqrt(max(information, 1e-12)), int(free.sum()))


def influence(
    found: Examination, chosen: BoolArray, table: FloatArray, position: IntArray, query_sizes: IntArray
) -> tuple[FloatArray, float]:
    """How far each slate moved the fall, times their number, shape (n_queries,), and the error from other slates.

    The slates are some of those that the fall was learned from, or all, and then the second is 0. Their own error is
    not independent of what they earned: a log in which low places were looked at much makes the fall small. So it is
    added slate by slate and not as if it were another's. Source: Newey and McFadden (1994), section 6, two-step
    estimators.
    """
    logs, variance = np.log1p(np.arange(table.shape[1])), found.error_of_chance**2
    chances = np.zeros(table.shape)
    chances[chosen] = _chances(table[chosen], logs, found.fall)
    expected = chances @ logs
    score = np.where(chosen, expected - logs[position], 0.0)
    moved = np.add.reduceat(score, np.cumsum(query_sizes) - query_sizes) * query_sizes.size * variance
    own = float(np.where(chosen, chances @ logs**2 - expected**2, 0.0).sum())
    rest = found.error_of_chance * float(np.sqrt(max(1.0 - own * variance, 0.0)))
    return found.share * (moved - moved.mean()), float(np.hypot(found.share * rest, found.doubt))


def refuse_vague(found: Examination) -> None:
    """Raise OffPolicyError when chance tells the curve of attention too roughly; a model alone is not believed."""
    if found.error_of_chance > WIDEST_ERROR:
        raise OffPolicyError(
            f"How steeply attention falls down the list is known only to ±{1.96 * found.error_of_chance:.2f}, from "
            f"{found.choices} choices; more slates in an order that chance had a hand in would tell."
        )


def _chances(weights: FloatArray, logs: FloatArray, fall: float) -> FloatArray:
    """The chance of each place for a chosen row, shape (n_rows, n_places)."""
    raw = weights * np.exp(-fall * logs)
    return np.asarray(raw / raw.sum(axis=1, keepdims=True))
