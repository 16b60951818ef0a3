"""Searching for a recipe: folds that know only the past, bounds that shrink, and the same recipe for the same seed."""

import json
from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.training.dataset import build_dataset
from ml.training.folds import folds
from ml.training.recipe import Recipe
from ml.training.space import Space
from ml.training.split import split_of
from ml.training.tables import TableError
from ml.training.train import fit
from ml.training.tune import Search, judge, tune
from tests.ml.training.made import log
from tests.ml.training.test_recipe import foreign

EMBARGO = timedelta(days=84)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return build_dataset(log(tmp_path_factory.mktemp("log"), queries=400, days=600))


class Extremes:
    """A trial that always wants the least, or the most."""

    def __init__(self, most):
        self.most = most

    def suggest_int(self, name, low, high, **_):
        assert low <= high, name
        return high if self.most else low

    suggest_float = suggest_int

    def suggest_categorical(self, name, choices):
        return choices[-1 if self.most else 0]


def test_each_fold_learns_from_what_came_before_its_embargo_and_later_ones_learn_from_more(dataset):
    cut = folds(dataset, count=3, embargo=EMBARGO, seed=1)
    assert len(cut) == 3
    sizes = [len(fold.learn.query_sizes) for fold in cut]
    assert sizes == sorted(set(sizes))
    for fold in cut:
        assert fold.learn.rows["shown_at"].max() < fold.judge.rows["shown_at"].min() - EMBARGO
        assert not set(fold.learn.rows["referral"]) & set(fold.judge.rows["referral"])
        assert not set(fold.learn.rows["query"]) & set(fold.judge.rows["query"])


def test_no_query_is_judged_in_two_folds_and_the_newest_are_judged(dataset):
    cut = folds(dataset, count=3, embargo=EMBARGO, seed=1)
    judged = [name for fold in cut for name in fold.judge.rows["query"].unique()]
    assert len(judged) == len(set(judged))
    assert dataset.queries["query"][-1] in judged


def test_a_referral_that_was_learned_from_is_not_judged_though_its_later_slate_could_be(dataset):
    early, late = (pl.col("query") == dataset.queries["query"][place] for place in (0, -1))
    again = dataset.queries["referral"][0]
    rows = dataset.rows.with_columns(pl.when(early | late).then(pl.lit(again)).otherwise("referral").alias("referral"))
    cut = folds(replace(dataset, rows=rows), count=3, embargo=EMBARGO, seed=1)
    assert all(again in fold.learn.rows["referral"] for fold in cut)
    assert not any(again in fold.judge.rows["referral"] for fold in cut)
    assert any(dataset.queries["query"][-2] in fold.judge.rows["query"] for fold in cut)


def test_folds_of_queries_without_a_time_judge_each_query_once():
    data = foreign(queries=120)
    cut = folds(data, count=3, embargo=EMBARGO, seed=1)
    judged = [name for fold in cut for name in fold.judge.rows["query"].unique()]
    assert sorted(judged) == sorted(data.rows["query"].unique())
    for fold in cut:
        assert len(fold.learn.query_sizes) + len(fold.judge.query_sizes) == 120


def test_too_little_in_the_folds_is_said_and_the_usual_recipe_stands(dataset):
    few = dataset.where(np.arange(400) < 60)
    with pytest.raises(TableError, match=r"too little to tune on.*The usual recipe stands"):
        folds(few, count=3, embargo=EMBARGO, seed=1)


def test_with_few_queries_the_search_is_refused_and_the_usual_recipe_stands(dataset):
    few = dataset.where(np.arange(400) < 220)
    with pytest.raises(TableError, match="fewer than 150 the best of many recipes is the luckiest"):
        tune(few, Recipe(), Search(trials=1))


