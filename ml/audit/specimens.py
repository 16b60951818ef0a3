"""People and items to try a ranker on: from the exported tables, or made up from the contract's words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

import numpy as np

from ml.inputs import candidate_inputs
from ml.training.tables import Tables
from mobile_contract.vocabulary import ACCESS, CATEGORIES, GROUP_PREFERENCES, LANGUAGES, NEEDS, SLOTS, TRAVEL

Document = dict[str, Any]

#: People, and candidates for each, that are tried.
PEOPLE: Final = 40
CANDIDATES: Final = 150
_AGES: Final = ("18_24", "35_44", "55_64", "75_84")


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate as the ranker sees it."""

    id: str
    inputs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """A person with a referral, and what could be offered."""

    person: Document
    referral: Document
    candidates: Sequence[Item]


def cases_of(tables: Tables | None, *, today: date, seed: int) -> list[Case]:
    """The first people of the tables with the directory's items, or made-up ones where the tables hold none."""
    found = _from_tables(tables, today) if tables else []
    return found or _made_up(np.random.default_rng(seed), today)


def _from_tables(tables: Tables, today: date) -> list[Case]:
    items = _items(tables, today)
    people = dict(islice(tables.documents("person", optional=True), PEOPLE))
    referrals = {doc["person_id"]: doc for _, doc in tables.documents("referral", optional=True)}
    return [Case(doc, referrals[name], items) for name, doc in people.items() if name in referrals and items]


def _items(tables: Tables, today: date) -> list[Item]:
    schedules: dict[str, list[Document]] = defaultdict(list)
    for _, schedule in tables.documents("schedule", optional=True):
        schedules[schedule["item_id"]].append(schedule)
    counts = dict(tables.documents("place_count", optional=True))
    directory = [(kind, *found) for kind in ("asset", "opportunity") for found in tables.documents(kind, optional=True)]
    step = max(1, len(directory) // CANDIDATES)
    return [
        Item(name, candidate_inputs(kind, doc, schedules[name], counts.get(name), today=today))
        for kind, name, doc in directory[::step]
    ]


def _made_up(rng: np.random.Generator, today: date) -> list[Case]:
    items = [Item(f"item-{number:03}", _item(rng, today)) for number in range(CANDIDATES)]
    return [Case(_person(rng), _referral(rng), items) for _ in range(PEOPLE)]


def _item(rng: np.random.Generator, today: date) -> dict[str, float]:
    document = {
        **_place(rng),
        "category": _one(rng, CATEGORIES.codes),
        "access": _some(rng, ACCESS.codes, 0.5),
        "languages": ["en", *_some(rng, LANGUAGES.codes[1:], 0.05)],
        "cost_pence": int(rng.integers(0, 10)) * 100,
        "group_size": int(rng.integers(1, 30)),
        "audience": str(rng.choice(["anyone", "women", "men"], p=[0.8, 0.1, 0.1])),
        **({"min_age": int(rng.integers(16, 60))} if rng.random() < 0.3 else {}),
    }
    counted = {
        "shown": int(rng.integers(0, 200)),
        "chosen": int(rng.integers(0, 40)),
        "wait_days": int(rng.integers(0, 28)),
    }
    schedule = {"frequency": "weekly", "weekday": "tue", "from_time": "10:00", "until_time": "11:00"}
    return candidate_inputs("asset", document, [schedule], counted, today=today)


def _person(rng: np.random.Generator) -> Document:
    return {
        **_place(rng),
        "age_band": _one(rng, _AGES),
        "languages": ["en", *_some(rng, LANGUAGES.codes[1:], 0.1)],
        "access_needs": _some(rng, ACCESS.codes, 0.05),
        "travel": _one(rng, TRAVEL.codes),
        "max_km": int(rng.integers(3, 30)),
        "availability": _some(rng, SLOTS.codes, 0.5),
        "group_preference": _one(rng, GROUP_PREFERENCES.codes),
        "audience": str(rng.choice(["anyone", "women", "men"])),
        "online_ok": bool(rng.random() < 0.5),
    }


def _referral(rng: np.random.Generator) -> Document:
    needs = _some(rng, NEEDS.codes, 0.1) or [NEEDS.codes[0]]
    return {"needs": needs, "main_need": needs[0], "budget_pence": 1000, "urgency": "routine"}


def _place(rng: np.random.Generator) -> Document:
    east, north = rng.normal(0.0, 5000.0, 2)
    return {"district": "E07000070", "easting": 572_000 + int(east), "northing": 206_000 + int(north)}


def _one(rng: np.random.Generator, codes: Sequence[str]) -> str:
    return codes[int(rng.integers(len(codes)))]


def _some(rng: np.random.Generator, codes: Sequence[str], share: float) -> list[str]:
    return [code for code in codes if rng.random() < share]
