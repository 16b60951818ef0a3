"""How good an order could be: `python benchmarks/matcher/ceiling.py --help`.

Promise measured: how far the log, the features and what no document tells each hold an order below the truth.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from ml.arrays import FloatArray
from ml.features import matrix
from ml.metrics import gains_of, ndcg
from ml.models.trees import LightGBMRanker
from ml.training.dataset import build_dataset
from ml.training.recipe import Recipe
from ml.training.split import split_by_time
from ml.training.tables import Tables
from ml.training.train import fit
from ml.training.world import make_world
from ml.training.world.oracle import Oracle, read_oracle

#: Trees that may fit whatever the features can say, of labels that no log has.
_FREE = {"num_leaves": 31, "trees": 400, "learning_rate": 0.05, "lambda_l2": 1.0}
ABOUT = """NDCG@10 against the truth on the newest fifth of each made-up world, mean over seeds. The first column is the
hybrid as it learns from the log; the second learns from the true grade of every candidate of every earlier referral,
with as many leaves as it likes: what the features can say at all, with a log that hides nothing. The third adds the
quality that no document tells to the features."""


def main() -> None:
    """Measure each dial and keep the table."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--referrals", type=int, default=4000)
    given.add_argument("--dials", default="additive,hard,rural")
    given.add_argument("--seeds", default="1", help="Of the worlds, divided by commas.")
    given.add_argument("--print-only", action="store_true", help="Do not keep the page.")
    asked = given.parse_args()
    lines = [*prose(f"How good an order could be, {asked.referrals:,} referrals", ABOUT), "", *_HEADING]
    for dial in asked.dials.split(","):
        found = [dict(orders(dial, int(seed), asked.referrals)) for seed in asked.seeds.split(",")]
        cells = [f"{np.mean([one[name] for one in found]):.3f}" for name in found[0]]
        lines.append(f"| {dial}, seeds {asked.seeds} | {' | '.join(cells)} |")
    keep("matcher/ceiling", lines, printed_only=asked.print_only)


_HEADING = ["| world | hybrid, from the log | every label seen | and the quality known |", "|---|---|---|---|"]


def orders(dial: str, seed: int, referrals: int) -> Iterator[tuple[str, float]]:
    """Yield the quality of each order in one world."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        make_world(world, seed=seed, referrals=referrals, dial=dial)
        split, oracle = split_by_time(build_dataset(Tables(world))), read_oracle(world)
        quality = _quality(world, oracle)
    early = oracle.days < split.learned_until.date().toordinal()
    late = oracle.days >= split.held_out_from.date().toordinal()
    seen, known = matrix(oracle.inputs), np.column_stack([matrix(oracle.inputs), quality])
    yield "log", _measured(oracle, late, fit(Recipe(), split.train).score(_of(oracle, late, seen)))
    for name, columns in (("labels", seen), ("quality", known)):
        ranker = LightGBMRanker(parameters=_FREE)
        ranker.fit(_of(oracle, early, columns), _of(oracle, early, oracle.relevance), oracle.query_sizes[early])
        yield name, _measured(oracle, late, ranker.score(_of(oracle, late, columns)))


def _measured(oracle: Oracle, queries: np.ndarray, score: FloatArray) -> float:
    gain = gains_of(_of(oracle, queries, oracle.relevance))
    return float(np.nanmean(ndcg(gain, score, oracle.query_sizes[queries], 10)))


def _of(oracle: Oracle, queries: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(rows[np.repeat(queries, oracle.query_sizes)])


def _quality(world: Path, oracle: Oracle) -> FloatArray:
    import polars

    items = polars.read_parquet(world / "oracle" / "items.parquet")
    of: Mapping[str, float] = dict(zip(items["item_id"], items["quality"], strict=True))
    return np.array([of[item] for item in oracle.item_ids])


if __name__ == "__main__":
    main()
