"""Golden vectors of the volunteers' set, from a small made-up centre that is awkward on purpose."""

import random
from dataclasses import asdict, replace
from datetime import date
from typing import Final

from ml.features.volunteers import VOLUNTEERS
from ml.features.volunteers.inputs import CHECKS, columns_for_volunteer, task_inputs, volunteer_inputs
from ml.models.artifact import document, packed
from ml.models.walker import Pack
from mobile_contract.vocabulary import COMMITMENTS, LANGUAGES, SKILLS, SLOTS, TASK_TYPES, TRAVEL
from server.recommend.golden.pairs import judged
from server.recommend.golden.scenario import TODAY, Json, linear_part, maybe, schedule, some, tree
from server.recommend.volunteers.model import Offered, Ranking
from server.recommend.volunteers.past import past_of
from server.recommend.volunteers.rank import tasks_for_volunteer, volunteers_for_task

SEED: Final = 20261122
_TODAY: Final = date.fromisoformat(TODAY)
_DISTRICTS: Final = ("E07000070", "E07000071")


def world() -> Json:
    """Return volunteers with their asks and claims, tasks and roles with their times, and the inputs that follow."""
    chance = random.Random(SEED)
    types = {f"old-{i}": chance.choice(TASK_TYPES.codes) for i in range(20)}
    volunteers = [_volunteer(chance, i) for i in range(40)]
    offered = [_offered(chance, i) for i in range(40)]
    for each in volunteers:
        past = past_of(each["claims"], types, today=_TODAY, asks=each["asks"])
        each["inputs"] = volunteer_inputs(each["doc"], past, today=_TODAY)
    for each in offered:
        each["inputs"] = task_inputs(each["kind"], each["doc"], each["schedules"], today=_TODAY)
    return {"today": TODAY, "types": types, "volunteers": volunteers, "offered": offered}


def pack() -> Json:
    """Return the document of the pack that ranks in the vectors."""
    chance = random.Random(SEED + 1)
    linear = linear_part(chance, VOLUNTEERS.names, intercept=-0.1)
    trees = [tree(chance, chance.randint(1, 12), len(VOLUNTEERS.names)) for _ in range(12)]
    return document("golden", linear, trees, as_of="2026-11-01", features=VOLUNTEERS)


def features() -> list[Json]:
    """Return the features, the excluding rule and the score of each pair of a volunteer and a few tasks."""
    loaded, made = _loaded(), world()
    few = made["offered"][:10]
    cases = []
    for each in made["volunteers"][:10]:
        known = columns_for_volunteer(each["inputs"], [one["inputs"] for one in few])
        cases += judged(loaded, known, [{"volunteer": each["id"], "task": one["id"]} for one in few])
    return cases


def rankings() -> list[Json]:
    """Return whole lists of both questions, by the golden pack and, for the first two of each, by rules."""
    loaded, made = _loaded(), world()
    tasks = [Offered(one["kind"], one["id"], one["inputs"]) for one in made["offered"]]
    people = [Offered("volunteer", one["id"], one["inputs"]) for one in made["volunteers"]]
    cases = []
    for ranker, count in ((loaded, 8), (None, 2)):
        for one in people[:count]:
            found = tasks_for_volunteer(ranker, one.inputs, tasks, seed=f"{one.id}/{TODAY}", limit=10)
            cases.append(_case("tasks", one.id, ranker, found))
        for one in tasks[:count]:
            found = volunteers_for_task(ranker, one.inputs, people, seed=one.id, limit=10)
            cases.append(_case("volunteers", one.id, ranker, found))
    return cases


def _case(ranked: str, name: str, ranker: Pack | None, found: Ranking) -> Json:
    kept = replace(found, pack_sha256=None)  # gzip's bytes differ between zlibs
    return {"ranked": ranked, "id": name, "rules": ranker is None, "ranking": asdict(kept)}


def _loaded() -> Pack:
    return Pack.load(packed(pack()), features=VOLUNTEERS)


def _place(chance: random.Random, known: float) -> Json:
    return {
        "district": chance.choice(_DISTRICTS),
        "easting": maybe(chance, 570_000 + chance.randint(-9_000, 9_000), known),
        "northing": 206_000 + chance.randint(-9_000, 9_000),
    }


