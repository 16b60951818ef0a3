"""What training costs: `python benchmarks/matcher/training.py [--quick] [--referrals N]`.

Promise measured: a county's ranker is trained in seconds on one core, in memory that any machine has.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, median, prose
from benchmarks.support.servers import ROOT
from ml.arrays import FloatArray, IntArray
from ml.features import FEATURE_NAMES, MONOTONE
from ml.models.ranker import HybridRanker

SHOWN = 10
ABOUT = """Training on {referrals:,} referrals of which each was shown {shown} candidates with {columns} features, on
one thread, each in a process of its own that makes the data (seed 1) and then trains. Seconds are of training alone,
the median of {rounds} alternating rounds; memory is the process's peak, and beside it what the process held before it
began to train. Plain LightGBM is lambdarank with LightGBM's own defaults (100 trees of 31 leaves), without positions.
`train` also fits three more rankers, to read chances off scores that were not learned from."""

Arrays = tuple[FloatArray, IntArray, IntArray, IntArray]


def main() -> None:
    """Measure in child processes and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 referrals, one round, nothing kept")
    parser.add_argument("--referrals", type=int, default=12_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--child", choices=list(SIDES), help="train once in this process and tell (the script's own use)"
    )
    chosen = parser.parse_args()
    referrals, rounds = (1_000, 1) if chosen.quick else (chosen.referrals, chosen.rounds)
    if chosen.child:
        print(json.dumps(_trained(SIDES[chosen.child], chosen.referrals)))
        return
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in SIDES}
    for _ in range(rounds):
        for name, found in taken.items():
            found.append(_in_child(name, referrals))
    about = ABOUT.format(referrals=referrals, shown=SHOWN, columns=len(FEATURE_NAMES), rounds=rounds)
    lines = [*prose("Training", about), "", "| what is trained | seconds | peak MB | MB before | × plain LightGBM |"]
    lines += ["|---|---:|---:|---:|---:|", *(_line(name, taken) for name in taken)]
    keep("matcher/training", lines, printed_only=chosen.quick)


def _line(name: str, taken: dict[str, list[dict[str, float]]]) -> str:
    def of(side: str, figure: str) -> float:
        return median([one[figure] for one in taken[side]])

    ratio = of(name, "seconds") / of("plain LightGBM", "seconds")
    return f"| {name} | {of(name, 'seconds'):.2f} | {of(name, 'peak'):.0f} | {of(name, 'before'):.0f} | {ratio:.2f} |"


def _in_child(name: str, referrals: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", name, "--referrals", str(referrals)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return dict(json.loads(told))


def _trained(train: Callable[[Arrays], object], referrals: int) -> dict[str, float]:
    made = slates(referrals)
    before, start = _peak_mb(), time.perf_counter()
    train(made)
    return {"seconds": time.perf_counter() - start, "peak": _peak_mb(), "before": before}


def _peak_mb() -> float:
    """Give the most that this process has held, which its parent has no part in."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def slates(referrals: int) -> Arrays:
    """Make slates of our features in which a third of the columns matter: X, relevance, query sizes, positions."""
    print(f"seed 1, {referrals} referrals", file=sys.stderr)
    rng = np.random.default_rng(1)
    rows = np.round(rng.gamma(2.0, 2.0, (referrals * SHOWN, len(FEATURE_NAMES))), 2)
    telling = rows[:, ::3]
    utility = telling @ rng.normal(size=telling.shape[1]) / 10 + rng.normal(size=len(rows)) / 2
    position = np.tile(np.arange(SHOWN), referrals)
    looked = rng.random(len(rows)) < 1 / (1.0 + position) ** 0.8
    relevance = np.where(looked, np.searchsorted(np.quantile(utility, [0.8, 0.88, 0.94, 0.98]), utility), 0)
    return rows, relevance, np.full(referrals, SHOWN), position


def _hybrid(made: Arrays) -> object:
    features, relevance, sizes, position = made
    return HybridRanker(monotone=MONOTONE).fit(features, relevance, sizes, position=position)


def _with_chances(made: Arrays) -> object:
    features, relevance, sizes, position = made
    fold = np.arange(len(sizes)) % 3
    rows = np.repeat(fold, sizes)
    for number in range(3):
        _hybrid((features[rows != number], relevance[rows != number], sizes[fold != number], position[rows != number]))
    return _hybrid(made)


def _plain(made: Arrays) -> object:
    import lightgbm

    features, relevance, sizes, _ = made
    data = lightgbm.Dataset(features, relevance, group=sizes)
    return lightgbm.train({"objective": "lambdarank", "num_threads": 1, "verbosity": -1}, data, 100)


SIDES: dict[str, Callable[[Arrays], object]] = {
    "plain LightGBM": _plain,
    "hybrid": _hybrid,
    "hybrid with chances, as `train`": _with_chances,
}

if __name__ == "__main__":
    main()
