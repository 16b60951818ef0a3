import numpy as np
import pytest

from ml.training.world.ledger import Ledger


@pytest.fixture
def ledger():
    ledger = Ledger(total=np.array([2.0, np.nan]), wait=np.array([0.0, 7.0]))
    ledger.advance(1000)
    return ledger


def test_a_place_is_taken_at_once_and_given_back_when_it_ends(ledger):
    ledger.choose(0, started=True, sustained=False, held_days=28)
    assert ledger.columns()["places_open"][0] == 1.0

    ledger.advance(1027)
    assert ledger.columns()["places_open"][0] == 1.0
    ledger.advance(1028)
    assert ledger.columns()["places_open"][0] == 2.0


def test_what_came_of_a_choice_is_counted_after_twelve_weeks_and_not_before(ledger):
    ledger.show([0, 1])
    ledger.choose(0, started=True, sustained=True, held_days=182)

    ledger.advance(1083)
    assert all(ledger.columns()[name].sum() == 0 for name in ("shown", "chosen", "started", "sustained"))
    ledger.advance(1084)
    assert [ledger.columns()[name].tolist() for name in ("shown", "chosen", "started", "sustained")] == [
        [1.0, 1.0], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0],
    ]  # fmt: skip


def test_the_load_of_ninety_days_rises_at_once_and_falls_again(ledger):
    ledger.choose(1, started=False, sustained=False, held_days=10)
    assert ledger.columns()["chosen_90d"].tolist() == [0.0, 1.0]

    ledger.advance(1090)
    assert ledger.columns()["chosen_90d"].tolist() == [0.0, 0.0]


def test_without_a_limit_the_places_open_are_not_known(ledger):
    assert np.isnan(ledger.columns()["places_open"][1])
