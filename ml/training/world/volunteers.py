"""Documents of those who give time, and of the micro-tasks that wait for them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np

from ml.training.world import names
from ml.training.world.catalogue import OTHER_LANGUAGES, TASKS
from ml.training.world.organisations import centre_id
from ml.training.world.places import Neighbourhood, draw_neighbourhood
from mobile_contract.vocabulary import COMMITMENTS, SKILLS, SLOTS

Document = dict[str, Any]

VOLUNTEERS: Final = 150
OPEN_TASKS: Final = 140
#: Open tasks lie in the days after the load, at most this many ahead.
TASK_DAYS: Final = 14
#: The district whose volunteers have demonstration sign-ins; the first volunteers and a tenth of the tasks are there.
HOME_DISTRICT: Final = "E07000070"
AWAY_DISTRICT: Final = "E07000071"
#: The first volunteers are the same whatever the seed, so that sign-ins can be theirs.
_FIRST: Final = (
    (HOME_DISTRICT, "Edith", "Willowbee"),
    (HOME_DISTRICT, "Marek", "Larkabout"),
    (AWAY_DISTRICT, "Una", "Saltmarrow"),
)
#: The public place of a task is rounded to this, metres.
_ROUNDED_M: Final = 100


def volunteer_documents(
    rng: np.random.Generator, places: tuple[Neighbourhood, ...], today: date
) -> dict[str, Document]:
    """Make up the volunteers, by id; the first two live in `HOME_DISTRICT`, the third in `AWAY_DISTRICT`."""
    made = {
        f"volunteer-{number:03d}": _volunteer(rng, _home(rng, places, number), today) for number in range(VOLUNTEERS)
    }
    for document, (_, given, family) in zip(made.values(), _FIRST, strict=False):
        document.update(given_name=given, family_name=family)
    return made


def _home(rng: np.random.Generator, places: tuple[Neighbourhood, ...], number: int) -> Neighbourhood:
    if number < len(_FIRST):
        return next(place for place in places if place.district.code == _FIRST[number][0])
    return draw_neighbourhood(rng, places)


def _volunteer(rng: np.random.Generator, place: Neighbourhood, today: date) -> Document:
    given, family = names.person_name(rng)
    checked = rng.random() < 0.6
    document: Document = {
        "centre_id": centre_id(place.district.area),
        "given_name": given,
        "family_name": family,
        "phone": names.phone(rng),
        "skills": sorted(skill for skill in SKILLS.codes if rng.random() < 0.25),
        "languages": sorted(["en", *(code for code, share in OTHER_LANGUAGES if rng.random() < share)]),
        "availability": sorted(slot for slot in SLOTS.codes if rng.random() < 0.3),
        "travel": str(rng.choice(["walk", "bus", "bicycle", "car"], p=[0.25, 0.2, 0.15, 0.4])),
        "max_km": int(rng.integers(2, 15)),
        "commitment": str(rng.choice(COMMITMENTS.codes)),
        "dbs_level": str(rng.choice(["basic", "enhanced"])) if checked else "none",
        "made_up": True,
        **place.draw(rng),
    }
    if checked:
        document["dbs_until_on"] = (today + timedelta(days=int(rng.integers(30, 1000)))).isoformat()
    return document


def task_documents(
    rng: np.random.Generator, places: tuple[Neighbourhood, ...], today: date
) -> tuple[dict[str, Document], dict[str, Document]]:
    """Make up open micro-tasks and their private details, both by the same id."""
    made = {f"task-{number:04d}": pair for number, pair in enumerate(_tasks(rng, places, today))}
    tasks = {key: task for key, (task, _) in made.items()}
    return tasks, {key: {"task_id": key, **detail} for key, (_, detail) in made.items()}


def _tasks(
    rng: np.random.Generator, places: tuple[Neighbourhood, ...], today: date
) -> Iterator[tuple[Document, Document]]:
    homes = [place for place in places if place.district.code == HOME_DISTRICT]
    for number in range(OPEN_TASKS):
        place = homes[number // 10 % len(homes)] if number % 10 == 0 else draw_neighbourhood(rng, places)
        kind, words, category, skills, minutes, instructions = TASKS[number % len(TASKS)]
        spot = place.draw(rng)
        given, family = names.person_name(rng)
        centre = centre_id(place.district.area)
        task = {
            "name": f"{words} in {place.name}",
            "type": kind,
            "category": category,
            "centre_id": centre,
            "skills": sorted(skills),
            "minutes": minutes,
            "status": "open",
            "district": place.district.code,
            "easting": _rounded(spot["easting"]),
            "northing": _rounded(spot["northing"]),
            **_window(rng, today),
        }
        detail = {
            "centre_id": centre,
            "name": f"{given} {family} (made up)",
            "address": f"{int(rng.integers(1, 90))} {names.STREETS[number % len(names.STREETS)]}, {spot['postcode']}",
            "phone": names.phone(rng),
            "instructions": instructions,
        }
        yield task, detail


def _window(rng: np.random.Generator, today: date) -> Document:
    """Draw a window of two to eight hours by day, from tomorrow on; times are UTC."""
    opens = datetime.combine(today + timedelta(days=int(rng.integers(1, TASK_DAYS))), time(int(rng.integers(8, 14))))
    closes = opens + timedelta(hours=int(rng.integers(2, 9)))
    return {"window_from_at": f"{opens.isoformat()}Z", "window_until_at": f"{closes.isoformat()}Z"}


def _rounded(metres: int) -> int:
    return (metres + _ROUNDED_M // 2) // _ROUNDED_M * _ROUNDED_M
