"""What moves on one day of a history: a covariate, the days people wait, and a taste, how much a journey weighs."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from ml.metrics import Floats, Ints
from ml.training.world.dials import Dials

#: The deviation of items' waits as `directory` draws them, days.
WAIT_DEVIATION: Final = 8.23


@dataclass(frozen=True, slots=True)
class Drift:
    """From the ordinal `day` on, waits are `wait_days` longer and 45 minutes of journey weigh `journey` more."""

    day: int
    wait_days: float
    journey: float

    def longer(self, days: Ints) -> Floats:
        """Return the days by which waits have grown on ordinal `days`."""
        return np.where(days >= self.day, self.wait_days, 0.0)

    def dearer(self, days: Ints) -> Floats:
        """Return what a journey weighs more on ordinal `days`."""
        return np.where(days >= self.day, self.journey, 0.0)


NO_DRIFT: Final = Drift(0, 0.0, 0.0)


def drift_of(dials: Dials, today: date) -> Drift:
    """Return what the dials move, in whole days of waiting, as counts hold no others."""
    return Drift(today.toordinal() - round(dials.drift_days), float(round(dials.drift * WAIT_DEVIATION)), dials.taste)
