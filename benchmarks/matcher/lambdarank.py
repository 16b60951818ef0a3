"""Ranking data of others: `python benchmarks/matcher/lambdarank.py [--trials N] [--quick]`.

Promise measured: a stranger's ranking data are learned from as well as by the boosters that people know.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import lightgbm
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from benchmarks.support.peers import PEERS, python_peer, run_peer
from ml import metrics
from ml.arrays import FloatArray
from ml.training.foreign import foreign_dataset
from ml.training.groups import Dataset
from ml.training.recipe import Recipe
from ml.training.split import Split, split_of
from ml.training.train import fit
from ml.training.tune import Search, tune

DATA = Path(os.environ.get("KITH_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
FOLDER = DATA / "lightgbm-lambdarank"
ASKED = 0.74
ABOUT = """LightGBM's own example: {train} queries to learn from, {test} to judge, 300 features, labels 0 to 4, no
positions. NDCG@10, mean over the {judged} test queries that have a positive, with 95 % bootstrap intervals; leads are
paired by query. Ours is tuned by `kith ml tune` on grouped folds of the queries to learn from, {trials} trials; the
test queries give these figures and nothing else. The others have their own defaults, one thread, seed 1. With so few
test queries, differences below about .04 mean nothing."""


def orders(data: Dataset, split: Split, trials: int, peers: bool) -> Iterator[tuple[str, FloatArray]]:
    """Score the test rows: by our usual and tuned figures, then by each of the others."""
    yield "ours, usual figures", fit(Recipe(), split.train).score(split.held_out.X)
    found = tune(data, Recipe(), Search(trials=trials))
    yield "**ours, tuned**", fit(Recipe.of(found["recipe"], "the search"), split.train).score(split.held_out.X)
    plain = lightgbm.LGBMRanker(random_state=1, n_jobs=1, verbosity=-1)
    plain.fit(split.train.X, split.train.relevance, group=split.train.query_sizes)
    yield "LightGBM, plain", np.asarray(plain.predict(split.held_out.X), dtype=np.float64)
    if peers:
        yield from _peers(split)


def _peers(split: Split) -> Iterator[tuple[str, FloatArray]]:
    python = python_peer("boosters")
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as scratch:
        source, target = Path(scratch) / "data.npz", Path(scratch) / "scores.npz"
        train = split.train
        np.savez(source, X=train.X, y=train.relevance, sizes=train.query_sizes, test=split.held_out.X)
        run_peer([python, PEERS / "boosters" / "score.py", source, target])
        scores = np.load(target)
        for name, title in (("xgboost", "XGBoost, plain"), ("catboost", "CatBoost, plain")):
            yield title, np.asarray(scores[name], dtype=np.float64)


def main() -> None:
    """Measure and keep the table; ends with 1 when less was reached than asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--quick", action="store_true", help="three trials, no others, nothing kept")
    chosen = parser.parse_args()
    if not FOLDER.is_dir():
        print(f"Skipped: {FOLDER.name} is not in {FOLDER.parent}, so there is nothing to measure on.")
        return
    data = foreign_dataset(FOLDER / "rank.train", test=FOLDER / "rank.test")
    split = split_of(data, share=Recipe().held_out, embargo=Recipe().embargo)
    gain, sizes = metrics.gains_of(split.held_out.relevance), split.held_out.query_sizes
    trials = 3 if chosen.quick else chosen.trials
    values = {
        name: metrics.ndcg(gain, score, sizes, 10) for name, score in orders(data, split, trials, not chosen.quick)
    }
    ours = values["**ours, tuned**"]
    counts = {"train": len(split.train.query_sizes), "test": len(sizes), "judged": int((~np.isnan(ours)).sum())}
    lines = prose("Ranking data of others", ABOUT.format(trials=trials, **counts))
    lines += ["", "| ranker | asked | NDCG@10 | ours, tuned, is better by |", "|---|---:|---:|---:|"]
    for name, found in values.items():
        lead = "" if found is ours else _told(ours - found, "+.3f")
        lines.append(f"| {name} | {f'≥ {ASKED:.2f}' if found is ours else ''} | {_told(found, '.3f')} | {lead} |")
    keep("matcher/lambdarank", lines, printed_only=chosen.quick)
    sys.exit(not chosen.quick and bool(np.nanmean(ours) < ASKED))


def _told(values: FloatArray, form: str) -> str:
    found = metrics.interval(values, seed=1)
    return f"{found.mean:{form}} ({found.low:{form}} to {found.high:{form}})"


if __name__ == "__main__":
    main()
