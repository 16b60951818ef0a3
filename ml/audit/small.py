"""Small numbers: what could point to single people is never shown.

A group of fewer than ten people is named and its figures are left out; other counts are rounded to five, so that
nobody can work it out from the totals. Source: the rules of NHS England's published statistics (suppress 1 to 7 and
round to 5), with ten for their eight.
"""

from typing import Final

#: A group of fewer people is suppressed.
FEWEST: Final = 10
_ROUNDED_TO: Final = 5


def is_small(people: int) -> bool:
    """Whether a group of so many people must not be shown."""
    return people < FEWEST


def rounded(people: int) -> int:
    """A count as it may be shown: the nearest multiple of five."""
    return _ROUNDED_TO * round(people / _ROUNDED_TO)
