"""From a score to a chance: straight lines between breakpoints, with the same last bit on every engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Self

import numpy as np

from ml.arrays import FloatArray
from ml.models.pack_shape import check_numbers


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rising map from scores to chances, such as isotonic regression fits.

    scores : shape (n_breakpoints,), strictly rising. chances : (n_breakpoints,), 0 to 1, never falling.
    """

    scores: FloatArray
    chances: FloatArray

    @classmethod
    def of(cls, parts: Mapping[str, Sequence[float]]) -> Self:
        """Return the map that {"scores", "chances"} describe; ValueError when they describe none."""
        count = len(parts["scores"])
        for name in ("scores", "chances"):
            check_numbers(f"a calibration's {name}", parts[name], count)
        if not count:
            raise ValueError("a calibration without a breakpoint")
        scores, chances = (np.array(parts[name], dtype=np.float64) for name in ("scores", "chances"))
        with np.errstate(over="ignore"):  # what overflows here is no step, and refused
            steps = np.diff(scores)
        if not ((steps > 0) & np.isfinite(steps)).all():
            raise ValueError("a calibration's scores must rise")
        if not ((chances >= 0).all() and (chances <= 1).all() and (np.diff(chances) >= 0).all()):
            raise ValueError("a calibration's chances must lie between 0 and 1 and never fall")
        return cls(scores, chances)

    def chance(self, score: FloatArray) -> FloatArray:
        """Return the chance at each score, of the same shape; below and above all breakpoints that of the nearest.

        Between breakpoints a and b, rounding after each step: share = (score - a) / (b - a), then low + share *
        (high - low), then no more than high, as rounding may pass it by a bit. NaN where the score is NaN.
        """
        last = len(self.scores) - 1
        above = np.clip(np.searchsorted(self.scores, score, side="right"), min(1, last), last)
        below = np.maximum(above - 1, 0)
        with np.errstate(all="ignore"):  # beyond the ends, where the ends' chances are taken
            share = (score - self.scores[below]) / (self.scores[above] - self.scores[below])
            between = self.chances[below] + share * (self.chances[above] - self.chances[below])
        inside = np.minimum(between, self.chances[above])
        clamped = np.where(score >= self.scores[-1], self.chances[-1], inside)
        clamped = np.where(score <= self.scores[0], self.chances[0], clamped)
        return np.asarray(np.where(np.isnan(score), np.nan, clamped), dtype=np.float64)


def in_tenths(chance: float) -> str:
    """Say a chance as people say it: about 3 in 10. More figures would promise more than anybody knows."""
    tenths = floor(10.0 * chance + 0.5)
    return "fewer than 1 in 20" if tenths == 0 else "more than 19 in 20" if tenths == 10 else f"about {tenths} in 10"
