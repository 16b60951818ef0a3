"""Slates of several policies: each is weighed by its own, and none are put together unless somebody says so."""

from datetime import date

import numpy as np
import pytest

from ml.off_policy.refusal import OffPolicyError
from ml.off_policy.slates import logged_slates
from ml.training.dataset import Making, write_dataset
from ml.training.groups import Dataset
from tests.ml.training.made import exposure, item, placement, tables

SERVED, HABIT = "ranked-demand0.1-swap10", "habit-explore-20"


def dataset(folder, *policies):
    """One slate a policy, a day apart, long enough ago to be judged."""
    slates = {
        f"e{at}": exposure([item("a", 0, propensity=0.9), item("b", 1, propensity=0.9)], referral=f"r{at}", days=at)
        | {"policy": policy}
        for at, policy in enumerate(policies)
    }
    chosen = {f"p{at}": placement(f"e{at}", "a", referral=f"r{at}", days=at) for at in range(len(policies))}
    write_dataset(tables(folder / "tables", slates, chosen), folder / "set", Making(as_of=date(2026, 1, 1)))
    return Dataset.load(folder / "set")


def test_slates_of_several_policies_are_refused_until_they_are_named(tmp_path):
    made = dataset(tmp_path, SERVED, HABIT, SERVED, "nobody-knows", SERVED)
    with pytest.raises(OffPolicyError) as told:
        logged_slates(made, "chosen", ())
    for words in (f"2 policies: {HABIT} (1), {SERVED} (3)", f"--policy {HABIT} --policy {SERVED}"):
        assert words in str(told.value)
    one = logged_slates(made, "chosen", [SERVED])
    assert one.policies == {SERVED: 3}
    assert one.left_out == {"of an unknown policy": 1, "of other policies": 1}
    assert np.array_equal(one.query_sizes, [2, 2, 2])
    assert logged_slates(made, "chosen", [SERVED, HABIT]).policies == {HABIT: 1, SERVED: 3}


def test_slates_of_one_policy_need_no_name_and_the_curve_of_attention_takes_all(tmp_path):
    made = dataset(tmp_path, SERVED, SERVED, "nobody-knows")
    assert logged_slates(made, "chosen", ()).policies == {SERVED: 2}
    assert logged_slates(dataset(tmp_path / "more", SERVED, HABIT), "chosen").policies == {HABIT: 1, SERVED: 1}


def test_a_policy_that_no_slate_came_about_by_leaves_none(tmp_path):
    with pytest.raises(OffPolicyError, match=r"No slate is left to estimate from: .* 2 of other policies"):
        logged_slates(dataset(tmp_path, SERVED, HABIT), "chosen", ["elsewhere"])
