"""Features that are read from their file when they are asked for: the same bits as from memory, and the same model."""

import pickle

import numpy as np
import polars as pl
import pytest

from ml.models.stored import FILES
from ml.training.dataset import build_dataset
from ml.training.groups import Dataset
from ml.training.recipe import Recipe
from ml.training.stored_rows import StoredRows
from ml.training.train import train
from tests.ml.training.made import log

NAMES = ["distance", "share", "unknown"]


@pytest.fixture
def stored(tmp_path):
    """Forty rows of three features in a file of groups of seven rows, and the same as an array."""
    rng = np.random.default_rng(3)
    X = np.column_stack((rng.integers(0, 9, 40), rng.random(40), np.full(40, np.nan)))
    X[::5, 1] = -0.0
    frame = pl.DataFrame(X, schema=NAMES).with_columns(pl.lit("q").alias("query"))
    frame.write_parquet(tmp_path / "rows.parquet", row_group_size=7)
    return StoredRows.of(tmp_path / "rows.parquet", NAMES), X


def test_rows_that_are_read_have_the_bits_that_were_written(stored):
    rows, X = stored
    assert rows.shape == X.shape
    for some in (slice(None), slice(0, 1), slice(6, 8), slice(13, 36), slice(39, 99), slice(20, 20)):
        assert rows[some].tobytes() == X[some].tobytes()
    assert rows.column("share").tobytes() == X[:, 1].tobytes()


@pytest.mark.parametrize("seed", range(8))
def test_rows_that_are_kept_again_and_again_are_those_that_an_array_keeps(stored, seed):
    rows, X = stored
    rng = np.random.default_rng(seed)
    while len(X):
        keep = rng.random(len(X)) < 0.8
        rows, X = rows.keep(keep), X[keep]
        first, last = sorted(rng.integers(0, len(X) + 1, 2).tolist())
        assert rows[:].tobytes() == X.tobytes()
        assert rows[first:last].tobytes() == X[first:last].tobytes()


def test_rows_that_are_sent_to_another_process_are_read_there(stored):
    rows, X = stored
    keep = np.arange(40) % 3 == 1
    assert pickle.loads(pickle.dumps(rows.keep(keep)))[:].tobytes() == X[keep].tobytes()


def test_a_set_that_is_made_anew_leaves_the_one_that_was_loaded_as_it_was(tmp_path):
    old = build_dataset(log(tmp_path / "old", queries=20, seed=1))
    old.save(tmp_path / "set")
    loaded = Dataset.load(tmp_path / "set")
    build_dataset(log(tmp_path / "new", queries=20, seed=2)).save(tmp_path / "set")
    assert loaded.sha256 == old.sha256


def test_a_loaded_set_holds_each_text_once_and_no_feature(tmp_path):
    build_dataset(log(tmp_path / "log", queries=60)).save(tmp_path / "set")
    loaded = Dataset.load(tmp_path / "set")
    assert pl.String not in loaded.rows.dtypes
    assert not set(loaded.feature_names) & set(loaded.rows.columns)
    odd = np.arange(60) % 2 == 1
    assert loaded.where(odd).X.tobytes() == loaded.X[np.repeat(odd, loaded.query_sizes)].tobytes()


@pytest.mark.slow
@pytest.mark.parametrize("ranker", ["hybrid", "lightgbm", "logistic"])
def test_a_set_that_was_loaded_trains_the_same_bytes_as_the_one_in_memory(tmp_path, ranker):
    made = build_dataset(log(tmp_path / "log", queries=300, days=500))
    made.save(tmp_path / "set")
    recipe = Recipe(ranker=ranker, trees={"trees": 8, "seeds": 2})
    for name, data in (("memory", made), ("loaded", Dataset.load(tmp_path / "set"))):
        train(data, recipe, tmp_path / name)
    for file in (*FILES, "manifest.json"):
        assert (tmp_path / "loaded" / file).read_bytes() == (tmp_path / "memory" / file).read_bytes(), file
