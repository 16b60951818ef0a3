"""Run a made-up history day by day: referrals arrive, slates are shown, choices made, outcomes come late or never."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from ml.inputs import CANDIDATE_INPUTS, QUERY_INPUTS, query_inputs
from ml.metrics import Floats
from ml.training.world import behaviour, oracle, places, tables
from ml.training.world.affinity import affinity
from ml.training.world.asof import ItemInputs, item_inputs, row
from ml.training.world.directory import Directory, Documents, directory
from ml.training.world.eligibility import eligible_rows
from ml.training.world.habit import habits, with_popularity
from ml.training.world.ledger import Ledger
from ml.training.world.people import Referred, referred
from ml.training.world.placements import WINDOW_DAYS, Course, course, placement
from ml.training.world.tables import Ints, Items, Queries
from ml.training.world.utility import WEIGHTS, Dial, effects, utility
from ml.training.world.write import write_documents

#: The last day of a world when none is asked for.
USUAL_TODAY: Final = date(2026, 11, 1)
#: Which share of referred people reach a link worker: of 160,128 people in England 90 % did.
REACHED: Final = 0.90
#: The number of referrals for which the drawn numbers of places are meant.
_PLACES_FOR: Final = 4000


@dataclass(frozen=True, slots=True)
class Summary:
    """What a world holds. candidates : eligible ones a query, mean. chosen, sustained : shares of those reached."""

    seed: int
    dial: str
    referrals: int
    exposures: int
    placements: int
    candidates: float
    chosen: float
    sustained: float


@dataclass(slots=True)
class History:
    """What the run has written so far: documents, and for each exposure its whole candidate set."""

    documents: Documents
    courses: list[Course] = field(default_factory=list)
    shown: list[tuple[int, Ints, dict[str, Floats], behaviour.Slate]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class World:
    """All that stays fixed while the history runs. value : (queries, items) utility; merit : in deviations."""

    today: date
    prefix: str
    people: Sequence[Referred]
    queries: Queries
    items: Items
    inputs: ItemInputs
    asked: Sequence[dict[str, float]]
    eligible: Sequence[Ints]
    habit: Floats
    value: Floats
    merit: Floats


def make_world(
    folder: Path, *, seed: int, referrals: int, dial: Dial = "additive", today: date = USUAL_TODAY
) -> Summary:
    """Write a world to `folder`: ``<kind>.parquet`` as the server exports them, and the ``oracle`` apart.

    referrals : spread over the 18 months before `today`. dial : see `utility.Dial`. The same
    arguments write the same bytes. Opportunities are ranked with assets; micro-tasks have no history here.
    """
    documents, summary, truth = simulate(
        seed=seed, referrals=referrals, dial=dial, today=today, prefix=f"{dial[0]}{seed}-"
    )
    write_documents(folder, documents)
    oracle.write_oracle(folder, truth)
    return summary


def simulate(
    *, seed: int, referrals: int, dial: Dial, today: date, prefix: str = ""
) -> tuple[Documents, Summary, oracle.Oracle]:
    """Make up a world and run its history; return its documents by kind, a summary, and the truth.

    prefix : begins the ids of people, referrals, exposures and placements, so that a ranker can learn from several
    worlds at once.
    """
    rng = np.random.default_rng(seed)
    spots = places.neighbourhoods(rng)
    made = directory(rng, spots, today)
    people = referred(rng, spots, referrals, today, prefix)
    world = _world(rng, made, people, dial, today, prefix)
    ledger = _ledger(made, world.items, referrals)
    history = History(_documents(made, people, spots))
    for number in range(len(people)):
        _serve(rng, world, ledger, history, number)
    ledger.advance(today.toordinal())
    history.documents["place_count"] = _counts(made, world.items, ledger, today)
    return history.documents, _summary(world, history, seed, dial), _truth(world, history)


def _world(
    rng: np.random.Generator, made: Directory, people: Sequence[Referred], dial: Dial, today: date, prefix: str
) -> World:
    queries, items = tables.queries(people), tables.items(made)
    inputs = item_inputs(items, made.documents, today)
    asked = [query_inputs(one.referral, one.person, today=one.received_on) for one in people]
    noise = rng.normal(0.0, 1.0, (len(people), len(items.ids)))
    value = utility(effects(queries, items, affinity(rng)), WEIGHTS[dial], noise)
    eligible = eligible_rows(asked, queries, items, inputs)
    return World(
        today, prefix, people, queries, items, inputs, asked, eligible,
        habit=habits(rng, queries, items), value=value, merit=_deviations(value, eligible),
    )  # fmt: skip


def _deviations(value: Floats, eligible: Sequence[Ints]) -> Floats:
    """Utility in deviations from the mean eligible pair of the whole world."""
    pairs = np.concatenate([value[number, rows] for number, rows in enumerate(eligible)])
    return np.asarray((value - pairs.mean()) / pairs.std())


def _ledger(made: Directory, items: Items, referrals: int) -> Ledger:
    scale = max(1.0, referrals / _PLACES_FOR)
    total = np.array([np.ceil(made.total[item] * scale) for item in items.ids])
    return Ledger(total=total, wait=items.wait)


def _serve(rng: np.random.Generator, world: World, ledger: Ledger, history: History, number: int) -> None:
    """Take one referral from its arrival to its choices."""
    day = int(world.queries.day[number])
    ledger.advance(day)
    counts = ledger.columns()
    candidates = world.eligible[number]
    candidates = candidates[counts["places_open"][candidates] != 0.0]
    referral = history.documents["referral"][world.people[number].referral_id]
    if rng.random() > REACHED or candidates.size < 2:
        referral |= {"status": "closed", "reason": "no_contact"}
        return
    habit = with_popularity(world.habit[number], counts["chosen"])
    slate = behaviour.draw_slate(rng, candidates, habit[candidates])
    columns = {name: column.copy() for name, column in counts.items()}
    history.shown.append((number, candidates, columns, slate))
    exposure = f"{world.prefix}exposure-{number:05d}"
    history.documents["exposure"][exposure] = _exposure(world, number, slate, columns)
    ledger.show([int(item) for item in slate.rows])
    _respond(rng, world, ledger, history, number, slate)


def _exposure(world: World, number: int, slate: behaviour.Slate, counts: dict[str, Floats]) -> dict[str, Any]:
    one, day = world.people[number], int(world.queries.day[number])
    columns = world.inputs.on(day, counts)
    return {
        "referral_id": one.referral_id,
        "team_id": one.referral["team_id"],
        "shown_at": _instant(one.received_on, number, 0),
        "ranked_on": "server",
        "model_version": "rules",
        "policy": behaviour.POLICY,
        "query": world.asked[number],
        "items": [
            {
                "kind": world.items.kinds[item],
                "id": world.items.ids[item],
                "position": position,
                "score": float(score),
                "propensity": float(propensity),
                "inputs": row(columns, int(item)),
            }
            for position, (item, score, propensity) in enumerate(
                zip(slate.rows, slate.scores, slate.propensities, strict=True)
            )
        ],
        "excluded": [],
    }


def _respond(
    rng: np.random.Generator, world: World, ledger: Ledger, history: History, number: int, slate: behaviour.Slate
) -> None:
    """Look at the slate, choose, and let each choice take its course."""
    seen = np.flatnonzero(behaviour.examined(rng, slate.rows.size, int(world.queries.group[number])))
    merit = world.merit[number, slate.rows]
    chosen = behaviour.choose(rng, seen, merit[seen])
    states = []
    for position in chosen:
        taken = course(rng, behaviour.outcome(rng, float(merit[position])))
        item = int(slate.rows[position])
        ledger.choose(item, started=taken.started, sustained=taken.sustained, held_days=taken.held_days)
        history.courses.append(taken)
        states.append(_place(world, history, number, int(position), item, taken))
    one = world.people[number]
    _follow(history.documents["referral"][one.referral_id], states, (world.today - one.received_on).days)


def _place(world: World, history: History, number: int, position: int, item: int, taken: Course) -> str:
    """Write the placement and return its status."""
    one = world.people[number]
    base = {
        "referral_id": one.referral_id,
        "person_id": one.person_id,
        "team_id": one.referral["team_id"],
        "exposure_id": f"{world.prefix}exposure-{number:05d}",
        "item_kind": world.items.kinds[item],
        "item_id": world.items.ids[item],
        "position": position,
        "chosen_at": _instant(one.received_on, number, 20),
    }
    document = placement(taken, base, one.received_on, world.today)
    history.documents["placement"][f"{world.prefix}placement-{number:05d}-{position}"] = document
    return str(document["status"])


def _follow(referral: dict[str, Any], states: list[str], days: int) -> None:
    """Let a referral stand where the furthest of its placements stands."""
    order = ("declined", "chosen", "offered", "accepted", "ended", "started", "sustained")
    if not states:
        referral |= (
            {"status": "nothing_suitable", "reason": "nothing_suitable"} if days > 14 else {"status": "contacted"}
        )
        return
    furthest = max(states, key=order.index)
    referral["status"] = {"chosen": "shortlisted", "ended": "closed"}.get(furthest, furthest)
    if furthest in ("declined", "ended"):
        referral["reason"] = {"declined": "not_interested", "ended": "completed"}[furthest]


def _instant(day: date, number: int, minutes: int) -> str:
    """A time in surgery hours, the later the higher the number, so that a day's referrals keep their order."""
    seconds = 9 * 3600 + number % 6 * 4800 + number % 60 + minutes * 60
    return f"{day}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}Z"


