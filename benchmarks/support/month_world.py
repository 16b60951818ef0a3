"""A made-up month of a county: volunteers, tasks in bursts, and how volunteers answer, which no policy sees."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

import numpy as np

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.training.volunteers.town import Document
from ml.training.world.catalogue import TASKS
from ml.training.world.places import DISTRICTS, Neighbourhood, draw_neighbourhood, neighbourhoods
from mobile_contract.vocabulary import SKILLS, SLOTS, TASK_TYPES

BEGINS: Final = datetime(2026, 5, 4, tzinfo=UTC)
#: Of the tasks of a day, the share that comes in a burst of the morning, and how many come at once in one.
_MORNING: Final = 0.5
_BURST: Final = (4, 40)
_AREA: Final = {district.code: district.area for district in DISTRICTS}
_MINUTES_PER_KM: Final = {"walk": 12.0, "bus": 5.0, "bicycle": 4.5, "car": 2.0}
_WISH: Final = {"once": 180, "hour": 60, "weekly": 120, "monthly": 240, "flexible": 240}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How volunteers answer: assumptions, not measurements.

    fatigue : log-odds that each ask of the last 30 days costs. looking : the share of answers given by those who have
    their phone at hand; quick_s, slow_s : medians of the time that they and the others take, seconds. says_no : share
    of refusals that are said. offline : share of claims made without signal, which arrive late. given_back : of claims.
    """

    fatigue: float = 0.08
    looking: float = 0.5
    quick_s: float = 30.0
    slow_s: float = 1500.0
    says_no: float = 0.3
    offline: float = 0.03
    given_back: float = 0.06


class Answers(NamedTuple):
    """What those asked make of it, each of shape (n_asked,). after_s : seconds until they answer, said or not.

    arrives_s : seconds until the server hears it.
    """

    yes: BoolArray
    said: BoolArray
    after_s: FloatArray
    arrives_s: FloatArray


class MonthWorld:
    """The same for the same seed and sizes.

    volunteers, tasks : documents by id. rows : place of each volunteer. names : of them, in order.
    posted : task id → seconds after `BEGINS`, in order of time.
    """

    def __init__(self, seed: int, volunteers: int = 7000, tasks: int = 12_000, days: int = 30) -> None:
        rng = np.random.default_rng([seed, 1])
        places = tuple(neighbourhoods(rng))
        self.seed, self.days, self.behaviour = seed, days, Behaviour()
        self.volunteers = {
            f"volunteer-{n:05}": _volunteer(rng, draw_neighbourhood(rng, places)) for n in range(volunteers)
        }
        self.posted = {f"task-{n:05}": at for n, at in enumerate(_times(np.random.default_rng([seed, 2]), tasks, days))}
        drawn = np.random.default_rng([seed, 3])
        self.tasks = {name: _task(drawn, draw_neighbourhood(drawn, places), at) for name, at in self.posted.items()}
        self.rows = {name: row for row, name in enumerate(self.volunteers)}
        self.names = tuple(self.volunteers)
        self._known = _columns(list(self.volunteers.values()))
        latent = np.random.default_rng([seed, 4])
        own = latent.normal(0.0, 0.6, (volunteers, 1))
        self._taste = own + latent.normal(0.0, 0.6, (volunteers, len(TASK_TYPES.codes)))
        self._tiring = latent.uniform(0.5, 1.5, volunteers)

    def answers(self, task_id: str, rows: IntArray, asks_30d: FloatArray) -> Answers:
        """Say how volunteers answer when asked about a task; the same volunteer has the same luck under any policy.

        rows : of the volunteers, in the order of `volunteers`; shape (n_asked,), as is asks_30d.
        """
        how, luck = self.behaviour, np.random.default_rng([self.seed, 5, int(task_id[5:])])
        draws = luck.random((len(self.volunteers), 5))[rows].T
        delay = luck.lognormal(0.0, 1.0, len(self.volunteers))[rows]
        after = np.where(draws[1] < how.looking, delay**0.8 * how.quick_s, delay**1.2 * how.slow_s)
        late = np.where(draws[3] < how.offline, 600.0 + 3000.0 * draws[4], 1.0)
        yes = draws[0] < self.chances(task_id, rows, asks_30d)
        return Answers(yes, yes | (draws[2] < how.says_no), after, after + late)

    def chances(self, task_id: str, rows: IntArray, asks_30d: FloatArray) -> FloatArray:
        """Return the chance of a yes of each of `rows`: skills, way, free times, length, taste, and fatigue."""
        task, known = self.tasks[task_id], {name: values[rows] for name, values in self._known.items()}
        asked = SKILLS.mask(task["skills"])
        lacking = np.array([bin(asked & ~mask).count("1") for mask in known["skills"].tolist()])
        km = np.hypot(known["easting"] - task["easting"], known["northing"] - task["northing"]) / 1000
        travel = 0.0 if task["type"] == "phone_call" else km * known["minutes_per_km"]
        free = (known["slots"] & task_slots(task)) > 0
        over = np.maximum(0.0, task["minutes"] - known["wish"])
        odds = 0.3 - 0.8 * lacking + 0.5 * (asked > 0) - 0.03 * travel - 0.8 * (travel > 25) + np.where(free, 0.6, -0.6)
        own = self._taste[rows, TASK_TYPES.codes.index(task["type"])]
        odds = odds - 0.012 * over + own - self.behaviour.fatigue * self._tiring[rows] * asks_30d
        return np.asarray(1 / (1 + np.exp(-odds)))


