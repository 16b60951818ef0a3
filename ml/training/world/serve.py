"""One referral from its arrival to its choices: a slate is shown, looked at, and what is chosen takes its course."""

from datetime import date
from typing import Any, Final

import numpy as np

from ml.metrics import Floats
from ml.training.world import behaviour
from ml.training.world.asof import row
from ml.training.world.habit import with_popularity
from ml.training.world.ledger import Ledger
from ml.training.world.model import History, World
from ml.training.world.placements import Course, course, placement

#: Which share of referred people reach a link worker: of 160,128 people in England 90 % did.
REACHED: Final = 0.90


def serve(rng: np.random.Generator, world: World, ledger: Ledger, history: History, number: int) -> None:
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
    slate = behaviour.draw_slate(rng, candidates, habit[candidates], world.dials.explore)
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
        "policy": world.dials.policy,
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
    dials, group = world.dials, int(world.queries.group[number])
    seen = np.flatnonzero(behaviour.examined(rng, slate.rows.size, group, bias=dials.bias, unfair=dials.unfair))
    merit = world.merit[number, slate.rows]
    chosen = behaviour.choose(rng, seen, merit[seen])
    states = []
    for position in chosen:
        taken = course(rng, behaviour.outcome(rng, float(merit[position])), dials)
        item = int(slate.rows[position])
        ledger.choose(item, started=taken.started, sustained=taken.sustained, held_days=taken.held_days)
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
