"""Training on several machines."""

import json
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from ml import metrics
from ml.cli import ml
from ml.models.trees import model_text
from ml.training.dataset import build_dataset
from ml.training.parted import parted, refuse_cut
from ml.training.recipe import Recipe
from ml.training.split import split_of
from ml.training.tables import TableError
from ml.training.train import fit
from tests.ml.training.made import log
from tests.ml.training.test_recipe import foreign

RECIPE = Recipe(trees={"trees": 60, "min_data_in_leaf": 20})


@pytest.mark.parametrize("count", [1, 2, 7])
def test_parts_hold_whole_queries_and_together_everything(count):
    data = foreign(queries=50)
    parts = list(parted(data, count))
    assert len(parts) == count
    refuse_cut(parts)
    assert np.concatenate([part.X for part in parts]).tobytes() == data.X.tobytes()
    assert [name for part in parts for name in part.names] == data.queries["query"].to_list()
    rows = [len(part.X) for part in parts]
    assert max(rows) - min(rows) <= 2 * 8


def test_a_query_that_lies_in_two_parts_is_an_error_that_names_it():
    first, second = parted(foreign(queries=50), 2)
    torn = replace(second, names=(first.names[-1], *second.names[1:]))
    with pytest.raises(TableError, match=f"The query {first.names[-1]} is cut in two: it lies in parts 0 and 1"):
        refuse_cut([first, torn])


def test_a_part_that_ends_within_a_query_is_an_error_that_names_it():
    first, second = parted(foreign(queries=50), 2)
    torn = replace(first, X=first.X[:-3], y=first.y[:-3])
    with pytest.raises(TableError, match=rf"Part 0 ends within a query \({first.names[-1]}"):
        refuse_cut([torn, second])


@pytest.mark.slow
def test_two_workers_land_within_a_hundredth_of_one_process(tmp_path):
    from ml.training.distributed import cluster, fit_on

    data = build_dataset(log(tmp_path / "log", queries=500, days=600))
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


@pytest.mark.slow
def test_the_command_trains_on_a_cluster_of_its_own_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    log(tmp_path / "exports", queries=300, days=500)
    assert CliRunner().invoke(ml, ["dataset", "--from", str(tmp_path / "exports")]).exit_code == 0
    (tmp_path / "recipe.json").write_text(json.dumps({"ranker": "lightgbm", "trees": {"trees": 10}}))
    words = ["train", "--engine", "dask", "--workers", "2", "--recipe", str(tmp_path / "recipe.json")]
    found = CliRunner().invoke(ml, [*words, "--out", str(tmp_path / "made")])
    assert found.exit_code == 0, found.output
    manifest = json.loads((tmp_path / "made" / "manifest.json").read_text())
    assert manifest["engine"] == {"name": "dask", "workers": 2}
