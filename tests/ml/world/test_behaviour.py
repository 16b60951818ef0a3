from collections import Counter

import numpy as np
import pytest

from ml.training.world.behaviour import choose, draw_slate, examined, outcome

FOUR = np.array([11, 12, 13, 14])
HABIT = np.array([0.1, 0.4, 0.3, 0.2])  # so habit shows 12, 13, 14, 11


def test_propensities_are_worked_out_exactly():
    # a fifth of slates is drawn from 4 items: 0.2 / 4 = 0.05 for each at any position, and 0.8 more where habit puts it
    for seed in range(60):
        slate = draw_slate(np.random.default_rng(seed), FOUR, HABIT)
        expected = [0.85 if row == usual else 0.05 for row, usual in zip(slate.rows, (12, 13, 14, 11), strict=True)]
        assert slate.propensities.tolist() == pytest.approx(expected)


def test_items_turn_up_as_often_as_their_propensity_says():
    rng = np.random.default_rng(7)
    firsts = Counter(int(draw_slate(rng, FOUR, HABIT).rows[0]) for _ in range(4000))

    # 3 standard errors of a share near 0.85, and of one near 0.05, of 4,000
    assert firsts[12] / 4000 == pytest.approx(0.85, abs=0.017)
    assert firsts[11] / 4000 == pytest.approx(0.05, abs=0.011)


def test_a_slate_shows_ten_different_items_at_most():
    slate = draw_slate(np.random.default_rng(1), np.arange(60), np.linspace(0, 1, 60))

    assert len(set(slate.rows.tolist())) == 10
    assert (slate.propensities >= 0.2 / 60).all()


def test_attention_falls_with_position_and_faster_for_the_second_group():
    rng = np.random.default_rng(3)
    seen = {group: np.mean([examined(rng, 10, group) for _ in range(3000)], axis=0) for group in (0, 1)}

    assert seen[0][0] == seen[1][0] == 1.0
    # position 3 is the fourth: 4 ** -0.8 = 0.33 and 4 ** -1.1 = 0.22, within 3 standard errors
    assert seen[0][3] == pytest.approx(0.33, abs=0.026)
    assert seen[1][3] == pytest.approx(0.22, abs=0.023)


def test_at_most_three_are_chosen_and_only_what_was_seen():
    chosen = choose(np.random.default_rng(1), np.array([0, 2, 3, 5, 9]), np.full(5, 50.0))

    assert len(chosen) == 3
    assert set(chosen.tolist()) <= {0, 2, 3, 5, 9}


def test_what_suits_nobody_is_not_chosen():
    assert choose(np.random.default_rng(1), np.arange(10), np.full(10, -50.0)).size == 0


@pytest.mark.parametrize(("merit", "relevance"), [(-9.0, 0), (9.0, 4)])
def test_the_outcome_follows_from_the_utility(merit, relevance):
    assert {outcome(np.random.default_rng(seed), merit) for seed in range(50)} == {relevance}


def test_outcomes_near_a_step_vary():
    assert {outcome(np.random.default_rng(seed), 0.9) for seed in range(200)} == {0, 1, 2, 3, 4}
