"""The ranker's inputs on any day of the history, for all items at once.

`ml.inputs` alone says what an input is; this asks it once for each item and weekday, and puts in what changes from
day to day: the counts, and the days until an item opens. A test holds both together.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from ml.inputs import CANDIDATE_INPUTS, candidate_inputs
from ml.metrics import Floats
from ml.training.world.tables import Items

_WEEK = 7


@dataclass(frozen=True, slots=True)
class ItemInputs:
    """Inputs of every item: by weekday of the ordinal day, then name → (items,) with NaN for what is not known."""

    by_weekday: tuple[dict[str, Floats], ...]
    opens: Floats

    def on(self, day: int, counts: dict[str, Floats]) -> dict[str, Floats]:
        """Return the columns of all items on an ordinal day, with these counts."""
        return {**self.by_weekday[day % _WEEK], "opens_in_days": self.opens - day, **counts}


def item_inputs(items: Items, documents: dict[str, dict[str, dict[str, Any]]], today: date) -> ItemInputs:
    """Ask `ml.inputs` for each item on each day of the week that ends on `today`."""
    schedules: dict[str, list[dict[str, Any]]] = {}
    for schedule in documents["schedule"].values():
        schedules.setdefault(schedule["item_id"], []).append(schedule)
    last = today.toordinal()
    weekdays = {
        day % _WEEK: [
            candidate_inputs(kind, documents[kind][key], schedules.get(key, []), None, today=date.fromordinal(day))
            for kind, key in zip(items.kinds, items.ids, strict=True)
        ]
        for day in range(last - _WEEK + 1, last + 1)
    }
    columns = tuple(_columns(weekdays[weekday]) for weekday in range(_WEEK))
    return ItemInputs(columns, items.opens.astype(np.float64))


def _columns(rows: list[dict[str, float]]) -> dict[str, Floats]:
    return {name: np.array([row.get(name, np.nan) for row in rows]) for name in CANDIDATE_INPUTS}


def row(columns: dict[str, Floats], item: int) -> dict[str, float]:
    """Return one item's known inputs, as an exposure logs them."""
    return {name: float(column[item]) for name, column in columns.items() if not np.isnan(column[item])}
