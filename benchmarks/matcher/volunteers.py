"""The volunteers' side: `python benchmarks/matcher/volunteers.py [--seeds 11,12,13] [--days 240]`.

Promises measured: the order of volunteers for a task, and of tasks for a volunteer, is better than nearest first, least
asked and rules; asks are shared more evenly than by nearest first or by suitability alone, and no yes is lost by it.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, lines_of, prose
from ml.models.registry import Registry, Version
from ml.models.stored import load_ranker
from ml.training.tables import Tables
from ml.training.train import train
from ml.training.volunteers.dataset import build_volunteers_dataset
from ml.training.volunteers.evaluate import RECIPE, evaluate
from ml.training.volunteers.sharing import contenders, shared
from ml.training.volunteers.town import PRESETS
from ml.training.volunteers.world import make_volunteers_world

#: A ranker that learned in one centre asks in another, of a seed so much higher.
ELSEWHERE = 100
SHARED_DAYS = 150
ORDERS = ("version", "logistic", "rules", "nearest first", "least asked")


class Measured(NamedTuple):
    """One centre: the evaluation of the version that learned there, and how policies shared asks in another."""

    dial: str
    seed: int
    found: Mapping[str, Any]
    policies: Mapping[str, Mapping[str, float]]
    pack_bytes: int
    alike: bool


def main() -> None:
    """Make centres, learn in each, judge against the truth, let it ask elsewhere, and keep the figures."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--seeds", default="11,12,13")
    given.add_argument("--days", type=int, default=240)
    given.add_argument("--print-only", action="store_true", help="Do not keep the page.")
    asked = given.parse_args()
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    measured = [one_centre(dial, seed, asked.days) for dial in PRESETS for seed in seeds]
    keep("matcher/volunteers", page(measured, seeds, asked.days), printed_only=asked.print_only)


def one_centre(dial: str, seed: int, days: int) -> Measured:
    """Measure everything of one made-up centre."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_volunteers_world(folder / "world", seed=seed, dial=dial, days=days)
        version, again = (_trained(folder / "world", folder / name) for name in ("one", "two"))
        dataset = build_volunteers_dataset(Tables(folder / "world"))
        found = evaluate(version, dataset, world=folder / "world", seed=seed)
        compared = contenders(load_ranker(version.folder).score)
        policies = shared(compared, seed=seed + ELSEWHERE, dials=PRESETS[dial], days=SHARED_DAYS)
        size = version.pack_path.stat().st_size
        return Measured(dial, seed, found, policies, size, version.pack_sha256 == again.pack_sha256)


def _trained(world: Path, folder: Path) -> Version:
    made = folder / "made"
    train(build_volunteers_dataset(Tables(world)), RECIPE, made)
    return Registry(folder / "registry").register(made)


def page(measured: Sequence[Measured], seeds: Sequence[int], days: int) -> list[str]:
    """Write the result as lines of a page."""
    until = min(datetime.fromisoformat(one.found["judged_from"]).date().isoformat() for one in measured)
    text = f"""Two kinds of made-up centre, held-out seeds {", ".join(map(str, seeds))}, {days} days of four tasks a
        day. The log asked five at random of the ten nearest; the hybrid learned from its older part and is judged on
        the truth of the rest (from {until} on): NDCG@10 among all who are eligible, graded by the true chance of a yes.
        Means of the seeds; "at least" is the lowest end of the seeds' 95 % intervals."""
    lines = prose("Volunteers: whom to ask, and what suits a volunteer", text)
    for dial in PRESETS:
        lines += _dial(dial, [one for one in measured if one.dial == dial])
    packs = f"""Packs: {max(one.pack_bytes for one in measured) / 1000:.1f} kB at most. Trained twice, the same bytes:
        {_yes(one.alike for one in measured)}. Pack and model score alike to the bit:
        {_yes(one.found["pack_scores_alike"] for one in measured)}."""
    return [*lines, "", *lines_of(packs)]


