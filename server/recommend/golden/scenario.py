"""A small made-up world, awkward on purpose: unknown places, odd times, newer codes, a task at midnight."""

import random
from collections.abc import Sequence
from typing import Any, Final

from ml.features import FEATURE_NAMES
from ml.models.artifact import document
from mobile_contract.vocabulary import (
    ACCESS,
    AGE_BANDS,
    AUDIENCES,
    CATEGORIES,
    GROUP_PREFERENCES,
    LANGUAGES,
    NEEDS,
    SLOTS,
    TRAVEL,
    URGENCIES,
    WEEKDAYS,
    Vocabulary,
)

TODAY: Final = "2026-11-21"
Json = dict[str, Any]


def referrals(chance: random.Random, count: int) -> list[Json]:
    """Return `count` referrals, each with its person: {"id", "referral", "person"}."""
    return [{"id": f"r-{i}", "referral": _referral(chance), "person": _person(chance)} for i in range(count)]


def candidates(chance: random.Random, count: int) -> list[Json]:
    """Return `count` candidates: {"kind", "id", "doc", "schedules", "place_count"}; most are assets."""
    return [_candidate(chance, i) for i in range(count)]


def pack_document(chance: random.Random) -> Json:
    """Return a pack with made-up weights and trees: every kind of test, a tree of one leaf, NaN and zero as missing."""
    linear = linear_part(chance, FEATURE_NAMES, intercept=0.1)
    trees = [tree(chance, chance.randint(1, 12)) for _ in range(24)]
    chances = {"scores": [-8.0, -2.0, -0.5, 0.5], "chances": [0.02, 0.1, 0.35, 0.97]}
    return document("golden", linear, [*trees, [[], [], [], [], [], [0.25], [], []]], chances, as_of="2026-11-01")


def linear_part(chance: random.Random, names: Sequence[str], *, intercept: float) -> Json:
    """Return made-up weights and means of the features called `names`."""
    weights = [round(chance.gauss(0, 0.2), 3) / (1000 if name == "distance_m" else 1) for name in names]
    return {"weights": weights, "means": [round(chance.random(), 3) for _ in names], "intercept": intercept}


def some(chance: random.Random, vocabulary: Vocabulary, most: int) -> list[str]:
    """Return none to `most` codes."""
    return sorted(chance.sample(vocabulary.codes, chance.randint(0, most)))


def maybe(chance: random.Random, value: Any, known: float = 0.8) -> Any:
    """Return the value, or None where it is not known."""
    return value if chance.random() < known else None


def _referral(chance: random.Random) -> Json:
    needs = sorted(chance.sample(NEEDS.codes, chance.randint(1, 4)))
    return {
        "needs": needs,
        "main_need": maybe(chance, chance.choice(needs)),
        "budget_pence": maybe(chance, chance.choice([0, 200, 550, 1000]), 0.5),
        "urgency": chance.choice(URGENCIES.codes),
    }


def _person(chance: random.Random) -> Json:
    return {
        "easting": maybe(chance, 570_000 + chance.randint(-15_000, 15_000), 0.9),
        "northing": 206_000 + chance.randint(-15_000, 15_000),
        "birth_on": maybe(chance, f"{chance.randint(1930, 2006)}-11-{chance.randint(20, 22)}", 0.5),
        "age_band": maybe(chance, chance.choice(AGE_BANDS.codes)),
        "languages": chance.choice([[], ["en"], ["en", "pl"], some(chance, LANGUAGES, 2)]),
        "access_needs": some(chance, ACCESS, 1),
        "travel": maybe(chance, chance.choice([*TRAVEL.codes, "of a newer contract"])),
        "max_km": maybe(chance, chance.choice([0, 6, 20, 40])),
        "availability": some(chance, SLOTS, 12),
        "group_preference": chance.choice(GROUP_PREFERENCES.codes),
        "audience": chance.choice(AUDIENCES.codes),
        "online_ok": chance.random() < 0.6,
    }


