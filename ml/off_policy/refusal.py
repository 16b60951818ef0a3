"""When an off-policy estimate is not given: too few slates speak for it, or the log cannot be believed."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from ml.arrays import FloatArray

#: Below this effective sample size no number is given.
FEWEST_EFFECTIVE: Final = 100.0


class OffPolicyError(Exception):
    """An estimate that is refused, said in a sentence."""


class TooFewError(OffPolicyError):
    """The weights leave an effective sample size below `FEWEST_EFFECTIVE`; `ess` says how much."""

    def __init__(self, ess: float) -> None:
        super().__init__(
            f"The log speaks for this order with the weight of {ess:.0f} slates; below {FEWEST_EFFECTIVE:.0f} no "
            "estimate is given. More slates, or more of them in an order drawn by chance, would tell."
        )
        self.ess = ess


def refuse_few(ess: float) -> None:
    """Raise TooFewError when an effective sample size is below `FEWEST_EFFECTIVE`, or is not a number."""
    if not ess >= FEWEST_EFFECTIVE:
        raise TooFewError(ess)


def refuse_propensities(propensity: FloatArray) -> None:
    """Raise OffPolicyError unless every logged propensity, shape (n_rows,), is above 0 and at most 1.

    Those of chance would make an estimate infinite or wrong without a sign of it: 0, above 1, NaN.
    """
    wrong = ~((propensity > 0) & (propensity <= 1))
    if wrong.any():
        first = int(np.argmax(wrong))
        raise OffPolicyError(
            f"{int(wrong.sum())} logged propensities are not above 0 and at most 1, the first is {propensity[first]} "
            f"in row {first}: the log cannot be weighted."
        )


def refuse_mixture(slates: Mapping[str, int]) -> None:
    """Raise OffPolicyError when slates came about by several policies. slates : how many of each policy.

    Each slate is weighed by its own policy, so a mixture can be valued; but whom the policies served differs, and the
    mean of both is neither's.
    """
    if len(slates) > 1:
        told = ", ".join(f"{name} ({count})" for name, count in slates.items())
        named = " ".join(f"--policy {name}" for name in slates)
        raise OffPolicyError(
            f"The slates came about by {len(slates)} policies: {told}. Name the one to value "
            f"(--policy {next(iter(slates))}), or all of them to value their mixture ({named})."
        )
