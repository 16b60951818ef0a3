from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from ml.inputs import candidate_inputs, query_inputs
from ml.training.world import make_world
from ml.training.world.affinity import affinity
from ml.training.world.dials import PRESETS
from ml.training.world.directory import directory
from ml.training.world.people import referred
from ml.training.world.places import neighbourhoods
from ml.training.world.tables import items, queries
from ml.training.world.utility import effects, utility
from ml.training.world.write import read_documents
from tests.ml.world.conftest import TODAY
from tests.ml.world.contract import dangling, faults, not_telling

COUNTS = ("places_total", "places_open", "wait_days", "shown", "chosen", "started", "sustained", "chosen_90d")


@pytest.mark.slow
def test_every_document_keeps_the_contract(documents):
    assert faults(documents) == {}


def test_every_reference_leads_somewhere(documents):
    assert dangling(documents) == []


def test_everything_says_that_it_is_made_up(documents):
    assert not_telling(documents) == []


@pytest.mark.slow
def test_the_same_seed_writes_the_same_bytes_and_another_one_others(tmp_path):
    for name, seed in (("one", 3), ("two", 3), ("other", 4)):
        make_world(tmp_path / name, seed=seed, referrals=60, today=TODAY)
    written = {
        name: [path.read_bytes() for path in sorted((tmp_path / name).rglob("*.parquet"))]
        for name in ("one", "two", "other")
    }

    assert written["one"] == written["two"]
    assert written["one"] != written["other"]


def test_logged_inputs_are_what_the_ranker_would_have_seen_that_day(documents):
    schedules = {}
    for schedule in documents["schedule"].values():
        schedules.setdefault(schedule["item_id"], []).append(schedule)

    for exposure in list(documents["exposure"].values())[::9]:
        on = datetime.fromisoformat(exposure["shown_at"]).date()
        referral = documents["referral"][exposure["referral_id"]]
        person = documents["person"][referral["person_id"]]
        assert exposure["query"] == query_inputs(referral, person, today=on)
        for item in exposure["items"]:
            counts = {name: item["inputs"].get(name) for name in COUNTS}
            doc = documents[item["kind"]][item["id"]]
            assert item["inputs"] == candidate_inputs(
                item["kind"], doc, schedules.get(item["id"], []), counts, today=on
            )


def test_nothing_is_shown_before_it_opens_or_when_it_is_full(documents):
    shown = [item["inputs"] for exposure in documents["exposure"].values() for item in exposure["items"]]

    assert all(inputs["opens_in_days"] <= 0 for inputs in shown)
    assert all(inputs.get("places_open", 1) > 0 for inputs in shown)
    assert any(inputs["opens_in_days"] > -400 for inputs in shown)  # some opened during the history


def test_counts_are_as_of_then_and_grow(documents):
    exposures = sorted(documents["exposure"].values(), key=lambda one: one["shown_at"])
    early, late = exposures[:20], exposures[-20:]

    def known(some):
        return sum(item["inputs"]["shown"] for one in some for item in one["items"])

    assert known(early) == 0
    assert known(late) > 0


def test_referrals_are_spread_over_eighteen_months(documents):
    received = [date.fromisoformat(one["received_on"]) for one in documents["referral"].values()]

    assert min(received) < TODAY - timedelta(days=500)
    assert TODAY - timedelta(days=30) < max(received) < TODAY


def test_as_in_england_nine_in_ten_reach_a_link_worker_and_some_two_in_five_take_something_up(documents):
    reached = len(documents["exposure"]) / len(documents["referral"])
    went = {one["referral_id"] for one in documents["placement"].values() if one.get("attended")}

    assert reached == pytest.approx(0.90, abs=0.05)
    assert len(went) / len(documents["referral"]) == pytest.approx(0.38, abs=0.10)


@pytest.mark.parametrize("dial", sorted(PRESETS))
def test_the_protected_group_changes_nothing_of_what_suits(dial):
    rng = np.random.default_rng(2)
    spots = neighbourhoods(rng)
    asked, offered = queries(referred(rng, spots, 40, TODAY)), items(directory(rng, spots, TODAY))
    table, noise = affinity(rng), np.zeros((40, len(offered.ids)))

    def worth(group):
        return utility(effects(replace(asked, group=group), offered, table), PRESETS[dial].weights, noise)

    assert np.array_equal(worth(np.zeros(40, dtype=np.int64)), worth(np.ones(40, dtype=np.int64)))


def test_the_protected_group_sees_less_of_small_providers():
    from ml.training.world.habit import habits

    rng = np.random.default_rng(2)
    spots = neighbourhoods(rng)
    asked, offered = queries(referred(rng, spots, 40, TODAY)), items(directory(rng, spots, TODAY))

    def habit(group):
        return habits(np.random.default_rng(9), replace(asked, group=np.full(40, group)), offered)

    less = habit(0) - habit(1)
    assert less[:, offered.small].min() == pytest.approx(0.35)
    assert np.abs(less[:, ~offered.small]).max() == pytest.approx(0.0)


def test_two_worlds_can_lie_side_by_side(documents, tmp_path):
    make_world(tmp_path, seed=6, referrals=50, today=TODAY)
    other = read_documents(tmp_path)

    for kind in ("person", "referral", "exposure", "placement", "consent"):
        assert other[kind]
        assert not other[kind].keys() & documents[kind].keys()
