"""Spreading what is chosen: a small demotion outside the learned score, a little more after each acceptance.

    standing = score - STEP * min(asked, MOST)

`asked` is the larger of the referrals of the last 90 days and of the places taken now. So what is much asked for moves
down a little, and what stands idle comes up. How much that does, and what it costs, was measured in made-up worlds:
docs/matcher/serving.md. `mobile_contract/typescript/ranker/demand.ts` takes off the same to the last bit.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from ml.arrays import FloatArray

#: What one acceptance takes off, in the unit of the score, of which one deviation in a slate is about 1.
STEP: Final = 0.1
#: More acceptances than these take nothing more off.
MOST: Final = 20.0

#: How it is named in a policy.
POLICY: Final = f"demand{STEP:g}"
#: The name under which what was taken off stands among the contributions, and its sentence.
FAMILY: Final = "demand"
TEXT: Final = "Much asked for lately."
#: Fewer asked than this are no "much", and might point at one of them.
MANY: Final = 5.0


def asked_of(known: Mapping[str, FloatArray]) -> FloatArray:
    """Return how many were pointed to each row lately, at least 0; columns of `ml.inputs.columns`."""
    taken = known["places_total"] - known["places_open"]
    return np.fmax(np.fmax(known["chosen_90d"], taken), 0.0)


def demotion(known: Mapping[str, FloatArray]) -> FloatArray:
    """Return what is taken off each row's score, from 0 to `STEP` times `MOST`."""
    return STEP * np.fmin(asked_of(known), MOST)
