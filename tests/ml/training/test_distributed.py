"""Training on several machines."""

import json
import pickle
import sys
import warnings
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from ml import metrics
from ml.cli import ml
from ml.models.trees import model_text
from ml.training.dataset import build_dataset
from ml.training.groups import ROWS, Dataset
from ml.training.parted import Outline, read_part, refuse_cut, shares_of
from ml.training.recipe import Recipe
from ml.training.split import split_of
from ml.training.tables import TableError
from ml.training.train import fit
from tests.ml.training.made import log
from tests.ml.training.test_recipe import foreign

RECIPE = Recipe(trees={"trees": 60, "min_data_in_leaf": 20})


@pytest.fixture
def saved(tmp_path):
    """A set of fifty queries of eight rows, as it is loaded."""
    foreign(queries=50).save(tmp_path / "set")
    return Dataset.load(tmp_path / "set")


def parts_of(data, count):
    return [read_part(share) for share in shares_of(data, count)]


@pytest.mark.parametrize("count", [1, 2, 7])
def test_parts_are_read_as_whole_queries_and_together_are_everything(saved, count):
    parts = parts_of(saved, count)
    assert len(parts) == count
    refuse_cut([Outline.of(part) for part in parts])
    assert np.concatenate([part.X for part in parts]).tobytes() == saved.X.tobytes()
    assert np.concatenate([part.y for part in parts]).tolist() == saved.relevance.tolist()
    assert np.concatenate([part.position for part in parts]).tolist() == saved.position.tolist()
    assert np.concatenate([part.query_sizes for part in parts]).tolist() == [8] * 50
    assert (parts[0].first, parts[-1].last) == ("q0000", "q0049")
    rows = [len(part.X) for part in parts]
    assert max(rows) - min(rows) <= 2 * 8


def test_of_some_queries_each_part_reads_those_alone(saved):
    odd = np.arange(50) % 2 == 1
    first, second = parts_of(saved.where(odd), 2)
    assert (first.first, first.last, second.first, second.last) == ("q0001", "q0025", "q0027", "q0049")
    assert np.concatenate((first.X, second.X)).tobytes() == saved.X[np.repeat(odd, 8)].tobytes()


def test_a_query_that_lies_in_two_parts_is_an_error_that_names_it(saved):
    shares = list(shares_of(saved, 2))
    rows = np.arange(400)
    both = zip(shares, (rows < 203, rows >= 203), strict=True)
    torn = [replace(share, rows=saved.stored.keep(own)) for share, own in both]
    with pytest.raises(TableError, match="The query q0025 is cut in two: it lies in parts 0 and 1"):
        refuse_cut([Outline.of(read_part(share)) for share in torn])


def test_a_part_that_ends_within_a_query_is_an_error_that_names_it(saved):
    first, second = parts_of(saved, 2)
    torn = replace(first, X=first.X[:-3], y=first.y[:-3])
    with pytest.raises(TableError, match=rf"Part 0 ends within a query \({first.last}"):
        refuse_cut([Outline.of(torn), Outline.of(second)])


def test_a_worker_refuses_a_file_that_is_not_there_or_another_one(saved, tmp_path):
    (share,) = shares_of(saved, 1)
    with pytest.raises(TableError, match="not the file of this data set"):
        read_part(replace(share, sha256="0" * 64))
    sent = pickle.dumps(share)
    (tmp_path / "set" / ROWS).unlink()
    with pytest.raises(TableError, match="must see the data set under one path"):
        read_part(pickle.loads(sent))


def test_a_worker_is_told_few_bytes_however_long_its_part_is(saved):
    assert len(pickle.dumps(next(shares_of(saved, 2)))) < 2_000


def test_a_set_that_lies_in_no_file_is_no_set_for_workers():
    with pytest.raises(TableError, match="Save the data set"):
        list(shares_of(foreign(queries=50), 2))


@pytest.mark.slow
def test_two_workers_land_within_a_hundredth_of_one_process(tmp_path):
    from ml.training.distributed import cluster, fit_on

    build_dataset(log(tmp_path / "log", queries=500, days=600)).save(tmp_path / "set")
    data = Dataset.load(tmp_path / "set")
    split = split_of(data, share=RECIPE.held_out, embargo=RECIPE.embargo)
    with cluster(2, None) as client:
        workers = client.scheduler_info()["workers"]
        assert len(workers) == 2
        assert all(address.startswith("tcp://127.0.0.1:") for address in workers)
        ranker = fit_on(client, RECIPE, split.train)
    assert "[num_machines: 2]" in model_text(ranker.booster_)
    alone = fit(RECIPE, split.train)
    gain, sizes = metrics.gains_of(split.held_out.relevance), split.held_out.query_sizes
    there, here = (
        float(np.nanmean(metrics.ndcg(gain, one.score(split.held_out.X), sizes, 10))) for one in (ranker, alone)
    )
    print(f"two workers {there:.4f}, one process {here:.4f}")
    assert abs(there - here) <= 0.01


def test_what_has_no_trees_or_no_scheduler_is_said_in_a_sentence(tmp_path, monkeypatch):
    from ml.training.distributed import fit_on

    with pytest.raises(TableError, match="no trees to fit on several machines"):
        fit_on(None, Recipe(ranker="logistic"), foreign())
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    found = CliRunner().invoke(ml, ["train", "--workers", "2"])
    assert found.exit_code == 2
    assert "--engine dask" in found.output


def test_without_dask_the_command_that_adds_it_is_named(monkeypatch):
    from ml.training import distributed

    monkeypatch.setitem(sys.modules, "distributed", None)
    needs = r'`\.venv/bin/pip install "dask\[distributed,dataframe\]'
    with pytest.raises(TableError, match=needs), distributed.cluster(2, None):
        pass


@pytest.mark.slow
def test_the_command_trains_on_a_cluster_of_its_own_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    log(tmp_path / "exports", queries=300, days=500)
    assert CliRunner().invoke(ml, ["dataset", "--from", str(tmp_path / "exports")]).exit_code == 0
    (tmp_path / "recipe.json").write_text(json.dumps({"ranker": "lightgbm", "trees": {"trees": 10}}))
    words = ["train", "--engine", "dask", "--workers", "2", "--recipe", str(tmp_path / "recipe.json")]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        found = CliRunner().invoke(ml, [*words, "--out", str(tmp_path / "made")])
    assert found.exit_code == 0, found.output
    assert not [one for one in warned if "will be ignored" in str(one.message)]
    manifest = json.loads((tmp_path / "made" / "manifest.json").read_text())
    assert manifest["engine"] == {"name": "dask", "workers": 2}
