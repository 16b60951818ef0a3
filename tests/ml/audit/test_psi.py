"""The index by hand, its bins, and a limit that knows how large a window is."""

import numpy as np
import pytest

from ml.audit.drift import Side, compare
from ml.audit.moved import moved
from ml.audit.psi import bins_of, edges_of, psi

NAN = float("nan")


def test_the_index_is_worked_out_by_hand():
    before, now = np.array([69.5, 29.5]), np.array([39.5, 59.5])  # a half is added to each: .7, .3 and .4, .6
    by_hand = (0.7 - 0.4) * np.log(0.7 / 0.4) + (0.3 - 0.6) * np.log(0.3 / 0.6)
    assert psi(before, now) == pytest.approx(by_hand)
    assert psi(before, before) == 0.0


def test_a_bin_that_is_empty_on_one_side_gives_a_finite_index():
    assert np.isfinite(psi(np.array([100.0, 0.0]), np.array([0.0, 100.0])))


def test_bins_hold_equal_shares_of_the_reference():
    edges = edges_of(np.arange(1000.0))
    assert np.bincount(bins_of(np.arange(1000.0), edges)).tolist() == [100] * 10


def test_each_value_of_a_column_of_few_is_a_bin_of_its_own():
    edges = edges_of(np.array([1.0] * 99 + [0.0]))
    assert bins_of(np.array([0.0, 1.0]), edges).tolist() == [0, 1]


def test_what_is_missing_has_a_bin_of_its_own():
    edges = edges_of(np.array([1.0, 2.0, NAN]))
    assert bins_of(np.array([1.0, 2.0, 9.0, NAN]), edges).tolist() == [0, 1, 1, 2]


def test_values_below_a_heap_at_the_top_are_parted_from_it():
    column = np.concatenate([np.arange(100.0), np.full(2000, 100.0)])
    edges = edges_of(column)
    assert bins_of(np.array([5.0]), edges) < bins_of(np.array([100.0]), edges)


def side(slates, seed, shift=0.0):
    """Rows of eight a slate that share half of what they are."""
    rng = np.random.default_rng(seed)
    rows = np.repeat(rng.normal(size=(slates, 5)), 8, axis=0) + rng.normal(size=(slates * 8, 5))
    rows[:, 2] += shift * rows[:, 2].std()
    return rows, np.full(slates, 8)


def test_a_column_moved_by_one_deviation_is_found_and_no_other():
    found = moved(*side(400, 1), *side(60, 2, shift=1.0), seed=1)
    assert (found.index > found.limit).tolist() == [False, False, True, False, False]


def test_only_a_column_beyond_its_limit_is_said_to_have_moved():
    told = compare(Side(*side(400, 1)), None, Side(*side(60, 2, shift=1.0)), seed=1, features=["a", "b", "c", "d"])
    assert [one["name"] for one in told if one["moved"]] == ["c"]
    assert all(one["moved"] == (one["psi"] > one["limit"]) for one in told)
    assert {one["name"] for one in told} == {"a", "b", "c", "d", "score"}


def test_in_twenty_quiet_windows_at_most_one_raises_an_alarm():
    base = side(400, 1)
    alarms = [found.index > found.limit for found in (moved(*base, *side(60, 10 + n), seed=1) for n in range(20))]
    assert sum(one.any() for one in alarms) <= 1


def test_a_small_window_has_a_wider_limit():
    base = side(400, 1)
    small, large = (moved(*base, *side(slates, 3), seed=1).limit.max() for slates in (10, 200))
    assert small > large


def test_the_same_windows_give_the_same_limits():
    one, other = (moved(*side(100, 1), *side(30, 2), seed=7) for _ in range(2))
    assert one.limit.tobytes() == other.limit.tobytes()
