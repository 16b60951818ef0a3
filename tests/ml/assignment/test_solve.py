from itertools import combinations, product

import numpy as np
import pytest

from ml.assignment.solve import TIE, assign, one_by_one

NAN = float("nan")


def sharing(value, places, waited=None, most=1):
    value = np.array(value, dtype=float)
    waited = np.zeros(len(value)) if waited is None else np.array(waited, dtype=float)
    return assign(value, np.array(places, dtype=float), waited, most=most)


def pairs(proposals):
    return [(each.query, each.item) for each in proposals]


def worth(proposals):
    return sum(each.value for each in proposals)


def best_by_trying_all(value, places, most):
    """The largest sum over every way to share that breaks no limit."""
    queries, items = value.shape
    wishes = []
    for query in range(queries):
        open_to = [item for item in range(items) if not np.isnan(value[query, item])]
        wishes.append([taken for size in range(most + 1) for taken in combinations(open_to, size)])
    best = 0.0
    for way in product(*wishes):
        used = np.bincount([item for taken in way for item in taken], minlength=items)
        if (used <= places).all():
            best = max(best, sum(value[query, item] for query, taken in enumerate(way) for item in taken))
    return best


def test_the_first_to_come_does_not_take_the_only_place_that_another_needs():
    value = [[0.6, 0.5], [0.5, NAN]]
    assert pairs(sharing(value, [1, 1])) == [(0, 1), (1, 0)]
    assert pairs(one_by_one(np.array(value), np.array([1.0, 1.0]), np.array([2.0, 1.0]))) == [(0, 0)]


def test_of_equals_whoever_waited_longer_gets_the_place():
    assert pairs(sharing([[0.5], [0.5], [0.5]], [1], waited=[3, 40, 7])) == [(1, 0)]
    assert pairs(sharing([[0.5 + 2 * TIE], [0.5]], [1], waited=[3, 40])) == [(0, 0)]


def test_nobody_is_offered_what_a_rule_excludes_or_what_has_no_place():
    assert sharing([[NAN, 0.9], [NAN, NAN]], [5, 0]) == []
    assert sharing(np.empty((0, 3)), [1, 1, 1]) == []
    assert sharing(np.empty((2, 0)), []) == []


def test_a_referral_gets_no_more_proposals_than_asked_for():
    assert pairs(sharing([[0.9, 0.8, 0.7]], [1, 1, np.inf], most=2)) == [(0, 0), (0, 1)]


def test_a_value_below_nothing_is_refused():
    with pytest.raises(ValueError, match="below 0"):
        sharing([[-0.1]], [1])


@pytest.mark.parametrize("seed", range(60))
def test_no_other_way_to_share_is_worth_more(seed):
    chance = np.random.default_rng(seed)
    queries, items, most = int(chance.integers(1, 5)), int(chance.integers(1, 5)), int(chance.integers(1, 3))
    value = np.round(chance.random((queries, items)), 3)
    value[chance.random((queries, items)) < 0.25] = NAN
    places = chance.integers(0, 3, items).astype(float)
    waited = chance.integers(0, 90, queries).astype(float)
    found = assign(value, places, waited, most=most)
    allowed = TIE * queries * most  # what the tie-break may cost
    assert worth(found) == pytest.approx(best_by_trying_all(value, places, most), abs=allowed)
    assert found == assign(value, places, waited, most=most)


def test_a_large_batch_breaks_no_limit_and_never_loses_to_one_by_one():
    for seed in range(5):
        chance = np.random.default_rng(seed)
        value = chance.random((200, 60))
        value[chance.random(value.shape) < 0.6] = NAN
        places = chance.integers(0, 6, 60).astype(float)
        waited = chance.integers(0, 60, 200).astype(float)
        found = assign(value, places, waited, most=2)
        assert (np.bincount([each.item for each in found], minlength=60) <= places).all()
        assert np.bincount([each.query for each in found]).max() <= 2
        assert not any(np.isnan(each.value) for each in found)
        assert worth(found) >= worth(one_by_one(value, places, waited, most=2)) - TIE * 400


def test_what_is_given_out_beyond_its_places_gets_nobody_and_stops_nothing():
    assert pairs(sharing([[0.9, 0.5]], [-1, 1])) == [(0, 1)]
