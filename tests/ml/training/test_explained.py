"""How well scores explain choices: by hand, and where NDCG sees nothing."""

import numpy as np
import pytest

from ml import metrics
from ml.training.explained import compare_explained, explained

SIZES = np.full(200, 2, dtype=np.int64)
PLACES = np.tile([0, 1], 200)
#: The first row is chosen in three slates of four, and the score is 1 there and 0 below.
CHOSEN = np.concatenate([[1.0, 0.0] if n % 4 else [0.0, 1.0] for n in range(200)])


def test_the_log_chance_of_a_choice_is_worked_out_by_hand():
    found = explained(CHOSEN, np.zeros(400), PLACES, SIZES)
    assert found[:4] == pytest.approx([np.log(0.25), np.log(0.75), np.log(0.75), np.log(0.75)], abs=1e-6)


def test_the_unit_of_a_score_does_not_count():
    score = np.random.default_rng(1).normal(size=400)
    places = np.zeros(400, dtype=np.int64)
    one, other = (explained(CHOSEN, score * unit + unit, places, SIZES) for unit in (1.0, 1000.0))
    assert one == pytest.approx(other, abs=1e-6)


def test_a_slate_without_a_choice_has_no_value():
    assert np.isnan(explained(np.zeros(400), np.zeros(400), PLACES, SIZES)).all()


def logged(seed, queries=600, shown=8):
    """Choices by a known conditional logit, without any effect of places."""
    rng = np.random.default_rng(seed)
    score = rng.normal(size=(queries, shown))
    chosen = (2.0 * score + rng.gumbel(size=score.shape)).argmax(axis=1)
    gain = np.zeros((queries, shown))
    gain[np.arange(queries), chosen] = 1.0
    return gain.ravel(), score.ravel(), np.tile(np.arange(shown), queries), np.full(queries, shown)


def test_a_small_loss_shows_here_before_ndcg_sees_it():
    gain, score, position, sizes = logged(3)
    worse = score + 0.25 * np.random.default_rng(4).normal(size=score.size)
    found = compare_explained(gain, {"version": worse, "champion": score}, position, sizes, seed=1)
    assert found["over_champion"]["high"] < 0
    assert found["share"] < -0.02
    each = [metrics.ndcg(gain, one, sizes, 10) for one in (worse, score)]
    difference = each[0] - each[1]
    assert -0.03 < difference.mean() < 0
    assert abs(difference.mean()) / difference.std() < abs(_mean_over_deviation(gain, worse, score, position, sizes))


def _mean_over_deviation(gain, worse, score, position, sizes):
    lead = explained(gain, worse, position, sizes) - explained(gain, score, position, sizes)
    return lead.mean() / lead.std()


def test_a_score_explains_what_it_decided_better_than_chance_does():
    gain, score, position, sizes = logged(5)
    found = compare_explained(gain, {"version": score, "champion": np.zeros_like(score)}, position, sizes, seed=1)
    assert found["over_champion"]["low"] > 0.5


def test_without_a_champion_there_is_nothing_to_compare():
    gain, score, position, sizes = logged(6, queries=20)
    assert compare_explained(gain, {"version": score}, position, sizes, seed=1) is None
