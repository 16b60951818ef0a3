"""A made-up centre: its volunteers, the tasks of half a year, and what nobody writes down about either."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.training.world.catalogue import OTHER_LANGUAGES, TASKS
from ml.training.world.places import Neighbourhood, draw_neighbourhood, neighbourhoods
from mobile_contract.vocabulary import SKILLS, SLOTS, TASK_TYPES

Document = dict[str, Any]

#: The day before the first task.
BEGINS: Final = date(2026, 5, 4)
#: The districts of one centre.
AREA: Final = "mid"
_WISHES: Final = {"once": 0.1, "hour": 0.35, "weekly": 0.25, "monthly": 0.1, "flexible": 0.2}
_MOST_DAYS_AHEAD: Final = 8


@dataclass(frozen=True, slots=True)
class Dials:
    """What makes one centre harder than another.

    volunteers : how many. per_day : tasks. fatigue : log-odds that each ask of the last 30 days costs. cliff : log-odds
    that more than 25 minutes of travel cost. taste : spread of what volunteers like, log-odds.
    """

    volunteers: int = 240
    per_day: float = 4.0
    fatigue: float = 0.2
    cliff: float = 0.8
    taste: float = 0.8


PRESETS: Final = {"even": Dials(), "stretched": Dials(volunteers=160, fatigue=0.3, cliff=1.6, taste=1.0)}


@dataclass(frozen=True, slots=True)
class Town:
    """Documents as the contract has them, and the truth beside them, which no log holds.

    task_days : (n_tasks,), days after `BEGINS` on which each was posted, rising. taste : (n_volunteers, n_types).
    generosity, tiring : (n_volunteers,), log-odds, and a multiple of `Dials.fatigue`.
    """

    dials: Dials
    volunteers: dict[str, Document]
    tasks: dict[str, Document]
    task_days: IntArray
    taste: FloatArray
    generosity: FloatArray
    tiring: FloatArray


def make_town(seed: int, dials: Dials, days: int) -> Town:
    """Make up a centre; the same for the same seed, and the first tasks the same for any number of days."""
    rng = np.random.default_rng([seed, 1])
    places = tuple(place for place in neighbourhoods(rng) if place.district.area == AREA)
    volunteers = {
        f"volunteer-{i:04}": _volunteer(rng, draw_neighbourhood(rng, places)) for i in range(dials.volunteers)
    }
    count, types = dials.volunteers, len(TASK_TYPES.codes)
    latent = np.random.default_rng([seed, 2])
    kinds = latent.normal(0.0, dials.taste, (count, 3))[:, _group_of_type()]
    taste = 0.8 * kinds + latent.normal(0.0, 0.5 * dials.taste, (count, types))
    generosity, tiring = latent.normal(0.0, 0.6, count), latent.uniform(0.5, 1.5, count)
    tasks, task_days = _tasks(np.random.default_rng([seed, 3]), places, dials, days)
    return Town(dials, volunteers, tasks, task_days, taste, generosity, tiring)


def _group_of_type() -> IntArray:
    """Return for each task type the kind of thing it is: an errand, company or handiwork."""
    company, handiwork = ("phone_call", "company", "dog_walk"), ("garden", "repair", "form", "phone_help")
    return np.array([1 if code in company else 2 if code in handiwork else 0 for code in TASK_TYPES.codes])


def _volunteer(rng: np.random.Generator, place: Neighbourhood) -> Document:
    checked = rng.random() < 0.6
    document: Document = {
        "centre_id": f"centre-{AREA}",
        "skills": sorted(skill for skill in SKILLS.codes if rng.random() < 0.3),
        "languages": sorted(["en", *(code for code, share in OTHER_LANGUAGES if rng.random() < share)]),
        "availability": sorted(slot for slot in SLOTS.codes if rng.random() < 0.3),
        "travel": str(rng.choice(["walk", "bus", "bicycle", "car"], p=[0.2, 0.15, 0.15, 0.5])),
        "max_km": int(rng.integers(3, 21)),
        "commitment": str(rng.choice(list(_WISHES), p=list(_WISHES.values()))),
        "dbs_level": str(rng.choice(["basic", "enhanced"])) if checked else "none",
        "status": "active" if rng.random() < 0.95 else "enquiry",
        "made_up": True,
        **place.draw(rng),
    }
    if checked:
        document["dbs_until_on"] = (BEGINS + timedelta(days=int(rng.integers(30, 1000)))).isoformat()
    if rng.random() < 0.1:
        document["paused_until_on"] = (BEGINS + timedelta(days=int(rng.integers(1, 120)))).isoformat()
    return document


def _tasks(
    rng: np.random.Generator, places: tuple[Neighbourhood, ...], dials: Dials, days: int
) -> tuple[dict[str, Document], IntArray]:
    made: list[Document] = []
    posted: list[int] = []
    for day in range(1, days + 1):
        for _ in range(int(rng.poisson(dials.per_day))):
            made.append(_task(rng, places, day))
            posted.append(day)
    return {f"task-{i:05}": doc for i, doc in enumerate(made)}, np.array(posted, dtype=np.int64)


def _task(rng: np.random.Generator, places: tuple[Neighbourhood, ...], day: int) -> Document:
    kind, words, category, skills, minutes, _ = TASKS[int(rng.integers(len(TASKS)))]
    place = draw_neighbourhood(rng, places)
    opens = datetime.combine(
        BEGINS + timedelta(days=day + int(rng.integers(1, _MOST_DAYS_AHEAD))), time(int(rng.integers(8, 18)))
    )
    spot = {name: value for name, value in place.draw(rng).items() if name != "postcode"}
    document: Document = {
        "name": words,
        "type": kind,
        "category": category,
        "centre_id": f"centre-{AREA}",
        "skills": sorted(skills),
        "minutes": int(minutes * rng.choice([1, 1, 2])),
        "status": "open",
        "window_from_at": f"{opens.isoformat()}Z",
        "window_until_at": f"{(opens + timedelta(hours=int(rng.integers(2, 9)))).isoformat()}Z",
        **spot,
    }
    return document
