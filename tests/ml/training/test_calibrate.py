"""From scores to chances."""

import gzip
import json

import numpy as np
import polars as pl
import pytest

from ml.models.calibration import Calibration
from ml.training.calibrate import calibrate, rising
from ml.training.dataset import build_dataset
from ml.training.groups import Dataset
from ml.training.recipe import Recipe
from ml.training.train import train
from tests.ml.training.made import log

QUICK = {"trees": 10, "min_data_in_leaf": 20}


class Known:
    """A ranker that scores by one column, whatever it learned from."""

    def score(self, X):
        return X[:, 0]


def test_the_breakpoints_are_the_centres_of_blocks_worked_out_by_hand():
    # 1, 0 falls, so both pool to 1/2; weights 1 and 3 then pool 0 and 1 to 3/4
    score, outcome = np.array([1.0, 2.0, 3.0, 5.0]), np.array([0.0, 1.0, 0.0, 1.0])
    assert rising(score, outcome, np.ones(4)) == {"scores": [1.0, 2.5, 5.0], "chances": [0.0, 0.5, 1.0]}
    falls = rising(np.array([1.0, 2.0]), np.array([1.0, 0.0]), np.array([3.0, 1.0]))
    assert falls == {"scores": [1.25], "chances": [0.75]}


def test_the_breakpoints_are_ones_that_a_pack_takes_whatever_the_scores():
    rng = np.random.default_rng(41)
    score = np.round(rng.normal(size=500), 1)
    outcome = (rng.random(500) < 1 / (1 + np.exp(-score))).astype(float)
    Calibration.of(rising(score, outcome, rng.random(500) + 0.1))


def made(queries=3000, explored=0.2, seed=42):
    """Slates of three whose first place is attended with a chance that its one feature tells."""
    print(f"seed {seed}")
    rng = np.random.default_rng(seed)
    chance = rng.random((queries, 3))
    relevance = np.where(rng.random((queries, 3)) < chance, 2, 0)
    number = np.repeat(np.arange(queries), 3)
    names = [f"q{each}" for each in number]
    tried = np.repeat(rng.random(queries) < explored, 3)
    rows = pl.DataFrame(
        {
            "query": names,
            "referral": names,
            "shown_at": number,
            "state": ["mature"] * len(names),
            "position": np.tile(np.arange(3), queries),
            "propensity": np.where(tried, 0.05, 0.9),
            "relevance": relevance.ravel(),
            "x": chance.ravel(),
        }
    )
    return Dataset(rows, {"features": {"names": ["x"]}}), chance.ravel()


def test_chances_come_near_the_truth():
    data, chance = made()
    found = calibrate(data, lambda _: Known(), seed=1)
    told = Calibration.of(found.map).chance(data.X[:, 0])
    assert np.abs(told - chance).mean() < 0.04
    assert found.told["weights"] == "inverse propensity, at most 4"


def test_without_exploration_it_says_that_chances_are_those_of_what_used_to_be_first():
    found = calibrate(made(explored=0.0)[0], lambda _: Known(), seed=1)
    assert found.told["weights"] == "equal"
    assert "what used to be shown first" in found.told["sentence"]


@pytest.mark.parametrize("change", [{"queries": 90}, {"queries": 150, "explored": 0.2}])
def test_with_too_few_first_places_it_tells_no_chances(change):
    data, _ = made(**change)
    if change["queries"] == 150:
        data = Dataset(data.rows.with_columns(pl.lit(0).alias("relevance")), data.report)
    found = calibrate(data, lambda _: Known(), seed=1)
    assert found.map is None
    assert "no chances" in found.told["sentence"]


def test_what_awaits_its_outcome_has_no_part_in_it():
    data, _ = made(queries=200)
    waiting = data.rows.with_columns(pl.lit("waiting").alias("state"))
    assert calibrate(Dataset(waiting, data.report), lambda _: Known(), seed=1).told["first_places"] == 0


def test_a_slate_is_scored_by_a_ranker_that_did_not_learn_from_it():
    data, _ = made(queries=300)
    learned = []

    class Watching(Known):
        def __init__(self, part):
            learned.append(set(part.rows["query"]))

    calibrate(data, Watching, seed=1)
    assert len(learned) == 3
    everything = set(data.rows["query"])
    left_out = [everything - part for part in learned]
    assert sorted(name for part in left_out for name in part) == sorted(everything)


@pytest.mark.slow
def test_a_version_keeps_its_chances_in_the_pack_and_says_how_they_were_found(tmp_path):
    data = build_dataset(log(tmp_path / "log", queries=400, days=500))
    manifest = train(data, Recipe(trees=QUICK), tmp_path / "v")
    pack = json.loads(gzip.decompress((tmp_path / "v" / "pack.json.gz").read_bytes()))
    assert manifest["calibration"]["attended"] > 15
    Calibration.of(pack["calibration"])
