"""Run a made-up history day by day: referrals arrive, slates are shown, choices made, outcomes come late or never."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from ml.inputs import query_inputs
from ml.metrics import Floats
from ml.training.world import gather, oracle, places, tables
from ml.training.world.affinity import affinity
from ml.training.world.asof import item_inputs
from ml.training.world.dials import Dials, dials
from ml.training.world.directory import Directory, Documents, directory
from ml.training.world.drift import drift_of
from ml.training.world.eligibility import eligible_rows
from ml.training.world.habit import habits
from ml.training.world.kept_apart import Frames, fifths, kept_apart
from ml.training.world.ledger import Ledger
from ml.training.world.model import History, Summary, World
from ml.training.world.people import Referred, referred
from ml.training.world.serve import serve
from ml.training.world.tables import Ints
from ml.training.world.utility import effects, utility
from ml.training.world.write import write_documents, write_report

#: The last day of a world when none is asked for.
USUAL_TODAY: Final = date(2026, 11, 1)
#: The number of referrals for which the drawn numbers of places are meant.
_PLACES_FOR: Final = 4000


def make_world(
    folder: Path,
    *,
    seed: int,
    referrals: int,
    dial: str = "additive",
    today: date = USUAL_TODAY,
    settings: Mapping[str, float] | None = None,
    deprivation: bool = False,
) -> Summary:
    """Write a world to `folder`: ``<kind>.parquet`` as the server exports them, and the ``oracle`` apart.

    referrals : spread over the 18 months before `today`. dial : a preset of `dials.PRESETS`. settings : single dials
    turned, see `dials.Dials`. deprivation : also write, as an export does, in which fifth of areas each person lives,
    which audits alone read. The same arguments write the same bytes. Raises DialError for what no dial can be.
    Opportunities are ranked with assets; micro-tasks have no history here.
    """
    chosen = dials(dial, settings)
    made = simulate(seed=seed, referrals=referrals, dials=chosen, today=today, prefix=f"{dial[0]}{seed}-")
    told = {"deprivation": fifths(made.apart)} if deprivation else {}
    write_documents(folder, {**made.documents, **told})
    oracle.write_oracle(folder, made.truth, made.apart)
    write_report(folder, made.summary, chosen, today)
    return made.summary


class Simulated(NamedTuple):
    """A history that has run: its documents by kind, what they come to, the truth, and what else is kept apart."""

    documents: Documents
    summary: Summary
    truth: oracle.Oracle
    apart: Frames


def simulate(*, seed: int, referrals: int, dials: Dials, today: date, prefix: str = "") -> Simulated:
    """Make up a world and run its history.

    prefix : begins the ids of people, referrals, exposures and placements, so that a ranker can learn from several
    worlds at once.
    """
    rng = np.random.default_rng(seed)
    spots = places.neighbourhoods(rng, dials.spread)
    made = directory(rng, spots, today, dials)
    people = referred(rng, spots, referrals, today, prefix, dials.reach)
    world = _world(rng, made, people, dials, today, prefix)
    ledger = _ledger(made, world, referrals)
    history = History(gather.documents(made, people, spots))
    for number in range(len(people)):
        serve(rng, world, ledger, history, number)
    ledger.advance(today.toordinal())
    history.documents["place_count"] = gather.counts(made, world.items, ledger, today)
    return Simulated(
        history.documents,
        gather.summary(world, history, seed),
        gather.truth(world, history),
        kept_apart(seed, people, made, world.items, today),
    )


def _world(
    rng: np.random.Generator, made: Directory, people: Sequence[Referred], dials: Dials, today: date, prefix: str
) -> World:
    queries, items = tables.queries(people, drift_of(dials, today)), tables.items(made)
    inputs = item_inputs(items, made.documents, today)
    asked = [query_inputs(one.referral, one.person, today=one.received_on) for one in people]
    noise = rng.normal(0.0, 1.0, (len(people), len(items.ids)))
    value = utility(effects(queries, items, affinity(rng)), dials.weights, noise)
    eligible = eligible_rows(asked, queries, items, inputs)
    return World(
        today, dials, prefix, people, queries, items, inputs, asked, eligible,
        habit=habits(rng, queries, items, dials.unfair), value=value, merit=_deviations(value, eligible),
    )  # fmt: skip


def _deviations(value: Floats, eligible: Sequence[Ints]) -> Floats:
    """Utility in deviations from the mean eligible pair of the whole world."""
    pairs = np.concatenate([value[number, rows] for number, rows in enumerate(eligible)])
    return np.asarray((value - pairs.mean()) / pairs.std())


def _ledger(made: Directory, world: World, referrals: int) -> Ledger:
    scale, drift = max(1.0, referrals / _PLACES_FOR) * world.dials.capacity, drift_of(world.dials, world.today)
    total = np.array([np.ceil(made.total[item] * scale) for item in world.items.ids])
    ledger = Ledger(total=total, wait=world.items.wait.copy())
    if drift.wait_days:
        ledger.lengthen(drift.day, drift.wait_days)
    return ledger