def task_slots(task: Document) -> int:
    """Return the daypart in which a task begins as a mask."""
    begins = datetime.fromisoformat(task["window_from_at"])
    part = 0 if begins.hour < 12 else 1 if begins.hour < 17 else 2
    place = begins.weekday() * 3 + part
    return 1 << place if place < len(SLOTS.codes) else 0


def at(seconds: float) -> datetime:
    """Return the instant so many seconds after the month began."""
    return BEGINS + timedelta(seconds=seconds)


def _volunteer(rng: np.random.Generator, place: Neighbourhood) -> Document:
    document: Document = {
        "given_name": "Made", "family_name": "Up",
        "skills": sorted(skill for skill in SKILLS.codes if rng.random() < 0.35),
        "languages": ["en"],
        "availability": sorted(slot for slot in SLOTS.codes if rng.random() < 0.35),
        "travel": str(rng.choice(list(_MINUTES_PER_KM), p=[0.2, 0.15, 0.15, 0.5])),
        "max_km": int(rng.integers(3, 21)),
        "commitment": str(rng.choice(list(_WISH), p=[0.1, 0.35, 0.25, 0.1, 0.2])),
        "status": "active",
        "made_up": True,
        **place.draw(rng),
    }  # fmt: skip
    return document | {"centre_id": f"centre-{_AREA[document['district']]}"}


def _times(rng: np.random.Generator, tasks: int, days: int) -> list[float]:
    """Draw when tasks are posted, in seconds, rising: half in bursts of the morning, the rest from 8 to 19 o'clock."""
    times: list[float] = []
    per_day = np.full(days, tasks // days) + (np.arange(days) < tasks % days)
    for day, count in enumerate(per_day.tolist()):
        early: list[float] = []
        while len(early) < _MORNING * count:
            early += [rng.uniform(7.6, 9.0) * 3600] * int(rng.integers(*_BURST))  # 8:36 to 10:00 in summer time
        rest = rng.uniform(7.5, 18.0, max(0, count - len(early))) * 3600
        times += [86_400 * day + second for second in [*early[:count], *rest.tolist()]]
    return sorted(times)


def _task(rng: np.random.Generator, place: Neighbourhood, posted: float) -> Document:
    kind, words, category, skills, minutes, _ = TASKS[int(rng.integers(len(TASKS)))]
    day = int(posted // 86_400) + int(rng.integers(1, 8))
    opens = BEGINS + timedelta(days=day, hours=int(rng.integers(8, 18)))
    closes = opens + timedelta(hours=int(rng.integers(2, 9)))
    spot = {name: value for name, value in place.draw(rng).items() if name != "postcode"}
    return {
        "name": words, "type": kind, "category": category, "centre_id": f"centre-{_AREA[spot['district']]}",
        "skills": sorted(skills), "minutes": int(minutes * rng.choice([1, 1, 2])),
        "window_from_at": f"{opens:%Y-%m-%dT%H:%M:%SZ}", "window_until_at": f"{closes:%Y-%m-%dT%H:%M:%SZ}",
        **spot,
    }  # fmt: skip


def _columns(documents: list[Document]) -> dict[str, Any]:
    return {
        "easting": np.array([doc["easting"] for doc in documents], dtype=np.float64),
        "northing": np.array([doc["northing"] for doc in documents], dtype=np.float64),
        "minutes_per_km": np.array([_MINUTES_PER_KM[doc["travel"]] for doc in documents]),
        "skills": np.array([SKILLS.mask(doc["skills"]) for doc in documents]),
        "slots": np.array([SLOTS.mask(doc["availability"]) for doc in documents]),
        "wish": np.array([_WISH[doc["commitment"]] for doc in documents], dtype=np.float64),
    }
