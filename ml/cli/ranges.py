"""The kinds of numbers and days that options take: what none of the libraries below can count is refused at once."""

import math
from datetime import datetime
from typing import Any, Final

import click

#: What numpy, scikit-learn and LightGBM all take for a seed.
SEED: Final = click.IntRange(0, 2**32 - 1)
#: Days: beyond a hundred years nothing here is known.
MOST_DAYS: Final = 36_500
_YEARS: Final = (1970, 2199)


class Finite(click.FloatRange):
    """A number in a range, and neither infinite nor none at all."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse `nan` and `inf`, which lie in no range and pass every comparison."""
        found = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value!r} is no number.", param, ctx)
        return found


class Day(click.DateTime):
    """A day of these centuries, as YYYY-MM-DD."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Refuse days so far away that a history before them, or weeks after them, cannot be counted."""
        found: datetime = super().convert(value, param, ctx)
        first, last = _YEARS
        if not first <= found.year <= last:
            self.fail(f"{value!r} is not in the years {first} to {last}.", param, ctx)
        return found
