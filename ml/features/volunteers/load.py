"""Sharing what is asked: a demotion outside the learned score, so that nobody is asked all the time.

    standing = score - STEP * asks in the last 30 days

The score says whom a task suits; the demotion says whose turn it is. It is the same for all, knows nothing but the
count, and is shown beside the score, so that whoever decides can see what it did.
"""

from typing import Final

import numpy as np

from ml.arrays import MISSING, FloatArray

#: What one ask in the last 30 days takes off a score, in the unit of the score.
STEP: Final = 0.375

#: How it is named in a policy.
POLICY: Final = f"share{STEP:g}"


def demotion(asks_30d: FloatArray, step: float = STEP) -> FloatArray:
    """Return what is taken off each score, at least 0, shape as given; nothing where the count is not known."""
    return step * np.where(np.isnan(asks_30d), 0.0, asks_30d)


def demotion_of(asks_30d: float | None, step: float = STEP) -> float:
    """Return what is taken off one score."""
    return float(demotion(np.array([MISSING if asks_30d is None else asks_30d]), step)[0])
