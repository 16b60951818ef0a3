"""The truth of a made-up world lies apart: replacing it by noise changes no byte that was learned."""

import shutil

import numpy as np
import polars as pl
import pytest

from ml.training.dataset import Making, write_dataset
from ml.training.groups import REPORT, ROWS, Dataset
from ml.training.recipe import Recipe
from ml.training.tables import Tables
from ml.training.train import train
from ml.training.world.oracle import FOLDER
from ml.training.world.world import make_world

pytestmark = pytest.mark.slow


def noise(folder, rng):
    for path in sorted((folder / FOLDER).glob("*.parquet")):
        frame = pl.read_parquet(path)
        shuffled = frame.select(pl.Series(name, rng.permutation(frame[name].to_numpy())) for name in frame.columns)
        shuffled.write_parquet(path)


def learned(world, folder):
    write_dataset(Tables(world), folder / "set", Making())
    train(Dataset.load(folder / "set"), Recipe(embargo_days=0), folder / "version")
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_noise_in_place_of_the_oracle_changes_no_trained_byte(tmp_path):
    print("seed 5")
    make_world(tmp_path / "world", seed=5, referrals=300, dial="additive")
    shutil.copytree(tmp_path / "world", tmp_path / "noisy")
    noise(tmp_path / "noisy", np.random.default_rng(5))
    oracle = [(tmp_path / name / FOLDER / "candidates.parquet").read_bytes() for name in ("world", "noisy")]
    assert oracle[0] != oracle[1]
    known, blind = (learned(tmp_path / name, tmp_path / f"of-{name}") for name in ("world", "noisy"))
    assert {f"set/{ROWS}", f"set/{REPORT}", "version/manifest.json"} <= known.keys()
    assert known == blind


def test_a_set_is_made_where_there_is_no_oracle_at_all(tmp_path):
    make_world(tmp_path / "world", seed=5, referrals=100, dial="additive")
    shutil.rmtree(tmp_path / "world" / FOLDER)
    assert write_dataset(Tables(tmp_path / "world"), tmp_path / "set", Making())["queries"] > 0