def _candidate(chance: random.Random, number: int) -> Json:
    kind = chance.choice(["asset", "asset", "asset", "asset", "opportunity", "task", "offer"])
    doc: Json = {
        "name": f"Made-up {number}",
        "category": chance.choice([*CATEGORIES.codes, "of a newer contract"]),
        "other_categories": some(chance, CATEGORIES, 3),
        "easting": maybe(chance, 570_000 + chance.randint(-20_000, 20_000), 0.95),
        "northing": 206_000 + chance.randint(-20_000, 20_000),
        "access": sorted(chance.sample(ACCESS.codes, chance.randint(4, 9))),
        "languages": ["en"] if chance.random() < 0.8 else some(chance, LANGUAGES, 2),
        "cost_pence": maybe(chance, chance.choice([0, 0, 0, 150, 700])),
        "group_size": maybe(chance, chance.choice([1, 6, 12, 40])),
        "min_age": maybe(chance, chance.choice([16, 18, 60]), 0.2),
        "max_age": maybe(chance, chance.choice([25, 70]), 0.1),
        "audience": "anyone" if chance.random() < 0.9 else chance.choice(AUDIENCES.codes),
        "online": chance.random() < 0.1,
        "at_home": chance.random() < 0.1,
        "referral_only": chance.random() < 0.3,
        "status": "active" if chance.random() < 0.95 else "paused",
        "opens_on": maybe(chance, chance.choice(["2026-10-01", "2026-11-21", "2026-12-05"]), 0.3),
    }
    if kind == "task":
        doc = _task(chance, doc)
    if kind == "offer":
        doc |= {"minutes": 60, "availability": some(chance, SLOTS, 4)}
    schedules = [] if kind in ("task", "offer") else [schedule(chance) for _ in range(chance.randint(0, 3))]
    counts = None if kind == "task" else maybe(chance, _counts(chance))
    return {"kind": kind, "id": f"c-{number:03}", "doc": doc, "schedules": schedules, "place_count": counts}


def _task(chance: random.Random, doc: Json) -> Json:
    day = chance.randint(21, 29)
    until = f"2026-11-{chance.randint(day, 30)}T{chance.choice(['23:30', '23:59'])}:00Z"
    window = {"window_from_at": f"2026-11-{day}T{chance.randint(0, 23):02}:30:00Z", "window_until_at": until}
    kept = ("name", "category", "easting", "northing")
    return {name: doc[name] for name in kept} | window | {"status": chance.choice(["open", "open", "claimed"])}


def schedule(chance: random.Random) -> Json:
    """Return the document of one regular time."""
    hour = chance.randint(7, 19)
    return {
        "frequency": chance.choice(["weekly", "weekly", "monthly", "once"]),
        "weekday": chance.choice(WEEKDAYS.codes),
        "week_of_month": chance.randint(1, 5),
        "on": f"2026-12-{chance.randint(1, 28):02}",
        "from_time": f"{hour:02}:{chance.choice(['00', '30'])}",
        "until_time": f"{hour + 2:02}:00",
        "starts_on": maybe(chance, chance.choice(["2026-09-01", "2026-12-10"]), 0.3),
        "ends_on": maybe(chance, chance.choice(["2026-11-20", "2027-01-31"]), 0.3),
        "cancelled_on": [f"2026-11-{chance.randint(21, 30)}" for _ in range(4)],
    }


def _counts(chance: random.Random) -> Json:
    total = maybe(chance, chance.randint(1, 20))
    shown = chance.randint(0, 200)
    return {
        "places_total": total,
        "places_open": None if total is None else chance.randint(0, total),
        "wait_days": chance.choice([0, 0, 0, 14]),
        "shown": shown,
        "chosen": shown // 5,
        "started": shown // 9,
        "sustained": shown // 15,
        "chosen_90d": shown // 10,
    }


def grown(chance: random.Random, inner: int) -> tuple[list[int], list[int]]:
    """Grow a tree as LightGBM does: split a leaf, keep its number on the left, give the right the next number.

    Returns the left and the right child of each of the `inner` nodes; leaf n is -1 - n.
    """
    if not inner:
        return [], []
    left, right, place_of = [-1], [-2], {0: (0, "left"), 1: (0, "right")}
    for node in range(1, inner):
        leaf = chance.randrange(node + 1)
        parent, side = place_of[leaf]
        (left if side == "left" else right)[parent] = node
        left.append(-1 - leaf)
        right.append(-1 - (node + 1))
        place_of |= {leaf: (node, "left"), node + 1: (node, "right")}
    return left, right


def tree(chance: random.Random, inner: int, columns: int = len(FEATURE_NAMES)) -> list[Any]:
    """Return a tree of `inner` nodes whose tests are of every kind."""
    left, right = grown(chance, inner)
    decisions = [chance.choice([0, 2, 4, 6, 8, 10, 10, 10, 1]) for _ in range(inner)]
    thresholds = [
        0.0 if each == 1 else chance.choice([1.0000000180025095e-35, chance.random() * 4]) for each in decisions
    ]
    return [
        [chance.randrange(columns) for _ in range(inner)], thresholds, decisions, left, right,
        [chance.gauss(0, 0.1) for _ in range(inner + 1)], [round(chance.gauss(0, 0.02), 6) for _ in range(inner)],
        [[chance.getrandbits(32), 5]],
    ]  # fmt: skip
