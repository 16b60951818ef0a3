"""What a small demotion for demand does: `python benchmarks/matcher/demand.py [--seeds 11,12] [--referrals 1500]`.

Promise measured: taking a little off for each acceptance spreads choices over more groups at hardly any cost in
quality. Baseline in the same run: the same ranker without it. A trained pack serves every referral of a made-up
county, day by day; places are taken and given back, and people look and choose by the world's own rules.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from benchmarks.support.versions import learned
from ml import metrics
from ml.arrays import FloatArray, IntArray
from ml.models.walker import Pack
from ml.training.world import behaviour, places
from ml.training.world import world as worlds
from ml.training.world.dials import dials
from ml.training.world.directory import directory
from ml.training.world.ledger import Ledger
from ml.training.world.model import World
from ml.training.world.oracle import grade
from ml.training.world.people import referred
from ml.training.world.placements import course
from server.recommend.demand import MOST, STEP, asked_of

#: What one acceptance takes off: nothing, and figures round the one that serves.
STEPS: Final = (0.0, 0.05, STEP, 0.2)
SHOWN: Final = 10
PERIOD_DAYS: Final = 28
ABOUT: Final = f"""Each world is served from its first day by the ranker that learned from its log, with so much taken
off the score for each acceptance, up to {MOST:.0f} of them; {STEP:g} is what serves. Filled: the share of groups that
somebody chose within {PERIOD_DAYS} days, the mean over all such periods. Ever chosen: the share over the whole 18
months. NDCG@{SHOWN} is against the truth, over all candidates with places. Every world is made up."""


def main() -> None:
    """Serve each world with each step, and keep the table."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--dials", default="additive,rural")
    given.add_argument("--seeds", default="11,12")
    given.add_argument("--referrals", type=int, default=1500)
    given.add_argument("--print-only", action="store_true", help="Do not keep the page.")
    asked = given.parse_args()
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    lines = [*prose("What a small demotion for demand does", ABOUT), "", "| world | off a score for each acceptance | "
             "filled within 28 days | ever chosen | NDCG@10 | choices |", "|---|---:|---:|---:|---:|---:|"]  # fmt: skip
    for dial in asked.dials.split(","):
        print(f"… {dial}", file=sys.stderr)
        lines += rows(dial, seeds, asked.referrals)
    lines += ["", f"Seeds {asked.seeds}, {asked.referrals:,} referrals a world."]
    keep("matcher/demand", lines, printed_only=asked.print_only)


def rows(dial: str, seeds: list[int], referrals: int) -> Iterator[str]:
    """Write a line a step: means over the seeds, and how far that is from taking nothing off."""
    found = np.array([list(each) for each in zip(*(served(dial, seed, referrals) for seed in seeds), strict=True)])
    means = found.mean(axis=1)
    for step, (filled, ever, ndcg, choices) in zip(STEPS, means, strict=True):
        more = f" ({filled / means[0, 0] - 1:+.1%})" if step else ""
        ndcg_more = f" ({ndcg - means[0, 2]:+.3f})" if step else ""
        yield f"| {dial} | {step:g} | {filled:.1%}{more} | {ever:.1%} | {ndcg:.3f}{ndcg_more} | {choices:,.0f} |"


def served(dial: str, seed: int, referrals: int) -> Iterator[tuple[float, float, float, float]]:
    """Serve one world with each step."""
    with learned(dial, seed, referrals) as world:
        pack = Pack.load(world.version.pack_path.read_bytes())
    made = county(dial, seed, referrals)
    for step in STEPS:
        yield serve(*made(), pack, step, seed)


def county(dial: str, seed: int, referrals: int) -> Callable[[], tuple[World, Ledger]]:
    """Make the world again as its log was made, and give fresh ledgers of it."""
    chosen, rng = dials(dial, None), np.random.default_rng(seed)
    spots = places.neighbourhoods(rng, chosen.spread)
    made = directory(rng, spots, worlds.USUAL_TODAY, chosen)
    people = referred(rng, spots, referrals, worlds.USUAL_TODAY, "", chosen.reach)
    world = worlds._world(rng, made, people, chosen, worlds.USUAL_TODAY, "")
    return lambda: (world, worlds._ledger(made, world, referrals))


def serve(world: World, ledger: Ledger, pack: Pack, step: float, seed: int) -> tuple[float, float, float, float]:
    """Serve every referral in turn; return shares filled and ever chosen, mean NDCG and the number of choices."""
    rng = np.random.default_rng(seed)
    chosen = np.zeros((800 // PERIOD_DAYS, len(world.items.ids)))
    qualities, first = [], int(world.queries.day[0])
    for number, day in enumerate(world.queries.day.tolist()):
        ledger.advance(day)
        counts = ledger.columns()
        eligible = world.eligible[number]
        eligible = eligible[counts["places_open"][eligible] != 0.0]
        if eligible.size < 2:
            continue
        columns = {name: column[eligible] for name, column in world.inputs.on(day, counts).items()}
        score = scored(pack, world.asked[number], columns) - step * np.fmin(asked_of(columns), MOST)
        merit = world.merit[number, eligible]
        gain = metrics.gains_of(grade(merit))
        qualities.append(metrics.ndcg(gain, score, np.array([eligible.size]), k=SHOWN)[0])
        slate = eligible[np.argsort(-score, kind="stable")[:SHOWN]]
        for item in taken(rng, world, ledger, number, slate):
            chosen[(day - first) // PERIOD_DAYS, item] += 1
    within = np.unique(np.concatenate(world.eligible))
    periods = (int(world.queries.day[-1]) - first) // PERIOD_DAYS
    filled = (chosen[:periods, within] > 0).mean()
    return float(filled), float((chosen[:, within].sum(axis=0) > 0).mean()), float(np.nanmean(qualities)), chosen.sum()


def scored(pack: Pack, query: dict[str, float], columns: dict[str, FloatArray]) -> FloatArray:
    """Score the candidates of one query."""
    return pack.score(pack.matrix(pack.known(columns | {name: np.array([value]) for name, value in query.items()})))


def taken(rng: np.random.Generator, world: World, ledger: Ledger, number: int, slate: IntArray) -> Iterator[int]:
    """Let people look at a slate and choose; give the items they choose."""
    merit = world.merit[number, slate]
    seen = np.flatnonzero(behaviour.examined(rng, slate.size, int(world.queries.group[number])))
    for position in behaviour.choose(rng, seen, merit[seen]).tolist():
        came = course(rng, behaviour.outcome(rng, float(merit[position])), world.dials)
        ledger.choose(int(slate[position]), started=came.started, sustained=came.sustained, held_days=came.held_days)
        yield int(slate[position])


if __name__ == "__main__":
    main()