@pytest.mark.parametrize("queries", [150, 500, 2_000, 100_000])
@pytest.mark.parametrize("most", [False, True])
def test_no_recipe_of_the_space_has_small_leaves_or_too_many_of_them(queries, most):
    recipe = Space.of(queries, 10 * queries).suggest(Extremes(most), Recipe())
    trees = recipe.trees
    assert trees["min_data_in_leaf"] >= 80
    assert trees["trees"] * trees["num_leaves"] * trees["seeds"] <= 4_500
    assert 1 <= trees["trees"] <= max(100, queries // 4)


def test_the_space_grows_with_what_there_is_to_learn_from():
    few, many = Space.of(200, 2_000), Space.of(5_000, 50_000)
    assert (few.trees, few.leaves, few.in_leaf) == (100, 4, 80)
    assert (many.trees, many.leaves, many.in_leaf) == (600, 31, 640)


def test_a_ranker_without_trees_is_tuned_by_its_own_figures_alone():
    found = Space.of(500, 5_000).suggest(Extremes(True), Recipe(ranker="logistic"))
    assert (found.trees, found.strength, found.grade) == ({}, 10.0, 3.0)
    assert Space.of(500, 5_000).suggest(Extremes(True), Recipe(ranker="lightgbm")).linear_trust == Recipe().linear_trust


@pytest.mark.slow
def test_what_is_held_out_has_no_part_in_the_search(dataset):
    recipe = Recipe(ranker="logistic")
    split = split_of(dataset, share=recipe.held_out, embargo=recipe.embargo)
    found = tune(dataset, recipe, Search(trials=2))
    cut = folds(split.train, count=3, embargo=recipe.embargo, seed=1)
    usual = [float(np.nanmean(judge(recipe, fold, 1))) for fold in cut]
    assert found["tuned"]["usual"] == pytest.approx(np.mean(usual), abs=1e-6)
    assert max(fold.judge.rows["shown_at"].max() for fold in cut) < split.learned_until


@pytest.mark.slow
def test_the_usual_figures_stay_unless_others_lead_by_more_than_chance(dataset):
    tuned = tune(dataset, Recipe(ranker="logistic"), Search(trials=3))
    usual = Recipe(ranker="logistic").parameters
    assert tuned["recipe"] == (tuned["tuned"]["best_recipe"] if tuned["tuned"]["adopted"] else usual)
    from_bad = tune(dataset, Recipe(ranker="logistic", strength=1e-9), Search(trials=3))
    assert from_bad["tuned"]["adopted"]
    assert from_bad["recipe"]["strength"] > 0.003


@pytest.mark.slow
def test_a_search_goes_on_where_it_stopped_and_refuses_one_on_other_data(dataset, tmp_path):
    recipe, study = Recipe(ranker="logistic"), tmp_path / "study.db"
    assert tune(dataset, recipe, Search(trials=2, study=study))["tuned"]["trials"] == 2
    seen = []
    more = tune(dataset, recipe, Search(trials=4, study=study, progress=lambda done, best: seen.append(done)))
    assert (more["tuned"]["trials"], seen) == (4, [3, 4])
    assert more == tune(dataset, recipe, Search(trials=4))
    fewer = dataset.where(np.arange(400) > 0)
    with pytest.raises(TableError, match="other data"):
        tune(fewer, recipe, Search(trials=2, study=study))


class UnpluggedError(Exception):
    """What ends a search in the middle of a trial."""


@pytest.mark.slow
def test_a_search_that_was_broken_off_in_the_middle_of_a_trial_ends_as_one_that_was_not(dataset, tmp_path, monkeypatch):
    """Beyond the tenth trial the search draws by what it has seen; pruned trials are among those that count."""
    recipe, study, fits = Recipe(ranker="logistic"), tmp_path / "study.db", []

    def unplugged(*words, **more):
        fits.append(1)
        if len(fits) == 18:
            raise UnpluggedError
        return fit(*words, **more)

    monkeypatch.setattr("ml.training.tune.fit", unplugged)
    with pytest.raises(UnpluggedError):
        tune(dataset, recipe, Search(trials=12, folds=2, study=study))
    monkeypatch.setattr("ml.training.tune.fit", fit)
    assert tune(dataset, recipe, Search(trials=12, folds=2, study=study)) == tune(
        dataset, recipe, Search(trials=12, folds=2)
    )


@pytest.mark.slow
def test_the_same_seed_gives_the_same_recipe_file_and_a_model_that_can_be_trained_from_it(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    log(tmp_path / "exports", queries=400, days=600)

    def typed(*words):
        found = CliRunner().invoke(ml, [str(word) for word in words])
        assert found.exit_code == 0, found.output
        return found.output

    typed("dataset", "--from", tmp_path / "exports")
    for name in ("1", "2"):
        told = typed("tune", "--trials", 3, "--seed", 3, "--out", tmp_path / f"{name}.json")
        assert "3, 0 of them broken off" in told
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()
    typed("train", "--recipe", tmp_path / "1.json", "--out", tmp_path / "made")
    manifest = json.loads((tmp_path / "made" / "manifest.json").read_text())
    assert manifest["parameters"] == json.loads((tmp_path / "1.json").read_text())["recipe"]
    assert manifest["seed"] == 3
    typed("train", "--recipe", tmp_path / "1.json", "--seed", 4, "--out", tmp_path / "other")
    assert json.loads((tmp_path / "other" / "manifest.json").read_text())["seed"] == 4
