"""Where orders put what was shown, and where the logging policies would have."""

import numpy as np
import pytest

from ml.features.volunteers.load import POLICY as SHARE
from ml.off_policy.placing import as_logged, by_score, drawn_by_chance, softly
from ml.off_policy.refusal import OffPolicyError
from server.recommend.demand import POLICY as DEMAND
from server.recommend.explore import policy_of

PLACES = np.arange(3)


def test_an_order_fills_the_places_that_its_slate_was_shown_at():
    found = by_score(np.array([1.0, 3.0, 2.0, 5.0, 6.0]), np.array([0, 1, 3, 1, 0]), np.array([3, 2]))
    assert found.argmax(axis=1).tolist() == [3, 0, 1, 1, 0]
    assert found.sum(axis=1).tolist() == [1.0] * 5


def test_equal_scores_keep_the_order_of_the_rows():
    assert by_score(np.zeros(3), PLACES[::-1], np.array([3])).argmax(axis=1).tolist() == [0, 1, 2]


def test_a_soft_order_moves_a_line_to_its_neighbours_with_the_served_chance():
    found = softly(np.eye(3), 0.1, np.full(3, 3))
    assert found == pytest.approx(np.array([[0.95, 0.05, 0], [0.05, 0.9, 0.05], [0, 0.05, 0.95]]))


def test_a_slate_by_habit_stood_where_it_did_for_certain():
    found = as_logged("habit-explore-20", np.array([0.804, 0.804, 0.804]), PLACES, 4)
    assert found.tolist() == np.eye(3, 4).tolist()


def test_a_slate_drawn_at_random_might_have_stood_in_any_order_even_if_one_line_stood_as_usual():
    found = as_logged("habit-explore-20", np.array([0.004, 0.804, 0.004]), PLACES, 3)
    assert found == pytest.approx(np.full((3, 3), 1 / 3))
    assert drawn_by_chance(found, PLACES, np.array([3])).tolist() == [True]


def test_a_swapped_slate_is_taken_back_to_its_ranks():
    each = 0.1 / 2
    unswapped = as_logged("ranked-swap10", np.array([1 - each, 1 - 2 * each, 1 - each]), PLACES, 3)
    swapped = as_logged("rules-swap10", np.array([each, each, 1 - each]), PLACES, 3)
    assert unswapped == pytest.approx(softly(np.eye(3), 0.1, np.full(3, 3)))
    assert swapped == pytest.approx(unswapped[[1, 0, 2]])
    assert drawn_by_chance(swapped, PLACES, np.array([3])).tolist() == [False]


def test_the_chance_of_what_was_logged_is_the_served_propensity():
    from server.recommend import explore

    slate = next(name for name in map(str, range(999)) if explore.explored(name, 10) != list(range(10)))
    rank = explore.explored(slate, 10)
    logged = np.array([explore.propensity(at, place, 10) for place, at in enumerate(rank)])
    table = as_logged("ranked-swap10", logged, np.arange(10), 10)
    assert table is not None
    assert table[np.arange(10), np.arange(10)] == pytest.approx(logged, abs=1e-9)


def test_every_name_that_serving_gives_is_known_and_no_two_ways_have_one_name():
    served = [policy_of(order, *less) for order in ("ranked", "rules") for less in ((), (DEMAND,), (SHARE,))]
    assert served[:3] == ["ranked-swap10", "ranked-demand0.1-swap10", "ranked-share0.375-swap10"]
    assert len(set(served)) == 6
    logged = np.array([0.95, 0.9, 0.95])
    assert all(
        np.array_equal(as_logged(name, logged, PLACES, 3), softly(np.eye(3), 0.1, np.full(3, 3))) for name in served
    )


def test_more_than_one_swapped_pair_is_refused():
    with pytest.raises(OffPolicyError, match="more than one pair"):
        as_logged("ranked-swap10", np.full(4, 0.01), np.arange(4), 4)


def test_a_policy_that_nobody_knows_is_not_guessed():
    assert as_logged("plain", np.array([0.5, 0.5]), np.arange(2), 2) is None
    assert as_logged("plain", np.ones(2), np.arange(2), 2).tolist() == np.eye(2).tolist()


@pytest.mark.parametrize("bad", [0.0, 1.5, float("nan")])
def test_a_logged_propensity_that_is_none_is_refused(bad):
    with pytest.raises(OffPolicyError, match="cannot be weighted"):
        as_logged("habit-explore-20", np.array([0.804, bad]), np.arange(2), 2)
