"""Groups of people are compared by hand-worked figures, and small ones are never shown."""

import json

import numpy as np
import pytest

from ml.audit.groups import Characteristic, audit_groups, judge_groups, served
from tests.ml.audit.made import slates

FIRST = [3.0, 0.0]  # the order puts the row with a gain first: NDCG 1
SECOND = [0.0, 3.0]  # second: NDCG 1 / log2(3) = .63093
SCORE = [1.0, 0.0]


def audited(groups, gains, *, judged=True, wait=None):
    made = slates(gains, wait=wait)
    values = served(made, np.tile(SCORE, len(gains)))
    people = [f"p{place}" for place in range(len(groups))]
    return audit_groups(Characteristic("faith", "told", groups, people, judged=judged), values, seed=1)


def test_a_group_that_is_served_worse_by_more_than_chance_refuses():
    found = audited(["a"] * 30 + ["b"] * 30, [FIRST] * 30 + [SECOND] * 30)
    assert found["groups"][1]["ndcg@10"] == pytest.approx({"mean": 0.63093, "low": 0.63093, "high": 0.63093}, abs=1e-5)
    assert found["gaps"]["ndcg@10"]["mean"] == pytest.approx(-0.36907, abs=1e-5)
    ((reason,), warnings) = judge_groups([found])
    assert reason.startswith("faith (b) is served otherwise than the others: NDCG@10 -0.369")
    assert warnings == []


def test_a_gap_that_chance_explains_says_nothing():
    queries = [FIRST] * 15 + [SECOND] * 10 + [FIRST] * 12 + [SECOND] * 13
    assert judge_groups([audited(["a"] * 25 + ["b"] * 25, queries)]) == ([], [])


def test_a_wide_gap_of_a_few_that_chance_explains_does_not_hide_the_sure_one_of_many():
    few, many, rest = [FIRST] * 7 + [SECOND] * 3, [FIRST] * 250 + [SECOND] * 50, [FIRST] * 300
    found = audited(["few"] * 10 + ["many"] * 300 + ["rest"] * 300, few + many + rest)
    means = {group["group"]: group["ndcg@10"]["mean"] for group in found["groups"]}
    assert means["few"] < means["many"] < means["rest"]
    assert judge_groups([found])[0]


def test_a_gap_that_is_there_but_may_be_as_small_as_wanted_only_warns():
    queries = [FIRST] * 190 + [SECOND] * 10 + [FIRST] * 170 + [SECOND] * 30
    reasons, (warning,) = judge_groups([audited(["a"] * 200 + ["b"] * 200, queries)])
    assert reasons == []
    assert "at most 0.02 is wanted" in warning


def test_what_is_only_told_never_refuses():
    found = audited(["a"] * 30 + ["b"] * 30, [FIRST] * 30 + [SECOND] * 30, judged=False)
    assert judge_groups([found])[0] == []


def test_a_group_of_nine_is_named_and_no_figure_of_it_is_shown():
    found = audited(["many"] * 30 + ["few"] * 9, [FIRST] * 30 + [SECOND] * 9)
    assert found["suppressed"] == ["few"]
    assert [group["group"] for group in found["groups"]] == ["many"]
    assert found["gaps"] == {"ndcg@10": None, "wait_days": None}
    assert "0.63" not in json.dumps(found)


def test_nine_people_with_many_slates_each_are_not_shown_either():
    groups = ["many"] * 30 + ["few"] * 27
    values = served(slates([FIRST] * 57), np.tile(SCORE, 57))
    people = [f"p{place}" for place in range(30)] + [f"q{place % 9}" for place in range(27)]
    found = audit_groups(Characteristic("faith", "told", groups, people), values, seed=1)
    assert found["suppressed"] == ["few"]


def test_counts_of_people_are_rounded_to_five_and_one_person_counts_once():
    made = slates([FIRST] * 46)
    values = served(made, np.tile(SCORE, 46))
    people = [f"p{place % 23}" for place in range(46)]
    found = audit_groups(Characteristic("faith", "told", ["a"] * 46, people), values, seed=1)
    assert found["groups"][0]["people"] == 25


def test_waiting_is_weighed_by_the_attention_that_a_line_gets():
    made = slates([FIRST], wait=[[10.0, 4.0]])
    by_hand = (10 * 1.0 + 4 * 0.63093) / 1.63093
    assert served(made, np.array(SCORE))["wait_days"] == pytest.approx([by_hand], abs=1e-4)


def test_nobody_who_did_not_tell_is_counted_in_a_group():
    found = audited(["a"] * 12 + [None] * 20, [FIRST] * 12 + [SECOND] * 20)
    assert [group["group"] for group in found["groups"]] == ["a"]
    assert found["groups"][0]["ndcg@10"]["mean"] == 1.0
