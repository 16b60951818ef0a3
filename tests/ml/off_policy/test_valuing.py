"""What an order would earn, worked out by hand under both assumptions, and refused where the log cannot tell."""

import numpy as np
import pytest

from ml.off_policy import valuing
from ml.off_policy.examination import Examination
from ml.off_policy.placing import as_logged, by_score, drawn_by_chance
from ml.off_policy.reward_model import cross_fitted
from ml.off_policy.slates import LoggedSlates

FALL_OF_ONE = Examination(1.0, 0.0, 1000)


def slates(count, *, policy, propensity, reward):
    """`count` equal slates of two rows."""
    position, sizes = np.tile([0, 1], count), np.full(count, 2)
    table = np.concatenate([as_logged(policy, np.array(propensity), np.arange(2), 2)] * count)
    earned = np.tile(np.array(reward, dtype=float), count)
    X = np.tile([[0.0], [1.0]], (count, 1))
    by_chance = drawn_by_chance(table, position, sizes)
    return LoggedSlates(X, earned, earned > 0, position, table, sizes, by_chance, {})


def turned(log):
    """The order that puts the second row first."""
    return by_score(log.slates.X[:, 0], log.slates.position, log.slates.query_sizes)


def test_what_was_chosen_second_counts_twice_where_it_is_put_first_and_the_first_is_looked_at_twice_as_often():
    log = valuing.ready(slates(300, policy="habit-explore-20", propensity=[0.9, 0.9], reward=[0.25, 0.5]),
                        attention=FALL_OF_ONE)  # fmt: skip
    value = valuing.value_of(log, turned(log))
    assert value.weights.value[:2].tolist() == [0.5, 2.0]
    assert value.of["ips"].mean() == pytest.approx(0.25 / 2 + 0.5 * 2)
    assert value.of["snips"].mean() == pytest.approx(0.25 / 2 + 0.5 * 2)
    assert value.of["dr"].mean() == pytest.approx(0.25 / 2 + 0.5 * 2)
    assert value.weights.ess == pytest.approx(300 * 2.5**2 / 4.25 / 2)


def test_without_assuming_anything_of_places_only_slates_drawn_by_chance_count():
    log = slates(300, policy="habit-explore-20", propensity=[0.9, 0.9], reward=[0.25, 0.5])
    with pytest.raises(valuing.OffPolicyError, match="No slate is left"):
        valuing.ready(log, assumption="placed")
    log = valuing.ready(slates(300, policy="habit-explore-20", propensity=[0.01, 0.01], reward=[1, 0.5]),
                        assumption="placed")  # fmt: skip
    assert valuing.value_of(log, log.slates.table).of["ips"].mean() == pytest.approx(1.5)
    stood = by_score(-log.slates.X[:, 0], log.slates.position, log.slates.query_sizes)
    assert valuing.value_of(log, stood).weights.value.tolist() == [2.0, 2.0] * 300


def test_the_logging_order_itself_is_valued_at_what_it_earned():
    log = valuing.ready(slates(200, policy="habit-explore-20", propensity=[0.9, 0.9], reward=[0.5, 0.25]),
                        attention=FALL_OF_ONE)  # fmt: skip
    value = valuing.value_of(log, log.slates.table)
    assert {name: found.mean() for name, found in value.of.items() if name != "dm"} == pytest.approx(
        {"dr": 0.75, "snips": 0.75, "ips": 0.75}
    )
    assert valuing.naive(log, seed=1).mean == 0.75
    assert value.weights.ess == pytest.approx(200)


def test_too_few_slates_are_refused_without_a_number():
    log = valuing.ready(slates(99, policy="rules-swap10", propensity=[0.9, 0.9], reward=[0.5, 0.25]),
                        attention=FALL_OF_ONE)  # fmt: skip
    found, value = valuing.told(log, log.slates.table, seed=1)
    assert value is None
    assert found["ess"] == 99
    assert "no estimate is given" in found["refused"]
    assert "estimates" not in found


def test_what_is_not_known_of_attention_widens_the_interval():
    log = slates(300, policy="habit-explore-20", propensity=[0.9, 0.9], reward=[0.25, 0.5])
    sure = valuing.ready(log, attention=FALL_OF_ONE)
    unsure = valuing.ready(log, attention=Examination(1.0, 0.1, 1000))
    widths = []
    for one in (sure, unsure):
        found = valuing.interval_of(one, valuing.value_of(one, turned(one)), "ips", seed=1)
        widths.append(found.high - found.low)
    assert widths[0] == pytest.approx(0, abs=1e-9)
    low, high = (0.25 * 2**-fall + 0.5 * 2**fall for fall in (1 - 0.196, 1 + 0.196))
    assert widths[1] == pytest.approx(high - low, rel=0.01)


def test_an_interval_reaches_further_to_the_side_where_the_value_moves_faster():
    log = slates(300, policy="habit-explore-20", propensity=[0.9, 0.9], reward=[0.25, 0.5])
    unsure = valuing.ready(log, attention=Examination(1.0, 0.2, 1000))
    found = valuing.interval_of(unsure, valuing.value_of(unsure, turned(unsure)), "ips", seed=1)
    ends = [0.25 * 2**-fall + 0.5 * 2**fall for fall in (1 - 0.392, 1 + 0.392)]
    assert [found.low, found.mean, found.high] == pytest.approx([ends[0], 1.125, ends[1]], rel=0.005)
    assert found.high - found.mean > 1.2 * (found.mean - found.low)


def test_orders_are_compared_on_the_same_slates():
    log = valuing.ready(slates(300, policy="habit-explore-20", propensity=[0.9, 0.9], reward=[0.25, 0.5]),
                        attention=FALL_OF_ONE)  # fmt: skip
    mine, other = valuing.value_of(log, turned(log)), valuing.value_of(log, log.slates.table)
    assert valuing.difference(log, mine, other, seed=1).mean == pytest.approx(1.125 - 0.75)
    assert valuing.difference(log, mine, mine, seed=1).high == 0


def test_a_target_whose_chances_do_not_sum_to_one_is_refused():
    log = valuing.ready(slates(200, policy="rules-swap10", propensity=[0.9, 0.9], reward=[0.5, 0.25]),
                        attention=FALL_OF_ONE)  # fmt: skip
    with pytest.raises(ValueError, match="sum to 1"):
        valuing.value_of(log, log.slates.table / 2)


def test_no_row_answers_for_itself_in_the_model_of_rewards():
    rng = np.random.default_rng(3)
    X, sizes = rng.normal(size=(200, 2)), np.full(50, 4)
    position, reward = np.tile(np.arange(4), 50), (rng.random(200) < 0.3).astype(float)
    before = cross_fitted(X, reward, position, sizes, 4)
    reward[:4] = 1 - reward[:4]
    after = cross_fitted(X, reward, position, sizes, 4)
    assert (before[:4] == after[:4]).all()
    assert (before[4:8] != after[4:8]).any()
