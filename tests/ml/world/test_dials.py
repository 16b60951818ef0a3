"""Each dial does what it says: what can be seen without a whole world."""

import numpy as np
import pytest

from ml.training.world.affinity import affinity
from ml.training.world.behaviour import examined
from ml.training.world.dials import PRESETS, DialError, dials
from ml.training.world.directory import directory
from ml.training.world.drift import drift_of
from ml.training.world.people import referred
from ml.training.world.placements import course
from ml.training.world.places import neighbourhoods
from ml.training.world.tables import items, queries
from ml.training.world.utility import effects, metres, minutes, utility
from tests.ml.world.conftest import TODAY


def test_with_bias_off_every_position_is_examined():
    rng = np.random.default_rng(1)

    assert all(examined(rng, 10, group, bias=0.0).all() for group in (0, 1) for _ in range(200))


def test_twice_the_bias_squares_the_chance_of_being_looked_at():
    rng = np.random.default_rng(2)
    seen = np.mean([examined(rng, 4, 0, bias=2.0) for _ in range(4000)], axis=0)

    # position 1 is looked at with chance 2 ** -1.6 = 0.330, within 3 standard errors
    assert seen[1] == pytest.approx(0.330, abs=0.022)


def test_without_unfairness_both_groups_look_alike():
    looks = [examined(np.random.default_rng(3), 10, group, unfair=0.0).tolist() for group in (0, 1)]

    assert looks[0] == looks[1]


def test_a_taste_that_moves_makes_journeys_worth_less_from_its_day_on_and_not_before():
    rng = np.random.default_rng(2)
    spots = neighbourhoods(rng)
    people, offered = referred(rng, spots, 60, TODAY), items(directory(rng, spots, TODAY))
    table, noise = affinity(rng), np.zeros((60, len(offered.ids)))
    drift = drift_of(dials("additive", {"taste": 2.0, "drift_days": 100}), TODAY)
    asked = queries(people, drift)

    def worth(some):
        return utility(effects(some, offered, table), PRESETS["additive"].weights, noise)

    change, late = worth(asked) - worth(queries(people)), asked.day >= TODAY.toordinal() - 100
    journey = np.minimum(minutes(asked, offered, metres(asked, offered)) / 45.0, 1.5)
    assert 5 < late.sum() < 30
    assert np.array_equal(change[~late], np.zeros_like(change[~late]))
    assert change[late] == pytest.approx(-2.0 * journey[late])


def test_the_share_of_outcomes_that_nobody_records_is_the_dials():
    rng = np.random.default_rng(4)
    courses = [course(rng, 3, dials("additive", {"lost": 0.3, "failed": 0.0})) for _ in range(2000)]

    # 3 standard errors of a share near 0.3 of 2,000
    assert np.mean([not one.recorded for one in courses]) == pytest.approx(0.3, abs=0.031)


@pytest.mark.parametrize(
    ("name", "settings", "said"),
    [
        ("flat", {}, "no world 'flat'"),
        ("hard", {"depth": 1.0}, "no dial 'depth'"),
        ("hard", {"weights": 1.0}, "no dial 'weights'"),
        ("hard", {"explore": 1.5}, "share"),
        ("hard", {"bias": -1.0}, "cannot be"),
        ("hard", {"bias": float("nan")}, "cannot be"),
        ("hard", {"providers": 0.0}, "cannot be"),
        ("hard", {"assets": 1.5}, "The dial assets counts, so it cannot be 1.5"),
    ],
)
def test_what_no_dial_can_be_is_refused_in_a_sentence(name, settings, said):
    with pytest.raises(DialError, match=said):
        dials(name, settings)
