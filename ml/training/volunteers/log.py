"""The log of a run, as documents: what was asked of whom, what was known of them then, and what they answered.

A document a wave, with inputs. The contract's kind `ask` is a document a volunteer and logs no inputs.
"""

from datetime import datetime, time, timedelta
from typing import Any

import numpy as np

from ml.arrays import FloatArray
from ml.features.volunteers.inputs import TASK_INPUTS, VOLUNTEER_INPUTS
from ml.training.volunteers.run import WAVE_HOURS, History, Wave
from ml.training.volunteers.town import BEGINS, Town

_POSTED_AT = time(8)


def asks(town: Town, history: History, policy: str) -> dict[str, dict[str, Any]]:
    """Return one document a wave, by id."""
    tasks, volunteers = list(town.tasks), list(town.volunteers)
    made = {}
    for wave in history.waves:
        task = tasks[wave.task]
        made[f"{task}-{wave.number}"] = {
            "task_id": task,
            "asked_at": _asked_at(town, wave),
            "ends_on": town.tasks[task]["window_until_at"][:10],
            "policy": policy,
            "query": _known(wave, TASK_INPUTS, 0),
            "items": [_item(wave, place, volunteers[row]) for place, row in enumerate(wave.rows.tolist())],
        }
    return made


def _asked_at(town: Town, wave: Wave) -> str:
    day = BEGINS + timedelta(days=int(town.task_days[wave.task]))
    return f"{(datetime.combine(day, _POSTED_AT) + timedelta(hours=WAVE_HOURS * wave.number)).isoformat()}Z"


def _item(wave: Wave, place: int, volunteer: str) -> dict[str, Any]:
    took = place == wave.taken_by
    agreed = bool(wave.agreed[place])
    return {
        "kind": "volunteer",
        "id": volunteer,
        "position": place,
        "propensity": float(wave.propensity[place]),
        "inputs": _known(wave, VOLUNTEER_INPUTS, place),
        "answer": "yes" if agreed else "no" if wave.answered[place] else "none",
        "hours": round(float(wave.hours[place]), 3) if agreed or wave.answered[place] else None,
        "ended": ("done" if wave.kept else "given_back") if took else None,
    }


def _known(wave: Wave, names: tuple[str, ...], place: int) -> dict[str, float]:
    values = {name: _at(wave.columns[name], place) for name in names}
    return {name: value for name, value in values.items() if not np.isnan(value)}


def _at(column: FloatArray, place: int) -> float:
    return float(column[place if len(column) > 1 else 0])
