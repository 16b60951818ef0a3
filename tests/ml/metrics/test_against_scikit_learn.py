"""NDCG beside scikit-learn's, on any slates."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import dcg_score, ndcg_score

from ml.metrics import GAINS, dcg, mrr, ndcg, recall

QUERY = st.lists(st.integers(0, 4), min_size=2, max_size=12)


@settings(max_examples=25, deadline=None)
@given(st.lists(QUERY, min_size=1, max_size=5), st.integers(1, 12), st.randoms(use_true_random=False))
def test_ndcg_and_dcg_are_scikit_learns_where_no_scores_are_equal(queries, k, chance):
    sizes = np.array([len(query) for query in queries])
    gain = GAINS[np.concatenate([np.array(query) for query in queries])]
    score = np.array(chance.sample(range(1000), gain.size), dtype=float)
    found, plain = ndcg(gain, score, sizes, k), dcg(gain, score, sizes, k)
    for number, end in enumerate(np.cumsum(sizes)):
        rows = slice(end - sizes[number], end)
        assert plain[number] == pytest.approx(dcg_score([gain[rows]], [score[rows]], k=k))
        if gain[rows].any():
            assert found[number] == pytest.approx(ndcg_score([gain[rows]], [score[rows]], k=k))
        else:
            assert math.isnan(found[number])


@settings(max_examples=25, deadline=None)
@given(QUERY, st.integers(1, 12), st.randoms(use_true_random=False))
def test_measures_lie_between_0_and_1_and_do_not_depend_on_the_scale_of_scores(query, k, chance):
    gain, sizes = GAINS[np.array(query)], np.array([len(query)])
    score = np.array(chance.sample(range(1000), gain.size), dtype=float)
    for measured in (
        lambda s: ndcg(gain, s, sizes, k),
        lambda s: mrr(gain, s, sizes),
        lambda s: recall(gain, s, sizes, k),
    ):
        found = measured(score)
        assert np.isnan(found[0]) or 0 <= found[0] <= 1
        assert found.tobytes() == measured(score * 8 - 3).tobytes()


@settings(max_examples=25, deadline=None)
@given(QUERY, st.integers(1, 12))
def test_nothing_is_better_than_the_order_by_gain(query, k):
    gain, sizes = GAINS[np.array(query)], np.array([len(query)])
    best = ndcg(gain, gain, sizes, k)
    assert np.isnan(best[0]) == (not gain.any())
    if gain.any():
        assert best[0] == 1
        assert ndcg(gain, -gain, sizes, k)[0] <= 1
