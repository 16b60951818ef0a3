"""Metrics, with answers worked out by hand."""

import math

import numpy as np
import pytest

from ml.metrics import gains_of, interval, mrr, ndcg, recall

SIZES = np.array([3, 2])
GAIN = np.array([0.0, 3.0, 1.0, 0.0, 0.0])
SCORE = np.array([3.0, 2.0, 1.0, 1.0, 0.0])


def test_gains_double_and_grow_with_relevance():
    assert gains_of(np.array([0, 1, 2, 3, 4])).tolist() == [0, 1, 3, 7, 15]


@pytest.mark.parametrize("bad", [-1, 5])
def test_a_relevance_beyond_the_gains_is_refused(bad):
    with pytest.raises(ValueError, match="relevance"):
        gains_of(np.array([0, bad]))


def test_ndcg_is_the_hand_worked_ratio_and_nan_without_a_positive():
    found = ndcg(GAIN, SCORE, SIZES, 10)
    dcg = 0 + 3 / math.log2(3) + 1 / math.log2(4)
    ideal = 3 / math.log2(2) + 1 / math.log2(3)
    assert found[0] == pytest.approx(dcg / ideal)
    assert math.isnan(found[1])


def test_ndcg_cuts_the_order_and_the_ideal_at_k():
    assert ndcg(GAIN, SCORE, SIZES, 1)[0] == 0
    assert ndcg(GAIN, SCORE, SIZES, 2)[0] == pytest.approx((3 / math.log2(3)) / (3 + 1 / math.log2(3)))


def test_a_perfect_order_scores_one():
    assert ndcg(GAIN, GAIN, SIZES, 10)[0] == 1


def test_equal_scores_keep_the_order_of_the_rows():
    assert ndcg(np.array([0.0, 1.0]), np.zeros(2), np.array([2]), 1)[0] == 0


def test_reciprocal_rank_looks_at_the_first_positive():
    found = mrr(GAIN, SCORE, SIZES)
    assert found[0] == pytest.approx(1 / 2)
    assert math.isnan(found[1])


def test_recall_counts_the_positives_among_the_first_k():
    assert recall(GAIN, SCORE, SIZES, 2)[0] == pytest.approx(1 / 2)
    assert recall(GAIN, SCORE, SIZES, 3)[0] == 1
    assert math.isnan(recall(GAIN, SCORE, SIZES, 3)[1])


def test_query_sizes_that_do_not_sum_to_the_rows_are_refused():
    with pytest.raises(ValueError, match="query sizes"):
        ndcg(GAIN, SCORE, np.array([3, 3]), 10)


def test_an_interval_holds_its_mean_leaves_nan_out_and_repeats():
    values = np.array([0.1, 0.2, 0.3, math.nan])
    first = interval(values, seed=1)
    assert first.queries == 3
    assert first.mean == pytest.approx(0.2)
    assert first.low < first.mean < first.high
    assert first == interval(values, seed=1)


def test_an_interval_of_nothing_is_refused():
    with pytest.raises(ValueError, match="no query"):
        interval(np.array([math.nan]), seed=1)
