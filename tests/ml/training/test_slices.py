"""Figures by slice, corrected figures and learning curves, with answers worked out by hand."""

import math

import numpy as np
import polars as pl
import pytest

from ml.off_policy.examination import Examination
from ml.training.corrected import corrected, shares
from ml.training.groups import Dataset
from ml.training.slices import FEWEST, by_slice, slices_of


def dataset(queries, **columns):
    """Queries of two rows each; a column is given for one query and repeated."""
    rows = {name: values * queries for name, values in columns.items()}
    made = pl.DataFrame({"query": [f"q{number:03}" for number in range(queries) for _ in range(2)], **rows})
    return Dataset(made, {"features": {"names": [name for name in ("untried",) if name in columns]}})


def test_a_slice_of_items_is_measured_where_one_of_its_items_was_chosen_among_all_that_was_shown():
    made = dataset(FEWEST, kind=["asset", "opportunity"])
    gain, score = np.array([1.0, 3.0] * FEWEST), np.array([2.0, 1.0] * FEWEST)
    found = by_slice(slices_of(made), gain, {"version": score, "rules": -score}, made, seed=1)
    assert found["kind"]["asset"]["quality"]["version"]["mean"] == 1
    second = pytest.approx(1 / math.log2(3), abs=1e-6)
    assert found["kind"]["opportunity"]["quality"]["version"]["mean"] == second
    assert found["kind"]["asset"]["over"]["rules"]["mean"] == pytest.approx(1 - 1 / math.log2(3), abs=1e-6)
    assert found["kind"]["asset"]["queries"] == FEWEST


def test_a_slice_of_few_queries_is_named_without_a_figure():
    made = dataset(FEWEST, kind=["asset", "opportunity"])
    gain = np.array([1.0, 0.0] * FEWEST)
    gain[-1] = 1.0
    found = by_slice(slices_of(made), gain, {"version": gain}, made, seed=1)
    assert found["kind"]["opportunity"] == {"suppressed": f"fewer than {FEWEST} judged queries"}


def test_slices_are_named_in_words_and_left_out_where_a_set_does_not_tell_them_apart():
    made = dataset(
        1, need=["food", "work"], district=[7000066, 6000033], urgency=[0, 2], kind=["asset", "asset"],
        provider_items=[4, None], untried=[1.0, 0.0],
    )  # fmt: skip
    found = slices_of(made)
    assert {group: list(named) for group, named in found.items()} == {
        "need": ["food", "work"],
        "district": ["E06000033", "E07000066"],
        "urgency": ["routine", "urgent"],
        "provider": ["large", "small"],
        "item": ["tried", "untried"],
    }
    assert found["provider"]["small"].tolist() == [True, False]
    assert not found["provider"]["large"].any()
    assert slices_of(dataset(1)) == {}


def test_what_stood_low_and_was_chosen_counts_by_how_seldom_its_place_is_looked_at():
    """Two queries of two: one chosen at the first place, one at the second, which half the people look at."""
    gain, position, sizes = np.array([1.0, 0.0, 0.0, 1.0]), np.array([0, 1, 0, 1]), np.array([2, 2])
    curve = Examination(1.0, 0.01, 1000)
    as_served = shares(gain, position, -position.astype(float), sizes, curve)
    assert as_served.mean() == pytest.approx((1 + 2 / math.log2(3)) / (1 + 2))
    assert shares(gain, position, gain, sizes, curve).tolist() == [1.0, 1.0]


def test_a_query_without_a_positive_does_not_count():
    curve = Examination(1.0, 0.01, 1000)
    found = shares(np.array([1.0, 0.0, 0.0, 0.0]), np.zeros(4, dtype=int), np.zeros(4), np.array([2, 2]), curve)
    assert found[0] == 1
    assert math.isnan(found[1])


def test_without_chance_in_the_log_nothing_is_corrected_and_the_reason_is_told():
    made = dataset(2, kind=["asset", "asset"])
    found = corrected(made, made, np.ones(4), {"version": np.ones(4)}, seed=1)
    assert "does not say by which policy" in found["refused"]
