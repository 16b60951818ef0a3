from datetime import date, timedelta

import numpy as np
import pytest

from ml.training.labels import State, label_of
from ml.training.world.placements import Course, course, placement

CHOSEN_ON = date(2026, 3, 1)
BASE = {"chosen_at": "2026-03-01T10:00:00Z"}


def reads(relevance, days, *, attended=0, reason=None, end_days=84, recorded=True):
    taken = Course(relevance, reason, start_days=10, end_days=end_days, attended=attended, recorded=recorded)
    return placement(taken, BASE, CHOSEN_ON, CHOSEN_ON + timedelta(days=days))


def test_an_outcome_younger_than_twelve_weeks_is_missing_and_not_zero():
    young = reads(4, 83, attended=8)

    assert "outcome_on" not in young
    assert young["wellbeing_gain"] == "unknown"
    assert young["status"] == "started"


def test_a_gain_shows_on_its_day():
    old = reads(4, 84, attended=8)

    assert (old["status"], old["attended"], old["wellbeing_gain"]) == ("sustained", 8, "yes")
    assert old["outcome_on"] == "2026-05-24"


def test_nothing_is_attended_before_the_start():
    assert "started_on" not in reads(3, 9, attended=6)
    assert reads(3, 10, attended=6)["started_on"] == "2026-03-11"


def test_an_outcome_that_nobody_recorded_stays_missing():
    lost = reads(4, 300, attended=8, recorded=False)

    assert "outcome_on" not in lost
    assert lost["wellbeing_gain"] == "unknown"


@pytest.mark.parametrize(
    ("relevance", "attended", "reason"),
    [(0, 0, "not_interested"), (1, 0, None), (2, 2, "other"), (3, 6, None), (4, 9, None)],
)
def test_training_reads_the_relevance_that_was_meant(relevance, attended, reason):
    document = reads(relevance, 200, attended=attended, reason=reason)

    assert label_of(document, as_of=date(2026, 11, 1)).relevance == relevance


def test_a_place_that_was_full_is_no_matter_of_taste():
    assert label_of(reads(0, 200, reason="full"), as_of=date(2026, 11, 1)).state is State.MISSING


def test_a_place_is_held_while_it_lasts():
    assert reads(3, 100, attended=6)["place_held"] == "accepted"
    assert "place_held" not in reads(3, 200, attended=6)
    assert "place_held" not in reads(0, 20, reason="time", end_days=5)


def test_sustained_means_four_sessions_or_more():
    courses = [course(np.random.default_rng(seed), 3) for seed in range(100)]

    assert all(one.attended >= 4 for one in courses if one.relevance == 3)
    assert {one.relevance for one in courses} == {0, 3}  # a few fail whatever the taste