def _documents(made: Directory, people: Sequence[Referred], spots: tuple[places.Neighbourhood, ...]) -> Documents:
    return {
        **made.documents,
        "district": places.district_documents(),
        "postcode_sector": places.sector_documents(spots),
        "person": {one.person_id: one.person for one in people},
        "consent": {f"consent-{one.person_id}": one.consent for one in people},
        "referral": {one.referral_id: one.referral for one in people},
        "exposure": {},
        "placement": {},
    }


def _counts(made: Directory, items: Items, ledger: Ledger, today: date) -> dict[str, dict[str, Any]]:
    columns = ledger.columns()
    counted_at = f"{today - timedelta(days=1)}T23:00:00Z"
    return {
        item: {
            "district": made.documents[kind][item]["district"],
            "item_kind": kind,
            "item_id": item,
            "counted_at": counted_at,
            **{name: int(column[row_]) for name, column in columns.items() if not np.isnan(column[row_])},
        }
        for row_, (kind, item) in enumerate(zip(items.kinds, items.ids, strict=True))
    }


def _truth(world: World, history: History) -> oracle.Oracle:
    """Gather every query's whole candidate set with its inputs as of then."""
    parts = [_candidates(world, *shown) for shown in history.shown]
    sizes = np.array([len(rows) for _, rows, _, _ in history.shown])
    numbers = [number for number, _, _, _ in history.shown]
    asked = {
        name: np.repeat(np.array([world.asked[number].get(name, np.nan) for number in numbers]), sizes)
        for name in QUERY_INPUTS
    }
    rows = np.concatenate([rows for _, rows, _, _ in history.shown])
    return oracle.Oracle(
        inputs=asked | {name: np.concatenate([part[name] for part in parts]) for name in CANDIDATE_INPUTS},
        utility=np.concatenate([part["utility"] for part in parts]),
        relevance=np.concatenate([oracle.grade(part["utility"]) for part in parts]),
        position=np.concatenate([part["position"] for part in parts]).astype(np.int64),
        query_sizes=sizes,
        exposure_ids=tuple(f"{world.prefix}exposure-{number:05d}" for number in numbers),
        days=world.queries.day[numbers],
        group=world.queries.group[numbers],
        item_ids=tuple(world.items.ids[item] for item in rows),
    )


def _candidates(
    world: World, number: int, rows: Ints, counts: dict[str, Floats], slate: behaviour.Slate
) -> dict[str, Floats]:
    columns = world.inputs.on(int(world.queries.day[number]), counts)
    position = np.full(len(world.items.ids), -1.0)
    position[slate.rows] = np.arange(slate.rows.size)
    inputs = {name: columns[name][rows] for name in CANDIDATE_INPUTS}
    return {**inputs, "utility": world.value[number, rows], "position": position[rows]}


def _summary(world: World, history: History, seed: int, dial: str) -> Summary:
    reached = len(history.shown)
    chosen = {key.rsplit("-", 1)[0] for key in history.documents["placement"]}
    old = [one for one in history.documents["referral"].values() if one["status"] == "sustained"]
    return Summary(
        seed=seed,
        dial=dial,
        referrals=len(world.people),
        exposures=reached,
        placements=len(history.documents["placement"]),
        candidates=round(float(np.mean([rows.size for _, rows, _, _ in history.shown])), 1),
        chosen=round(len(chosen) / reached, 3),
        sustained=round(len(old) / reached, 3),
    )


__all__ = ["REACHED", "USUAL_TODAY", "WINDOW_DAYS", "Summary", "make_world", "simulate"]