def _yes(answers: Iterable[bool]) -> str:
    return "yes" if all(answers) else "NO"


def _dial(dial: str, measured: Sequence[Measured]) -> list[str]:
    asking = f"Asks in another centre ({SHARED_DAYS} days, three asked at once, the same luck for every order):"
    return [
        *("", f"## {dial.capitalize()}", ""),
        *_table("order", "volunteers for a task", "tasks for a volunteer", "answers held out"),
        *(_order(name, measured) for name in ORDERS),
        "",
        *_table("promise", "asked", "measured"),
        *_promises(measured),
        *("", asking, ""),
        *_table("order", "said yes", "tasks taken", "asks a task", "hours to be taken: median, slowest tenth", "Gini",
                "never asked", "most in 30 days"),
        *(_policy(name, measured) for name in measured[0].policies),
    ]  # fmt: skip


def _table(*headings: str) -> list[str]:
    return [f"| {' | '.join(headings)} |", "|---" * len(headings) + "|"]


def _order(name: str, measured: Sequence[Measured]) -> str:
    quality = [
        np.mean([one.found["truth"][question]["quality"][name]["mean"] for one in measured])
        for question in ("volunteers", "tasks")
    ]
    held = np.mean([one.found["quality"][name]["ndcg@10"]["mean"] for one in measured])
    label = "hybrid" if name == "version" else name
    return f"| {label} | {quality[0]:.3f} | {quality[1]:.3f} | {held:.3f} |"


def _promises(measured: Sequence[Measured]) -> list[str]:
    lines = []
    for question, words in (("volunteers", "volunteers for a task"), ("tasks", "tasks for a volunteer")):
        for name in ("nearest first", "least asked", "rules"):
            overs = [one.found["truth"][question]["over"][name] for one in measured]
            told = (
                f"{np.mean([over['mean'] for over in overs]):+.3f}, at least {min(over['low'] for over in overs):+.3f}"
            )
            lines.append(f"| {words}: over {name} | above 0 | {told} |")
        overs = [one.found["truth"][question]["over"]["logistic"] for one in measured]
        lines.append(
            f"| {words}: over logistic | no worse than -.005 | {np.mean([one['mean'] for one in overs]):+.3f} |"
        )
    return lines + _sharing(measured)


def _sharing(measured: Sequence[Measured]) -> list[str]:
    names = ("load-fair", "suitability only", "nearest first")
    fair, alone, nearest = ({key: _mean(measured, name, key) for key in measured[0].policies[name]} for name in names)
    return [
        f"| Gini of asks, load-fair | below nearest first ({nearest['gini']:.3f}) and suitability alone "
        f"({alone['gini']:.3f}) | {fair['gini']:.3f} |",
        f"| said yes, load-fair | suitability alone ({alone['acceptance']:.1%}) less 1 point "
        f"| {fair['acceptance']:.1%} |",
        f"| tasks taken, load-fair | suitability alone ({alone['filled']:.1%}) less 1 point | {fair['filled']:.1%} |",
        f"| able and never asked, load-fair | below suitability alone ({alone['never_asked']:.1%}) "
        f"| {fair['never_asked']:.1%} |",
    ]


def _mean(measured: Sequence[Measured], name: str, key: str) -> float:
    return float(np.mean([one.policies[name][key] for one in measured]))


def _policy(name: str, measured: Sequence[Measured]) -> str:
    mean = {key: _mean(measured, name, key) for key in measured[0].policies[name]}
    return (
        f"| {name} | {mean['acceptance']:.1%} | {mean['filled']:.1%} | {mean['asks_per_task']:.2f} "
        f"| {mean['hours_median']:.2f}, {mean['hours_p90']:.2f} | {mean['gini']:.3f} | {mean['never_asked']:.1%} "
        f"| {mean['most_in_30_days']:.0f} |"
    )


if __name__ == "__main__":
    main()
