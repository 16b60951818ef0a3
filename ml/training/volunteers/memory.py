"""What is known of each volunteer's past on a day, kept up to date as asks and answers come in."""

from collections import defaultdict
from typing import Final

import numpy as np

from ml.arrays import MISSING, FloatArray, IntArray

RECENT_DAYS: Final = 30
#: The inputs that this holds; the others of a volunteer do not change with what is asked.
PAST: Final = ("asks_30d", "asked_days_ago", "asked", "agreed", "done", "given_back", "holding", "types_mask")


class Memory:
    """Counts as of now, one a volunteer; nothing that ends later is in them."""

    def __init__(self, volunteers: int) -> None:
        self.day = 0
        self._recent = np.zeros((RECENT_DAYS, volunteers))
        self._last = np.full(volunteers, MISSING)
        self._asked, self._agreed = np.zeros(volunteers), np.zeros(volunteers)
        self._done, self._given_back, self._holding = (np.zeros(volunteers) for _ in range(3))
        self._types = np.zeros(volunteers, dtype=np.int64)
        self._ends: defaultdict[int, list[tuple[int, int, bool]]] = defaultdict(list)

    def turn_to(self, day: int) -> None:
        """Let days pass: old asks are forgotten, and tasks come to their end."""
        while self.day < day:
            self.day += 1
            self._recent[self.day % RECENT_DAYS] = 0.0
            for volunteer, kind, kept in self._ends.pop(self.day, ()):
                self._end(volunteer, kind, kept)

    def ask(self, volunteers: IntArray) -> None:
        """Note that these are asked today."""
        self._recent[self.day % RECENT_DAYS, volunteers] += 1
        self._last[volunteers] = self.day
        self._asked[volunteers] += 1

    def agree(self, volunteers: IntArray) -> None:
        """Note that these said yes."""
        self._agreed[volunteers] += 1

    def take(self, volunteer: int, kind: int, *, ends: int, kept: bool) -> None:
        """Note who has a task of the type `kind`; on the day `ends` it is done, or given back."""
        self._holding[volunteer] += 1
        self._ends[ends].append((volunteer, kind, kept))

    @property
    def asks(self) -> FloatArray:
        """How often each was asked in all, shape (n_volunteers,)."""
        return self._asked.copy()

    @property
    def recent(self) -> FloatArray:
        """How often each was asked in the last 30 days, shape (n_volunteers,)."""
        return np.asarray(self._recent.sum(axis=0))

    def columns(self, rows: IntArray) -> dict[str, FloatArray]:
        """Return the inputs of `PAST` for some volunteers, each of shape (n_rows,)."""
        columns = (
            self._recent[:, rows].sum(axis=0),
            self.day - self._last[rows],
            self._asked[rows],
            self._agreed[rows],
            self._done[rows],
            self._given_back[rows],
            self._holding[rows],
            self._types[rows].astype(np.float64),
        )
        return dict(zip(PAST, columns, strict=True))

    def _end(self, volunteer: int, kind: int, kept: bool) -> None:
        self._holding[volunteer] -= 1
        if kept:
            self._done[volunteer] += 1
            self._types[volunteer] |= 1 << kind
        else:
            self._given_back[volunteer] += 1
