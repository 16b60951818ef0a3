"""How far down people look, found again where it is known."""

import numpy as np
import pytest

from ml.off_policy.examination import Examination, examination, refuse_vague
from ml.off_policy.placing import softly
from ml.off_policy.refusal import OffPolicyError


def made(fall, table, *, slates, seed):
    """Choices of items of unlike worth, in slates of four in an order drawn from `table`, row by row."""
    rng = np.random.default_rng(seed)
    tables = np.tile(table, (slates, 1))
    position = (rng.random(len(tables))[:, None] > tables.cumsum(axis=1)).sum(axis=1)
    worth = np.tile([0.9, 0.5, 0.3, 0.1], slates)
    chosen = rng.random(len(tables)) < worth * (1.0 + position) ** -fall
    return chosen, tables, position


@pytest.mark.parametrize("fall", [0.0, 1.0])
@pytest.mark.parametrize("table", [np.full((4, 4), 0.25), softly(np.eye(4), 0.6, np.full(4, 4))])
def test_the_fall_of_attention_is_found_whatever_items_are_worth(fall, table):
    found = examination(*made(fall, table, slates=4000, seed=7))
    assert abs(found.fall - fall) < 3 * found.error
    assert found.error < 0.1


def test_two_choices_at_the_first_place_for_each_at_the_second_are_a_fall_of_one():
    chosen = np.ones(90, dtype=bool)
    position = np.array([0] * 60 + [1] * 30)
    found = examination(chosen, np.full((90, 2), 0.5), position)
    assert found.fall == pytest.approx(1.0)
    assert found.error == pytest.approx(1 / np.sqrt(90 * (1 / 3 * 2 / 3) * np.log(2) ** 2))
    assert found.of(3).tolist() == pytest.approx([1, 1 / 2, 1 / 3])


def test_few_choices_that_chance_placed_are_refused():
    chosen, table, position = made(1.0, np.eye(4), slates=100, seed=7)
    with pytest.raises(OffPolicyError, match="Only 0 choices"):
        examination(chosen, table, position)


def test_a_curve_that_is_known_too_roughly_is_refused():
    refuse_vague(Examination(0.8, 0.19, 100))
    with pytest.raises(OffPolicyError, match=r"known only to ±0\.41"):
        refuse_vague(Examination(0.8, 0.21, 100))