def _volunteer(chance: random.Random, number: int) -> Json:
    doc = _place(chance, 0.9) | {
        "skills": some(chance, SKILLS, 8),
        "languages": chance.choice([[], ["en"], ["en"], ["en", "pl"], some(chance, LANGUAGES, 2)]),
        "availability": some(chance, SLOTS, 12),
        "travel": maybe(chance, chance.choice([*TRAVEL.codes, "of a newer contract"])),
        "max_km": maybe(chance, chance.choice([0, 5, 12, 30])),
        "commitment": maybe(chance, chance.choice(COMMITMENTS.codes)),
        "dbs_level": chance.choice([*CHECKS, "of a newer contract"]),
        "dbs_until_on": maybe(chance, chance.choice(["2026-11-20", "2026-11-24", "2027-05-01"])),
        "paused_until_on": maybe(chance, chance.choice(["2026-11-01", "2026-12-24"]), 0.2),
        "birth_on": maybe(chance, f"{chance.randint(1940, 2010)}-11-{chance.randint(20, 22)}", 0.4),
        "status": "active" if chance.random() < 0.9 else "enquiry",
    }
    claims = [_claim(chance) for _ in range(chance.choice([0, 0, 1, 2, 7]))]
    asks = [_ask(chance) for _ in range(chance.choice([0, 0, 1, 5]))]
    return {"id": f"v-{number:02}", "doc": doc, "claims": claims, "asks": asks}


def _claim(chance: random.Random) -> Json:
    month, day, hour = chance.randint(9, 11), chance.randint(1, 21), chance.randint(0, 23)
    return {
        "task_id": f"old-{chance.randint(0, 25)}",
        "status": chance.choice(["active", "en_route", "released", "lapsed", "done", "done"]),
        "claimed_at": f"2026-{month:02}-{day:02}T{hour:02}:59:59Z",
    }


def _ask(chance: random.Random) -> Json:
    month, day, hour = chance.randint(9, 11), chance.randint(1, 21), chance.randint(0, 23)
    return {
        "task_id": f"old-{chance.randint(0, 25)}",
        "status": chance.choice(["asked", "seen", "declined", "claimed", "claimed", "lapsed", "withdrawn"]),
        "asked_at": f"2026-{month:02}-{day:02}T{hour:02}:59:59.000Z",
    }


def _offered(chance: random.Random, number: int) -> Json:
    kind = chance.choice(["task", "task", "opportunity"])
    doc = _place(chance, 0.9) | {
        "skills": some(chance, SKILLS, 3),
        "dbs_level": maybe(chance, chance.choice(CHECKS), 0.3),
    }
    if kind == "task":
        day = chance.randint(20, 29)
        until = f"2026-11-{chance.randint(day, 30)}T{chance.choice(['23:30', '23:59'])}:00Z"
        doc |= {
            "type": chance.choice([*TASK_TYPES.codes, "of a newer contract"]),
            "minutes": chance.choice([15, 60, 90, 240]),
            "window_from_at": f"2026-11-{day}T{chance.randint(0, 23):02}:30:00Z",
            "window_until_at": until,
            "status": chance.choice(["open", "open", "open", "claimed"]),
        }
        return {"kind": kind, "id": f"o-{number:02}", "doc": doc, "schedules": []}
    doc |= {
        "languages": ["en"] if chance.random() < 0.8 else some(chance, LANGUAGES, 2),
        "commitment": chance.choice(COMMITMENTS.codes),
        "min_age": maybe(chance, 18, 0.5),
        "max_age": maybe(chance, 25, 0.2),
        "online": chance.random() < 0.2,
        "opens_on": maybe(chance, chance.choice(["2026-11-01", "2026-12-05"]), 0.3),
        "closes_on": maybe(chance, chance.choice(["2026-11-20", "2026-12-31"]), 0.3),
        "status": "active" if chance.random() < 0.9 else "closed",
    }
    return {
        "kind": kind,
        "id": f"o-{number:02}",
        "doc": doc,
        "schedules": [schedule(chance) for _ in range(chance.randint(0, 2))],
    }
