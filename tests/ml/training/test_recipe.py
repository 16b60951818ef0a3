"""Recipes as files, signs as they are typed, and features that are not ours."""

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from ml.features import MONOTONE
from ml.models.registry import MANIFEST, PACK, Registry, RegistryError
from ml.models.stored import LINEAR, load_ranker
from ml.models.trees import DEFAULTS
from ml.training.dataset import build_dataset
from ml.training.groups import Dataset
from ml.training.learnable import position_of, signs_of
from ml.training.recipe import Recipe, signs
from ml.training.split import split_of
from ml.training.tables import TableError
from ml.training.train import fit, train
from tests.ml.models.conftest import make_slates
from tests.ml.training.made import log

QUICK = {"trees": 20, "min_data_in_leaf": 20}


def foreign(seed=31, queries=120, **report) -> Dataset:
    """A data set of five features that somebody gave us, one query a day."""
    made = make_slates(seed, queries=queries)
    number = np.repeat(np.arange(queries), 8)
    about = {
        "query": [f"q{each:04}" for each in number],
        "referral": [f"q{each:04}" for each in number],
        "shown_at": pl.Series(number).cast(pl.Int64) * 86_400_000_000,
        "position": made.position,
        "relevance": made.y,
    }
    rows = pl.DataFrame(about | {f"x{place}": made.X[:, place] for place in range(5)})
    rows = rows.with_columns(pl.col("shown_at").cast(pl.Datetime("us")).dt.replace_time_zone("UTC"))
    features = {"names": [f"x{place}" for place in range(5)], "schema_sha256": "0" * 64, "foreign": True}
    told = {"as_of": "2000-04-29", "labels": "given", "inputs": {}, "features": features, "times": "order"}
    told |= {"queries": queries, "relevance": {}}
    return Dataset(rows, told | report)


def test_a_recipe_read_back_is_the_one_that_was_written(tmp_path):
    recipe = Recipe(seed=7, linear_trust=50.0, trees={"num_leaves": 4})
    for name, written in (("bare", recipe.parameters), ("tuned", {"recipe": recipe.parameters, "score": 0.5})):
        (tmp_path / name).write_text(json.dumps(written))
        assert Recipe.read(tmp_path / name).parameters == recipe.parameters
        assert Recipe.read(tmp_path / name).sha256 == recipe.sha256


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("{", "cannot be read as JSON"),
        ("[1]", "must be an object"),
        ('{"magic": 1}', "knows no magic"),
        ('{"ranker": "magic"}', "no ranker 'magic'"),
        ('{"trees": {"tres": 1}}', "no figure tres"),
        ('{"held_out": 1}', "between 0 and 1"),
        ('{"linear_trust": -1}', "linear_trust and grade not below"),
        ('{"strength": 0}', "strength above 0"),
        ('{"linear_trust": "much"}', "makes no ranker"),
        ('{"trust": 0.2}', "before half of the trees aimed at choices.*Tune again with `kith ml tune`"),
        ('{"monotone": {"x": 2}}', "a sign is"),
    ],
)
def test_what_is_no_recipe_is_refused_in_a_sentence(tmp_path, written, sentence):
    (tmp_path / "recipe").write_text(written)
    with pytest.raises(TableError, match=sentence):
        Recipe.read(tmp_path / "recipe")


def test_trees_that_no_pack_holds_are_refused_before_any_learning(tmp_path):
    dataset = build_dataset(log(tmp_path / "log", queries=10))
    large = Recipe(trees={"num_leaves": 65})
    with pytest.raises(TableError, match="trees of 65 leaves; a pack's have 64 at most"):
        train(dataset, large, tmp_path / "version")
    with pytest.raises(TableError, match="slates with a choice were shown"):
        train(dataset, replace(large, trees={"num_leaves": 64}), tmp_path / "version")


def test_signs_are_typed_by_name():
    assert signs(["a=1", "b=-1", "c=d=+1"]) == {"a": 1, "b": -1, "c=d": 1}
    for wrong in ("a", "a=2", "=1"):
        with pytest.raises(TableError, match="NAME=1"):
            signs([wrong])


def test_foreign_features_have_the_signs_they_are_given_and_ours_their_own():
    data = foreign()
    assert signs_of(data, {"x0": 1, "x1": -1}) == (1, -1, 0, 0, 0)
    with pytest.raises(TableError, match="no feature x9"):
        signs_of(data, {"x9": 1})
    ours = Dataset(data.rows, data.report | {"features": {"names": [], "schema_sha256": "0"}})
    assert signs_of(ours, {}) == MONOTONE
    with pytest.raises(TableError, match="signs in their definition"):
        signs_of(ours, {"x0": 1})


def test_positions_that_nobody_told_are_not_learned_from():
    assert position_of(foreign(positions="unknown")) is None
    assert len(position_of(foreign(positions="told"))) == 960


def test_queries_that_are_only_in_order_need_no_embargo():
    split = split_of(foreign(), share=0.25, embargo=Recipe().embargo)
    assert len(split.train.query_sizes) + len(split.held_out.query_sizes) == 120
    timed = split_of(foreign(queries=400, times="told"), share=0.25, embargo=Recipe().embargo)
    assert timed.held_out_from - timed.learned_until == Recipe().embargo


def test_the_queries_of_a_test_file_are_what_is_held_out():
    split = split_of(foreign(held_out_from="1970-03-01T00:00:00Z"), share=0.5, embargo=Recipe().embargo)
    assert [len(side.query_sizes) for side in (split.train, split.held_out)] == [59, 61]


def test_foreign_features_make_a_version_without_a_pack_that_can_never_serve(tmp_path):
    data = foreign(queries=240)
    manifest = train(data, Recipe(trees=QUICK, monotone={"x0": 1}), tmp_path / "v")
    assert set(manifest["files"]) == {"model.txt", LINEAR}
    assert not (tmp_path / "v" / PACK).exists()
    registry = Registry(tmp_path / "models")
    version = registry.register(tmp_path / "v")
    assert registry.damaged() == []
    X = split_of(data, share=0.2, embargo=Recipe().embargo).held_out.X
    assert load_ranker(version.folder).score(X).shape == (len(X),)
    with pytest.raises(RegistryError, match="it has no pack"):
        registry.promote(version.name)


@pytest.mark.slow
def test_the_same_foreign_data_give_the_same_bytes_with_one_and_two_threads(tmp_path):
    for threads in (1, 2):
        train(foreign(queries=240), Recipe(trees=QUICK | {"seeds": 2}), tmp_path / str(threads), threads=threads)
    for name in ("model.txt", LINEAR, MANIFEST):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_label_or_a_feature_that_makes_no_sense_is_refused_in_a_sentence():
    data = foreign()
    beyond = data.rows.with_columns(pl.col("relevance") + 4)
    with pytest.raises(TableError, match="relevance must be 0 to 4"):
        fit(Recipe(trees=QUICK), Dataset(beyond, data.report))
    leaked = data.rows.with_columns((10.0 - pl.col("position")).alias("x2"))
    with pytest.raises(TableError, match="feature 2 follows the position"):
        fit(Recipe(trees=QUICK), Dataset(leaked, data.report))


def test_every_default_of_the_trees_is_in_a_recipes_parameters():
    assert Recipe().parameters["trees"] == DEFAULTS
