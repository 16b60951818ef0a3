"""Run a made-up history day by day: referrals arrive, slates are shown, choices made, outcomes come late or never."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from ml.inputs import query_inputs
from ml.metrics import Floats
from ml.training.world import gather, oracle, places, tables
from ml.training.world.affinity import affinity
from ml.training.world.asof import item_inputs
from ml.training.world.directory import Directory, Documents, directory
from ml.training.world.eligibility import eligible_rows
from ml.training.world.habit import habits
from ml.training.world.ledger import Ledger
from ml.training.world.model import History, Summary, World
from ml.training.world.people import Referred, referred
from ml.training.world.serve import serve
from ml.training.world.tables import Ints, Items
from ml.training.world.utility import WEIGHTS, Dial, effects, utility
from ml.training.world.write import write_documents

#: The last day of a world when none is asked for.
USUAL_TODAY: Final = date(2026, 11, 1)
#: The number of referrals for which the drawn numbers of places are meant.
_PLACES_FOR: Final = 4000


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
    history = History(gather.documents(made, people, spots))
    for number in range(len(people)):
        serve(rng, world, ledger, history, number)
    ledger.advance(today.toordinal())
    history.documents["place_count"] = gather.counts(made, world.items, ledger, today)
    return history.documents, gather.summary(world, history, seed, dial), gather.truth(world, history)


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
