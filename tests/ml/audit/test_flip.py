"""Flipping what is protected changes no byte, and a ranker that looks is caught by name."""

from datetime import date
from zlib import crc32

import numpy as np
import pytest

from ml import inputs
from ml.audit.flip import flip, judge_flip
from ml.audit.specimens import cases_of
from ml.features import FEATURE_NAMES
from ml.models.artifact import document, packed
from ml.models.walker import Pack

TODAY = date(2026, 6, 1)
CASES = cases_of(None, today=TODAY, seed=1)[:2]


@pytest.fixture(scope="module")
def pack():
    weights = np.random.default_rng(1).normal(size=len(FEATURE_NAMES)).tolist()
    return Pack.load(
        packed(document("made", {"weights": weights, "means": [0.0] * len(weights), "intercept": 0.0}, []))
    )


def test_nothing_protected_reaches_a_score_or_a_list(pack):
    found = flip(pack, CASES, today=TODAY, codes={"faith": ["a", "b"]})
    assert (found["score_changes"], found["list_changes"], found["leaks"]) == (0, 0, [])
    assert "faith" in found["flipped"]
    assert judge_flip(found) == []


def test_rules_on_age_and_audience_may_change_what_is_offered_and_are_counted(pack):
    assert flip(pack, CASES, today=TODAY)["lists_changed_by_rules_on_age_or_audience"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ethnicity", "postcode", "given_name", "faith"])
def test_inputs_that_look_at_something_protected_are_caught_and_named(pack, monkeypatch, name):
    honest = inputs.query_inputs

    def prying(referral, person, *, today):
        return honest(referral, person, today=today) | {"urgency": float(crc32(str(person.get(name)).encode()) % 997)}

    monkeypatch.setattr(inputs, "query_inputs", prying)
    found = flip(pack, CASES, today=TODAY, codes={"faith": ["a", "bb"]})
    assert found["leaks"] == [name]
    assert name in judge_flip(found)[0]


def test_a_score_that_knows_the_age_is_caught(pack, monkeypatch):
    honest = inputs.query_inputs

    def prying(referral, person, *, today):
        return honest(referral, person, today=today) | {"urgency": float(person.get("age_band") == "75_84")}

    monkeypatch.setattr(inputs, "query_inputs", prying)
    assert flip(pack, CASES, today=TODAY)["leaks"] == ["age"]
