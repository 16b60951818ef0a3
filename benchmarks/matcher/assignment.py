"""Sharing out too few places: `python benchmarks/matcher/assignment.py [--quick] [--referrals 2000]`.

Promise measured: `kith ml assign` places more of what truly suits than greedy sharing does, and breaches no capacity,
where 25 % more wait than there are places. Baselines in the same run, on the same calibrated chances: one after the
other, the longest wait first, each the best that is left; and the highest chance first.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from benchmarks.support.versions import learned
from ml.arrays import FloatArray, IntArray
from ml.assignment.solve import Proposal, assign, one_by_one
from ml.features import matrix
from ml.models.walker import Pack
from ml.training.world.oracle import Oracle, read_oracle

#: So many wait for each place.
OVERBOOKED: Final = 1.25
WAITING: Final = 120
ROUNDS: Final = 5
ASKED: Final = 0.03

ABOUT: Final = f"""Of each world the usual recipe learns; then {ROUNDS} times {WAITING} referrals of its newest fifth,
drawn at random, wait together for {WAITING / OVERBOOKED:.0f} places, drawn over the items that suit any of them: 25 %
more wait than there are places. Value is the true chance that the person would choose what is proposed, by the world's
own rule, which no ranker sees. Everything shares by the chances of the pack. Intervals: 95 %, over all batches. Every
world is made up."""


class Waiting(NamedTuple):
    """A batch. chance : what the pack foretells; true : what is so; both (n_queries, n_items), NaN if not eligible."""

    chance: FloatArray
    true: FloatArray
    places: FloatArray
    waited_days: FloatArray


Share = Callable[[FloatArray, FloatArray, FloatArray], list[Proposal]]


def main() -> None:
    """Share out in each world, and keep the table."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--dials", default="additive,hard,rural")
    given.add_argument("--seeds", default="11,12,13")
    given.add_argument("--referrals", type=int, default=2000)
    given.add_argument("--quick", action="store_true", help="One small world; nothing is kept.")
    asked = given.parse_args()
    dials = ["additive"] if asked.quick else asked.dials.split(",")
    seeds = [1] if asked.quick else [int(one) for one in asked.seeds.split(",")]
    lines = [*prose("Sharing out too few places", ABOUT), "", *HEAD]
    for dial in dials:
        print(f"… {dial}", file=sys.stderr)
        lines += rows(dial, [one for seed in seeds for one in batches(dial, seed, asked.referrals)])
    lines += ["", f"{len(seeds)} seeds ({', '.join(map(str, seeds))}), {asked.referrals:,} referrals a world."]
    keep("matcher/assignment", lines, printed_only=asked.quick)


HEAD: Final = (
    "| world | asked over greedy | over the longest wait first | over the highest chance first | "
    "people with a proposal, ours : longest wait : highest chance | places breached |",
    "|---|---|---|---|---|---|",
)


def batches(dial: str, seed: int, referrals: int) -> Iterator[Waiting]:
    """Give the batches of one world."""
    with learned(dial, seed, referrals) as world:
        pack = Pack.load(world.version.pack_path.read_bytes())
        held_out = datetime.fromisoformat(world.version.manifest["held_out_from"])
        oracle = read_oracle(world.folder)
    late = np.flatnonzero(oracle.days >= held_out.date().toordinal())
    features = matrix(oracle.inputs)
    score = pack.score(features)
    chance = pack.chance(score)
    foretold = score - score.min() if chance is None else chance
    rng = np.random.default_rng(seed)
    for _ in range(ROUNDS):
        yield batch(rng, oracle, rng.choice(late, min(WAITING, late.size), replace=False), foretold)


def batch(rng: np.random.Generator, oracle: Oracle, queries: IntArray, foretold: FloatArray) -> Waiting:
    """Let these queries wait together, and draw places for 25 % too few of them."""
    first = np.cumsum(oracle.query_sizes) - oracle.query_sizes
    spread = (oracle.utility - oracle.utility.mean()) / oracle.utility.std()
    like = 1.0 / (1.0 + np.exp(-1.8 * (spread - 1.1)))  # as `ml.training.world.behaviour.choose` has it
    ids = np.array(oracle.item_ids)
    rows = [np.arange(first[query], first[query] + oracle.query_sizes[query]) for query in queries]
    items = {name: place for place, name in enumerate(sorted(set(ids[np.concatenate(rows)])))}
    chance, true = (np.full((len(queries), len(items)), np.nan) for _ in range(2))
    for number, own in enumerate(rows):
        columns = [items[name] for name in ids[own]]
        chance[number, columns], true[number, columns] = foretold[own], like[own]
    places = np.bincount(rng.integers(0, len(items), round(len(queries) / OVERBOOKED)), minlength=len(items))
    return Waiting(chance, true, places.astype(np.float64), rng.integers(0, 60, len(queries)).astype(np.float64))


def highest_first(value: FloatArray, places: FloatArray, _: FloatArray) -> list[Proposal]:
    """Take the pair of the highest value that is left, again and again."""
    left, served, found = places.copy(), set(), []
    pairs = np.argwhere(~np.isnan(value))
    for query, item in pairs[np.argsort(-value[~np.isnan(value)], kind="stable")].tolist():
        if query not in served and left[item] >= 1:
            served.add(query)
            left[item] -= 1
            found.append(Proposal(query, item, float(value[query, item])))
    return found


def rows(dial: str, waiting: list[Waiting]) -> list[str]:
    """Write what came of one sort of world."""
    shares: tuple[Share, ...] = (assign, one_by_one, highest_first)
    shared = [[share(one.chance, one.places, one.waited_days) for share in shares] for one in waiting]
    gained = np.array(
        [
            [sum(one.true[each.query, each.item] for each in proposals) for proposals in ways]
            for one, ways in zip(waiting, shared, strict=True)
        ]
    )
    people = np.array([[len(proposals) for proposals in ways] for ways in shared]).mean(axis=0)
    breached = sum(breaches(one, ways[0]) for one, ways in zip(waiting, shared, strict=True))
    over = [lead(gained[:, 0], gained[:, other]) for other in (1, 2)]
    served = " : ".join(f"{count:.0f}" for count in people)
    return [f"| {dial} | ≥ +{ASKED:.0%} | {over[0]} | {over[1]} | {served} | {breached} |"]


def lead(ours: FloatArray, theirs: FloatArray) -> str:
    """Tell by how much the sum of ours is above theirs, with an interval over batches."""
    rng = np.random.default_rng(1)
    drawn = rng.integers(0, ours.size, (2000, ours.size))
    share = ours[drawn].sum(axis=1) / theirs[drawn].sum(axis=1) - 1
    low, high = np.percentile(share, [2.5, 97.5])
    return f"{ours.sum() / theirs.sum() - 1:+.1%} ({low:+.1%} to {high:+.1%})"


def breaches(one: Waiting, proposals: list[Proposal]) -> int:
    """Count the places that were given and are not there."""
    given = np.bincount([each.item for each in proposals], minlength=one.places.size)
    return int(np.maximum(0, given - one.places).sum())


if __name__ == "__main__":
    main()
