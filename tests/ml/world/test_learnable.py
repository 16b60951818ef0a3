"""A world from which nothing can be learned, or everything at once, would teach nothing about a ranker."""

import numpy as np
import pytest

from ml.features import FEATURE_NAMES, matrix
from ml.metrics import gains_of, ndcg
from ml.models.baselines import baselines
from ml.models.logistic import LogisticRanker
from ml.training.dataset import build_dataset
from ml.training.tables import Tables
from ml.training.world import make_world
from ml.training.world.oracle import read_oracle


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dial", "rules", "logistic"), [("additive", (0.50, 0.61), 0.77), ("hard", (0.55, 0.67), 0.70)]
)
def test_choices_teach_far_more_than_rules_know(tmp_path, dial, rules, logistic):
    """At 4,000 referrals, learned from the older four fifths of slates and judged on the newest fifth."""
    make_world(tmp_path, seed=1, referrals=4000, dial=dial)
    truth, data = read_oracle(tmp_path), build_dataset(Tables(tmp_path))
    newest = np.arange(truth.query_sizes.size) >= 0.8 * truth.query_sizes.size
    rows, sizes = np.repeat(newest, truth.query_sizes), truth.query_sizes[newest]
    judged = {exposure for exposure, new in zip(truth.exposure_ids, newest, strict=True) if new}
    older = data.where(np.array([query not in judged for query in data.queries["query"]]))
    X, gain = matrix(truth.inputs)[rows], gains_of(truth.relevance[rows])

    def quality(ranker):
        return float(np.nanmean(ndcg(gain, ranker.score(X), sizes, 10)))

    learned = LogisticRanker().fit(older.X, older.relevance, older.query_sizes, older.position)
    assert rules[0] < quality(baselines(FEATURE_NAMES)["rules"]) < rules[1]
    assert logistic < quality(learned) < 0.87
