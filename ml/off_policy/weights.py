"""How much each logged row counts for another policy, and how many slates that leaves."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.off_policy.refusal import refuse_propensities

#: A weight above this is cut, and the result says how many were.
USUAL_CLIP: Final = 100.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Importance weights of logged rows.

    value : shape (n_rows,), target propensity over logged propensity, cut at `clip`. clipped : how many were cut.
    share_kept : the sum of the weights after cutting over the sum before, 0 to 1. ess : see `effective`.
    """

    value: FloatArray
    clip: float
    clipped: int
    share_kept: float
    ess: float


def importance(target: FloatArray, logged: FloatArray, query_sizes: IntArray, *, clip: float = USUAL_CLIP) -> Weights:
    """Weigh each row by how much likelier the target shows it so than the log did.

    target, logged : shape (n_rows,), propensities of what was logged. clip : above 0; inf cuts nothing. Raises
    OffPolicyError when a logged propensity is not above 0 and at most 1, ValueError when a target's is not 0 to 1.
    Source: Horvitz and Thompson (1952); cutting: Bottou et al. (2013), section 4.4.
    """
    refuse_propensities(logged)
    if not ((target >= 0) & (target <= 1)).all():
        raise ValueError("a target propensity must be 0 to 1")
    return clipped(target / logged, query_sizes, clip)


def clipped(raw: FloatArray, query_sizes: IntArray, clip: float) -> Weights:
    """Cut weights above `clip` and say what that took away."""
    value = np.minimum(raw, clip)
    total = float(raw.sum())
    kept = float(value.sum()) / total if total > 0 else 1.0
    return Weights(value, clip, int((raw > clip).sum()), kept, effective(value, query_sizes))


def effective(weight: FloatArray, query_sizes: IntArray) -> float:
    """The number of slates in the target's own order that would tell as much: Kish's effective sample size.

    Kish's size of the rows, (sum of weights)² / (sum of squared weights), over the rows of a mean slate; where each
    query has one row it is Kish's own. Ten rows of one slate speak of one person, so they are not ten witnesses.
    0 when nothing has weight. Source: Kish (1965), section 11.7; Owen (2013), section 9.3.
    """
    squares = float((weight * weight).sum())
    rows = float(weight.sum()) ** 2 / squares if squares > 0 else 0.0
    return rows * query_sizes.size / weight.size
