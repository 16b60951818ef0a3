"""Off-policy estimators, with answers worked out by hand."""

import numpy as np
import pytest

from ml.off_policy import estimators
from ml.off_policy.intervals import bootstrap
from ml.off_policy.refusal import FEWEST_EFFECTIVE, OffPolicyError, TooFewError, refuse_few
from ml.off_policy.weights import effective, importance

#: Four impressions of one row each: weights 2, 0, 4, 1 and rewards 1, 1, 0, 1.
REWARD = np.array([1.0, 1.0, 0.0, 1.0])
TARGET = np.array([1.0, 0.0, 1.0, 0.5])
LOGGED = np.array([0.5, 0.5, 0.25, 0.5])
SIZES = np.ones(4, dtype=np.int64)
#: Two slates of two rows.
PAIRS = np.array([2, 2])


def weight(sizes=SIZES, clip=np.inf):
    return importance(TARGET, LOGGED, sizes, clip=clip)


def test_the_naive_mean_is_the_mean_of_what_was_logged():
    assert estimators.naive(REWARD, SIZES).mean() == 0.75
    assert estimators.naive(REWARD, PAIRS).tolist() == [2.0, 1.0]


def test_inverse_propensities_weigh_each_reward():
    assert weight().value.tolist() == [2.0, 0.0, 4.0, 1.0]
    assert estimators.ips(REWARD, weight().value, SIZES).mean() == (2 + 0 + 0 + 1) / 4
    assert estimators.ips(REWARD, weight().value, PAIRS).tolist() == [2.0, 1.0]


def test_self_normalised_weights_divide_by_their_own_sum():
    assert estimators.snips(REWARD, weight().value, SIZES).mean() == pytest.approx(3 / 7)
    assert estimators.snips(REWARD, weight().value, PAIRS).mean() == pytest.approx(2 * 3 / 7)


def test_self_normalising_refuses_a_log_without_weight():
    with pytest.raises(ValueError, match="no row has weight"):
        estimators.snips(REWARD, np.zeros(4), SIZES)


def test_the_doubly_robust_estimate_mends_the_model_by_its_weighted_errors():
    logged, target = np.array([0.5, 0.5, 0.5, 1.0]), np.array([0.25, 0.5, 0.75, 1.0])
    found = estimators.doubly_robust(REWARD, weight().value, SIZES, predicted_logged=logged, predicted_target=target)
    assert found.tolist() == [0.25 + 2 * 0.5, 0.5, 0.75 - 4 * 0.5, 1.0]
    assert estimators.direct(target).mean() == 0.625


def test_the_doubly_robust_estimate_is_the_direct_one_where_the_model_is_right():
    target = np.array([0.2, 0.4, 0.6, 0.8])
    found = estimators.doubly_robust(REWARD, weight().value, SIZES, predicted_logged=REWARD, predicted_target=target)
    assert found.tolist() == target.tolist()


def test_without_a_model_the_doubly_robust_estimate_is_that_of_inverse_propensities():
    found = estimators.doubly_robust(
        REWARD, weight().value, SIZES, predicted_logged=np.zeros(4), predicted_target=np.zeros(4)
    )
    assert found.tolist() == estimators.ips(REWARD, weight().value, SIZES).tolist()


def test_clipping_tells_how_many_weights_were_cut_and_what_is_left_of_their_sum():
    found = weight(clip=2.0)
    assert found.value.tolist() == [2.0, 0.0, 2.0, 1.0]
    assert (found.clipped, found.share_kept) == (1, 5 / 7)
    assert (weight().clipped, weight().share_kept) == (0, 1.0)


def test_the_effective_sample_size_is_that_of_kish():
    assert weight().ess == pytest.approx(49 / 21)
    assert effective(np.ones(40), np.ones(40, dtype=np.int64)) == 40
    assert effective(np.zeros(4), SIZES) == 0


def test_rows_of_one_slate_are_not_witnesses_of_their_own():
    assert effective(np.ones(40), np.full(4, 10)) == 4
    assert weight(PAIRS).ess == pytest.approx(49 / 21 / 2)


@pytest.mark.parametrize("bad", [0.0, -0.1, 1.01, float("nan"), float("inf")])
def test_a_propensity_that_is_none_is_refused(bad):
    with pytest.raises(OffPolicyError, match="1 logged propensities are not above 0 and at most 1"):
        importance(TARGET, np.array([0.5, bad, 0.5, 0.5]), SIZES)


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan")])
def test_a_target_propensity_that_is_none_is_refused(bad):
    with pytest.raises(ValueError, match="0 to 1"):
        importance(np.array([0.5, bad, 0.5, 0.5]), LOGGED, SIZES)


def test_below_a_hundred_effective_slates_no_number_is_given():
    refuse_few(FEWEST_EFFECTIVE)
    for ess in (99.9, 0.0, float("nan")):
        with pytest.raises(TooFewError, match="no estimate is given"):
            refuse_few(ess)


def test_a_bootstrap_interval_repeats_holds_its_mean_and_widens_for_a_shared_error():
    values = np.arange(50.0)
    found = bootstrap(values, seed=1)
    assert found == bootstrap(values, seed=1)
    assert found.low < found.mean == 24.5 < found.high
    assert bootstrap(values, seed=1, also=3.0).low < found.low


def test_queries_that_do_not_add_up_to_the_rows_are_refused():
    with pytest.raises(ValueError, match="query sizes"):
        estimators.naive(REWARD, np.array([3, 3]))
