"""How far the ranker's inputs give a group away."""

import numpy as np
import pytest

from ml.audit.groups import Characteristic
from ml.audit.proxy import audit_proxy, given_away, inputs_read, interval, judge_proxies


def asked(count, seed=1):
    rng = np.random.default_rng(seed)
    return [{"needs_mask": float(rng.integers(1, 64)), "urgency": float(rng.integers(0, 3))} for _ in range(count)]


def groups(values):
    return Characteristic(
        "faith", "told", ["b" if value else "a" for value in values], [f"p{n}" for n in range(len(values))]
    )


def test_the_area_is_the_chance_that_a_member_scores_higher_and_ties_count_half():
    member = np.array([False, False, True, True])
    assert interval(np.array([1.0, 2.0, 3.0, 4.0]), member)["mean"] == 1.0
    assert interval(np.array([1.0, 3.0, 2.0, 4.0]), member)["mean"] == 0.75
    assert interval(np.zeros(4), member)["mean"] == 0.5


def test_the_interval_agrees_with_hanley_and_mcneil_by_hand():
    member = np.array([False] * 50 + [True] * 50)
    score = np.concatenate([np.arange(50.0), np.arange(50.0) + 12.5])
    found = interval(score, member)
    area = found["mean"]
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    spread = (area * (1 - area) + 49 * (one - area**2) + 49 * (two - area**2)) / 2500
    assert found["high"] - area == pytest.approx(1.96 * spread**0.5, abs=1e-6)


def test_a_group_that_chance_draws_is_not_given_away():
    found = audit_proxy(groups(np.random.default_rng(3).random(400) < 0.3), asked(400))
    assert 0.4 < found["auc"]["mean"] < 0.6
    assert judge_proxies([found]) == ([], [])


def test_an_input_that_is_the_group_under_another_name_refuses():
    known = asked(200)
    found = audit_proxy(groups([one["urgency"] > 1 for one in known]), known)
    (reason,), _ = judge_proxies([found])
    assert reason.startswith("How urgent it is alone tells faith")


def test_what_gives_a_group_away_only_together_warns():
    rng = np.random.default_rng(5)
    known = asked(600)
    bits = np.array([[int(one["needs_mask"]) >> place & 1 for place in range(4)] for one in known])
    found = audit_proxy(groups(bits.sum(axis=1) + rng.normal(0, 0.7, 600) > 2), known)
    reasons, (warning,) = judge_proxies([found])
    assert reasons == []
    assert "gives faith" in warning


def test_a_group_that_one_input_tells_is_not_hidden_by_one_that_only_all_of_them_tell():
    sure = {"group": "a", "auc": {"mean": 0.9}, "single": {"input": "urgency", "low": 0.81}}
    loose = {"group": "b", "auc": {"mean": 0.95}, "single": {"input": "urgency", "low": 0.79}}
    assert max((sure, loose), key=given_away) is sure


def test_groups_that_are_too_small_have_no_area():
    assert audit_proxy(groups([True] * 9 + [False] * 100), asked(109)) is None


def test_age_and_audience_reach_no_feature():
    assert not {"age_low", "age_high", "may_join"} & set(inputs_read())
