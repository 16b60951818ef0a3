"""A challenger in the shadow: who would have stood where, and what would have broken."""

import itertools

import numpy as np
import pytest

from ml.audit.shadow import served_by, shadow
from ml.features import FEATURE_NAMES
from ml.models.artifact import document, packed
from ml.models.registry import RegistryError
from ml.models.walker import Pack
from tests.ml.training.made import exposure, item


def pack(name, **weights):
    given = [float(weights.get(feature, 0.0)) for feature in FEATURE_NAMES]
    return Pack.load(packed(document(name, {"weights": given, "means": [0.0] * len(given), "intercept": 0.0}, [])))


NEAR, FAR = pack("near", distance_m=-1.0), pack("far", distance_m=1.0)
SLATES = [
    exposure([item("a", 0, metres=100.0), item("b", 1, metres=500.0)], referral=f"r{n}", days=n) for n in range(4)
]


def clock():
    ticks = itertools.count()
    return lambda: float(next(ticks))


def test_a_challenger_that_turns_every_order_round_is_told_so():
    found, ratio = shadow(FAR, NEAR, SLATES, clock())
    assert found["agreement"] == {
        "same_order": 0.0,
        "first_changed": 1.0,
        "first_three_shared": 1.0,
        "kendall_tau": -1.0,
    }
    moved = (1 - 0.63093) / 1.63093
    assert found["exposure"]["moved"] == pytest.approx(moved, abs=1e-5)
    assert found["exposure"]["gain"][0]["id"] == "b"
    assert found["exposure"]["lose"][0]["id"] == "a"
    assert ratio == 1.0


def test_a_challenger_of_the_same_mind_changes_nothing():
    found, _ = shadow(pack("twin", distance_m=-2.0), NEAR, SLATES, clock())
    assert found["agreement"]["same_order"] == 1.0
    assert found["exposure"] == {"moved": 0.0, "gain": [], "lose": []}


def test_a_slate_that_cannot_be_ranked_is_a_fault_and_stops_nothing():
    broken = {**SLATES[0], "items": [{"kind": "asset", "id": "x", "position": 0}]}
    found, _ = shadow(FAR, NEAR, [*SLATES, broken], clock())
    assert found["faults"]["version"] == {"KeyError": 1}
    assert found["slates"] == 5


def test_scores_that_are_not_finite_are_faults():
    endless = pack("endless", distance_m=1e308, travel_minutes=1e308)
    with np.errstate(all="ignore"):
        found, _ = shadow(endless, NEAR, SLATES, clock())
    assert found["faults"]["version"] == {"a score is not finite": 4}


def test_only_what_the_champion_served_counts():
    logged = [(f"e{n}", {**slate, "model_version": "near" if n else "rules"}) for n, slate in enumerate(SLATES)]
    assert len(served_by(logged, "near")) == 3
    with pytest.raises(RegistryError, match="No logged slate was served by other"):
        served_by(logged, "other")
