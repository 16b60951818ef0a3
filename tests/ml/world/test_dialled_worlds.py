"""Each dial does what it says to a whole world, and nothing else."""

import json
from datetime import date, timedelta

import numpy as np
import polars
import pytest
from click.testing import CliRunner

from ml.training.labels import State, label_of
from ml.training.world import make_world
from ml.training.world.cli import world as command
from ml.training.world.dials import PRESETS
from ml.training.world.oracle import read_oracle
from ml.training.world.write import read_documents
from tests.ml.world.conftest import TODAY

pytestmark = pytest.mark.slow
REFERRALS = 120


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make a world with some dials turned, once for the whole module."""
    kept = {}

    def make(dial="additive", **settings):
        key = (dial, *sorted(settings.items()))
        if key not in kept:
            kept[key] = tmp_path_factory.mktemp("dialled")
            make_world(kept[key], seed=5, referrals=REFERRALS, dial=dial, today=TODAY, settings=settings)
        return kept[key]

    return make


@pytest.mark.parametrize("explore", [0.0, 0.5, 1.0])
def test_the_share_of_explored_slates_is_in_every_propensity(made, explore):
    truth = read_oracle(made(explore=explore))
    exposures = read_documents(made(explore=explore))["exposure"]
    candidates = dict(zip(truth.exposure_ids, truth.query_sizes.tolist(), strict=True))

    for name, exposure in exposures.items():
        assert exposure["policy"] == f"habit-explore-{round(100 * explore)}"
        by_chance = explore / candidates[name]
        for item in exposure["items"]:
            assert any(item["propensity"] == pytest.approx(p) for p in (by_chance, 1 - explore + by_chance))


def test_drift_lengthens_every_wait_by_a_deviation_on_its_day_and_not_before(made):
    waits = {}
    for drift in (0.0, 1.0):
        exposures = read_documents(made(drift=drift, drift_days=100))["exposure"].values()
        waits[drift] = {
            (exposure["referral_id"], item["id"]): (exposure["shown_at"][:10], item["inputs"]["wait_days"])
            for exposure in exposures
            for item in exposure["items"]
        }
    turn = f"{TODAY - timedelta(days=100)}"
    both = waits[0.0].keys() & waits[1.0].keys()

    assert len([1 for key in both if waits[1.0][key][0] >= turn]) > 50
    for key in both:
        day, wait = waits[1.0][key]
        assert wait - waits[0.0][key][1] == (8 if day >= turn else 0)  # a deviation is 8.23 days, told in whole ones


def test_a_delayed_outcome_is_not_known_when_its_window_ends(made):
    placements = read_documents(made(delay=60))["placement"].values()
    told = [one for one in placements if one["status"] == "sustained"]

    assert told
    for one in told:
        late = date.fromisoformat(one["outcome_on"]) - date.fromisoformat(one["chosen_at"][:10])
        assert late == timedelta(days=84 + 60)
        assert label_of(one, as_of=date.fromisoformat(one["outcome_on"]) - timedelta(days=1)).state is State.WAITING


@pytest.mark.parametrize("dial", ["additive", "hard", "rural"])
def test_as_in_england_nine_in_ten_reach_a_link_worker_and_some_two_in_five_take_something_up(tmp_path, dial):
    """Of 160,128 people in England 90 % reached a link worker and 38 % took anything up."""
    make_world(tmp_path, seed=6, referrals=400, dial=dial, today=TODAY)
    documents = read_documents(tmp_path)
    went = {one["referral_id"] for one in documents["placement"].values() if one.get("attended")}

    assert len(documents["exposure"]) / 400 == pytest.approx(0.90, abs=0.05)
    assert len(went) / 400 == pytest.approx(0.38, abs=0.10)


@pytest.mark.parametrize("late", [0.0, 0.6])
def test_the_share_of_late_opening_items_is_the_dials(made, late):
    items = polars.read_parquet(made(late=late) / "oracle" / "items.parquet")

    # 3 standard errors of a share of 530 items
    assert items["new"].mean() == pytest.approx(late, abs=0.065)


def test_providers_and_places_are_laid_out_as_the_rural_dials_say(made):
    usual, rural = (polars.read_parquet(made(dial) / "oracle" / "items.parquet") for dial in ("additive", "rural"))
    open_places = {
        dial: [
            one["places_total"] for one in read_documents(made(dial))["place_count"].values() if "places_total" in one
        ]
        for dial in ("additive", "rural")
    }

    assert rural["organisation_id"].n_unique() <= 14 < usual["organisation_id"].n_unique()
    assert rural["large"].mean() > usual["large"].mean() > 0.4
    assert np.mean(open_places["rural"]) < 0.5 * np.mean(open_places["additive"])


@pytest.mark.parametrize("dial", [*sorted(PRESETS)])
def test_a_protected_group_may_see_less_but_nothing_is_worth_less_to_it(made, dial):
    """What suits is the same to the last bit, whatever the protected group does to exposure."""
    fair, unfair = (read_oracle(made(dial, unfair=unfair)) for unfair in (0.0, 1.0))
    worth = [dict(zip(_pairs(truth), truth.utility.tolist(), strict=True)) for truth in (fair, unfair)]
    both = worth[0].keys() & worth[1].keys()

    assert len(both) > 1000
    assert all(worth[0][pair] == worth[1][pair] for pair in both)


def _pairs(truth):
    return list(zip(np.repeat(truth.exposure_ids, truth.query_sizes), truth.item_ids, strict=True))


def test_equality_characteristics_lie_with_the_oracle_and_nowhere_else(made):
    folder = made()
    equality = polars.read_parquet(folder / "oracle" / "equality.parquet")
    apart = ("protected_group", "deprivation", "disabled", "quality", "large")

    assert equality.columns == ["referral_id", "person_id", "protected_group", "deprivation", "disabled"]
    assert equality.height == REFERRALS
    assert set(equality["deprivation"]) == {1, 2, 3, 4, 5}
    for path in folder.glob("*.parquet"):
        assert not any(f'"{name}":' in doc for doc in polars.read_parquet(path)["doc"] for name in apart)


def test_every_file_says_that_it_is_made_up(made):
    for path in made().rglob("*.parquet"):
        assert polars.read_parquet_metadata(path)["synthetic"] == "true"
    assert json.loads((made() / "world.json").read_text())["synthetic"] == "true"


@pytest.mark.parametrize("dial", sorted(PRESETS))
def test_the_same_dials_write_the_same_bytes(made, tmp_path, dial):
    settings = {"bias": 0.5, "drift": 1.0}
    make_world(tmp_path, seed=5, referrals=REFERRALS, dial=dial, today=TODAY, settings=settings)
    first = made(dial, **settings)

    written = [path.relative_to(first) for path in sorted(first.rglob("*.*"))]
    assert len(written) > 15
    assert all((first / path).read_bytes() == (tmp_path / path).read_bytes() for path in written)


def test_the_command_turns_dials_and_refuses_what_is_none(tmp_path):
    arguments = ["--referrals", "50", "--dial", "rural", "--out", str(tmp_path)]
    done = CliRunner().invoke(command, [*arguments, "--set", "bias=0", "--set", "drift=1"])
    refused = CliRunner().invoke(command, [*arguments, "--set", "bias"])

    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "world.json").read_text())["dials"]["bias"] == 0
    assert refused.exit_code == 1
    assert "takes DIAL=NUMBER" in refused.output
