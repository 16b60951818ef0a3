"""A town as columns: what every task asks, what every volunteer offers, and which of them no rule keeps apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.columns import column
from ml.features.volunteers import VOLUNTEERS
from ml.features.volunteers.inputs import TASK_INPUTS, VOLUNTEER_INPUTS, Past, task_inputs, volunteer_inputs
from ml.training.volunteers.memory import PAST, Memory
from ml.training.volunteers.town import BEGINS, Town

#: Inputs that count days from today, so that each day takes one off.
_COUNTED_DOWN: Final = ("check_days", "paused_days")
_LASTING: Final = tuple(name for name in VOLUNTEER_INPUTS if name not in PAST)


@dataclass(frozen=True, slots=True)
class Pairs:
    """asked : the inputs of each task on the day it was posted. lasting : columns of all volunteers on `BEGINS`.

    eligible : for each task, the rows of the volunteers whom no rule excludes, rising.
    """

    asked: tuple[Mapping[str, float], ...]
    lasting: Mapping[str, FloatArray]
    eligible: tuple[IntArray, ...]

    def columns(self, task: int, day: int, rows: IntArray, memory: Memory) -> dict[str, FloatArray]:
        """Return the inputs of one task and some volunteers as of now: shapes (1,) and (n_rows,)."""
        return _together(self.asked[task], self.lasting, day, rows) | memory.columns(rows)


def pairs_of(town: Town) -> Pairs:
    """Work out the columns of a town, and its eligible pairs."""
    asked = tuple(
        task_inputs("task", doc, today=BEGINS + timedelta(days=int(day)))
        for doc, day in zip(town.tasks.values(), town.task_days, strict=True)
    )
    known = [volunteer_inputs(doc, Past(), today=BEGINS) for doc in town.volunteers.values()]
    lasting = {name: column(known, name) for name in _LASTING}
    everybody = np.arange(len(known))
    eligible = [
        np.flatnonzero(VOLUNTEERS.eligible(_together(task, lasting, int(day), everybody)))
        for task, day in zip(asked, town.task_days, strict=True)
    ]
    return Pairs(asked, lasting, tuple(eligible))


def _together(
    task: Mapping[str, float], lasting: Mapping[str, FloatArray], day: int, rows: IntArray
) -> dict[str, FloatArray]:
    theirs = {name: values[rows] - (day if name in _COUNTED_DOWN else 0) for name, values in lasting.items()}
    return {name: column([task], name) for name in TASK_INPUTS} | theirs
