"""Exposure per merit, by hand."""

from datetime import date, timedelta

import numpy as np
import pytest

from ml.audit.attention import attention, ranks
from ml.audit.directory import sides_of
from ml.audit.items import audit_items, exposure_per_merit, judge_items
from ml.training.tables import Tables, write_table
from tests.ml.audit.made import DAY, slates


def test_attention_falls_as_ndcg_discounts_and_ends_with_the_slate():
    assert attention(np.array([0, 1, 2, 9, 10])) == pytest.approx([1.0, 0.63093, 0.5, 0.28906, 0.0], abs=1e-5)


def test_rows_are_ranked_within_their_query_and_ties_keep_their_order():
    assert ranks(np.array([0.1, 0.9, 0.9, 5.0]), np.array([3, 1])).tolist() == [2, 0, 1, 0]


def test_exposure_per_merit_is_worked_out_by_hand():
    made = slates([[3.0, 1.0]] * 20)
    found = exposure_per_merit(made, np.tile([1.0, 0.0], 20), np.tile([True, False], 20), seed=1)
    assert found["mean"] == pytest.approx((1 / 3) / (0.63093 / 1), abs=1e-4)
    assert found["low"] == found["high"] == found["mean"]


def test_equal_merit_below_the_others_is_unfair_to_small_providers():
    made = slates([[1.0] * 8] * 30)
    small = np.tile([False] * 4 + [True] * 4, 30)
    (reason,), _ = judge_items(audit_items(made, np.tile(-np.arange(8.0), 30), {"small : large": small}, seed=1))
    by_hand = attention(np.arange(4, 8)).sum() / attention(np.arange(4)).sum()
    assert reason.startswith(f"Exposure per merit, small : large: {by_hand:.2f}")


def test_too_few_queries_with_merit_on_both_sides_tell_nothing():
    made = slates([[3.0, 1.0]] * 19)
    (found,) = audit_items(made, np.zeros(38), {"new : old": np.tile([True, False], 19)}, seed=1)
    assert found["ratio"] is None
    assert "fewer than 20" in found["why"]


def test_the_directory_tells_who_is_small_and_what_is_new(tmp_path):
    made = slates([[1.0] * 3])
    opened = [date.fromordinal(DAY) - timedelta(days) for days in (10, 400, 179)]
    docs = [("a0", "big"), ("a1", "big"), ("a2", "little"), *((f"b{n}", "big") for n in range(3))]
    rows = [
        (name, 1, {"organisation_id": provider, "opens_on": opened[place % 3].isoformat()})
        for place, (name, provider) in enumerate(docs)
    ]
    write_table(tmp_path / "asset.parquet", rows)
    sides = sides_of(made, Tables(tmp_path))
    assert sides["small : large"].tolist() == [False, False, True]
    assert sides["new : old"].tolist() == [True, False, True]
    assert sides_of(made, None)["new : old"] is None
