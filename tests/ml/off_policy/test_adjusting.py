"""The fall of attention by comparing like with like, and how it is put together with what chance says."""

import numpy as np
import pytest

from ml.off_policy.adjusting import DOUBT, adjusted
from ml.off_policy.examination import Examination, refuse_vague
from ml.off_policy.refusal import OffPolicyError

ROUGH = Examination(0.6, 0.1, 500)


def ranked(fall, *, slates, seed, worth=0.8):
    """Slates of four in the order of a feature for certain; choices by worth, log-linear in it, and by place."""
    rng = np.random.default_rng(seed)
    feature = -np.sort(-rng.normal(size=(slates, 4)), axis=1).ravel()
    position = np.tile(np.arange(4), slates)
    chosen = rng.random(feature.size) < 0.1 * np.exp(worth * np.minimum(feature, 2)) * (1.0 + position) ** -fall
    return feature[:, None], chosen, position, np.full(slates, 4)


@pytest.mark.parametrize("fall", [0.0, 1.0])
def test_the_fall_is_found_where_the_order_follows_from_what_is_known(fall):
    found = adjusted(Examination(5.0, 1e6, 500), *ranked(fall, slates=20_000, seed=3))
    assert found.share == pytest.approx(0, abs=1e-9)
    assert found.fall == pytest.approx(fall, abs=3 * 0.05)
    assert found.error == pytest.approx(DOUBT, rel=0.2)


def test_two_estimates_of_one_error_are_halved():
    told = adjusted(Examination(5.0, 1e6, 500), *ranked(1.0, slates=20_000, seed=3))
    both = adjusted(Examination(0.6, told.error, 500), *ranked(1.0, slates=20_000, seed=3))
    assert both.share == pytest.approx(0.5)
    assert both.fall == pytest.approx((0.6 + told.fall) / 2)
    assert both.error == pytest.approx(told.error / np.sqrt(2))
    assert both.error_of_chance == pytest.approx(told.error)


def test_what_chance_says_for_certain_stands():
    sure = adjusted(Examination(0.6, 1e-6, 500), *ranked(1.0, slates=2000, seed=3))
    assert sure.fall == pytest.approx(0.6, abs=1e-6)


def test_a_model_of_too_few_choices_is_left_aside():
    X, chosen, position, sizes = ranked(1.0, slates=20, seed=3)
    assert adjusted(ROUGH, X, chosen, position, sizes) == ROUGH
    assert adjusted(ROUGH, X, np.zeros_like(chosen), position, sizes) == ROUGH


def test_features_that_are_missing_or_always_the_same_do_no_harm():
    X, chosen, position, sizes = ranked(1.0, slates=4000, seed=3)
    plain = adjusted(ROUGH, X, chosen, position, sizes)
    more = np.column_stack((X, np.full(len(X), 7.0), np.full(len(X), np.nan)))
    assert adjusted(ROUGH, more, chosen, position, sizes).fall == pytest.approx(plain.fall)


def test_where_chance_says_too_little_a_model_alone_is_not_believed():
    vague = adjusted(Examination(0.6, 0.3, 500), *ranked(1.0, slates=20_000, seed=3))
    assert vague.error < 0.2
    with pytest.raises(OffPolicyError, match=r"known only to ±0\.59"):
        refuse_vague(vague)
