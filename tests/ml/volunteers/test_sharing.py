import numpy as np
import pytest

from ml.features.volunteers import VOLUNTEERS
from ml.models.walker import Pack
from ml.training.volunteers import policies
from ml.training.volunteers.sharing import contenders, gini, means, shared
from ml.training.volunteers.town import Dials, make_town

SMALL = Dials(volunteers=80, per_day=3.0)


def test_gini_is_nothing_of_equals_and_nearly_one_when_one_has_all():
    assert gini(np.array([3.0, 3.0, 3.0])) == 0
    assert gini(np.array([0.0, 0.0, 0.0, 8.0])) == 0.75
    assert gini(np.array([1.0, 3.0])) == 0.25  # half the mean difference of 1, over the mean of 2
    assert gini(np.zeros(4)) == 0


def test_exploring_asks_five_of_the_ten_nearest_each_with_the_chance_that_is_told():
    X = np.zeros((30, len(VOLUNTEERS.names)))
    X[:, VOLUNTEERS.names.index("distance_of_reach")] = np.arange(30)
    rng, times = np.random.default_rng(1), np.zeros(30)
    for _ in range(2000):
        picked, propensity = policies.explore(X, rng)
        times[picked] += 1
        assert propensity.tolist() == [0.5] * 5
    assert (times[10:] == 0).all()
    assert np.abs(times[:10] / 2000 - 0.5).max() < 0.05
    few, propensity = policies.explore(X[:7], rng)
    assert len(few) == 5
    assert propensity.tolist() == [5 / 7] * 5


def test_who_was_asked_less_of_late_goes_before_an_equal():
    X = np.zeros((3, len(VOLUNTEERS.names)))
    X[:, VOLUNTEERS.names.index("asks_30d")] = [2, 0, 1]
    order, _ = policies.fair(lambda rows: np.zeros(len(rows)))(X, np.random.default_rng(1))
    assert order.tolist() == [1, 2, 0]


def test_three_eighths_more_suited_makes_up_for_one_ask():
    X = np.zeros((2, len(VOLUNTEERS.names)))
    X[:, VOLUNTEERS.names.index("asks_30d")] = [1, 0]
    for lead, first in ((0.374, 1), (0.376, 0)):
        score = np.array([lead, 0.0])
        assert policies.fair(lambda _, score=score: score)(X, np.random.default_rng(1))[0][0] == first


@pytest.mark.slow
def test_load_fair_shares_more_evenly_than_suitability_alone_and_loses_no_yes():
    compared = contenders(Pack.rules(VOLUNTEERS).score)
    found = means([shared(compared, seed=seed, dials=SMALL, days=60) for seed in (1, 2)])
    fair, alone, nearest = (found[name] for name in ("load-fair", "suitability only", "nearest first"))
    assert fair["gini"] < 0.8 * min(alone["gini"], nearest["gini"])
    assert fair["acceptance"] > alone["acceptance"] - 0.02
    assert fair["never_asked"] <= alone["never_asked"]


@pytest.mark.slow
def test_the_same_centre_gives_the_same_figures_again():
    compared = {"load-fair": policies.fair(Pack.rules(VOLUNTEERS).score)}
    assert shared(compared, seed=1, dials=SMALL, days=15) == shared(compared, seed=1, dials=SMALL, days=15)


@pytest.mark.slow
def test_policies_meet_the_same_tasks_and_the_same_luck():
    one, longer = make_town(5, SMALL, 20), make_town(5, SMALL, 30)
    assert list(one.tasks.values()) == list(longer.tasks.values())[: len(one.tasks)]
    assert one.volunteers == longer.volunteers
    assert np.array_equal(one.taste, longer.taste)
