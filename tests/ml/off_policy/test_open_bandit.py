"""Real clicks with true propensities: the value of either policy from the other's log, where the data are present."""

import numpy as np
import pytest

from ml.off_policy.intervals import bootstrap
from ml.off_policy.open_bandit import CAMPAIGNS, Impressions, chances, read, value_elsewhere
from ml.off_policy.refusal import TooFewError
from tests.server.importers.shared import shared

WORTH = ("ips", "snips", "dr")


@pytest.mark.slow
@pytest.mark.parametrize("campaign", CAMPAIGNS)
@pytest.mark.parametrize(("policy", "logged_by"), [("bts", "random"), ("random", "bts")])
def test_the_other_log_covers_the_click_rate_on_policy_or_is_refused(policy, logged_by, campaign):
    folder = shared("open-bandit-small")
    own, other = read(folder, policy, campaign), read(folder, logged_by, campaign)
    target = chances(own, policy)
    if (policy, campaign) == ("random", "women"):  # one row of two million to one outweighs all others
        with pytest.raises(TooFewError, match="weight of 2 slates"):
            value_elsewhere(other, target, seed=1)
        return
    found = value_elsewhere(other, target, seed=1)
    assert found["ess"] > 400
    for name in WORTH:
        estimate = found["estimates"][name]
        assert estimate["low"] <= own.click.mean() <= estimate["high"], name
        assert estimate["high"] - estimate["low"] > bootstrap(own.click, seed=1).high - own.click.mean(), name


def test_chances_are_those_of_the_own_log_and_none_is_naught():
    log = Impressions(np.zeros(4), np.full(4, 0.5), np.array([0, 0, 1, 2]), np.array([0, 0, 0, 1]))
    assert chances(log, "bts") == pytest.approx(np.array([[3 / 6, 2 / 6, 1 / 6], [1 / 4, 1 / 4, 2 / 4]]))
    assert chances(log, "random").tolist() == [[1 / 3] * 3] * 2


def test_a_policy_is_valued_at_its_own_clicks_from_its_own_log():
    click = np.tile([1.0, 0.0, 0.0, 0.0], 50)
    log = Impressions(click, np.full(200, 0.5), np.tile([0, 1], 100), np.zeros(200, dtype=np.int64))
    found = value_elsewhere(log, np.array([[0.5, 0.5]]), seed=1)
    assert found["ess"] == 200
    assert {name: one["mean"] for name, one in found["estimates"].items()} == pytest.approx(
        {"naive": 0.25, "ips": 0.25, "snips": 0.25, "dr": 0.25}, abs=0.01
    )
