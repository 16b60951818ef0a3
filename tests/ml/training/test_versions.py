"""From a log to a version that serves: training, judging, promoting, and the first ranker of a place."""

import gzip
import json

import numpy as np
import polars as pl
import pytest

from ml.audit.fairness import Sources, fairness
from ml.models.evidence import FAIRNESS, OPE
from ml.models.registry import CARD, MANIFEST, PACK, Registry
from ml.models.stored import FILES, load_ranker
from ml.models.walker import Pack
from ml.off_policy.judging import judge as estimate
from ml.training.dataset import build_dataset
from ml.training.evaluate import evaluate
from ml.training.first import train_first_model
from ml.training.groups import Dataset
from ml.training.judge import keep_evaluation
from ml.training.promote import RefusalError, promote
from ml.training.recipe import MAKERS, Recipe
from ml.training.split import split_by_time
from ml.training.tables import TableError
from ml.training.train import train
from tests.ml.training.made import exposure, item, log, placement, tables

QUICK = {"trees": 20, "min_data_in_leaf": 20}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return build_dataset(log(tmp_path_factory.mktemp("log"), queries=400, days=500))


def registered(dataset, folder, registry, **recipe):
    train(dataset, Recipe(trees=QUICK, **recipe), folder)
    return registry.register(folder)


@pytest.fixture
def registry(tmp_path):
    return Registry(tmp_path / "models")


@pytest.fixture
def version(dataset, tmp_path, registry):
    return registered(dataset, tmp_path / "new", registry)


def judge(registry, version, dataset):
    found = evaluate(version, dataset, champion=registry.champion())
    keep_evaluation(registry, version, found)
    registry.write_evidence(version.name, FAIRNESS, fairness(version, dataset, Sources()))
    registry.write_evidence(version.name, OPE, estimate(version, dataset, champion=registry.champion()))
    return found


@pytest.mark.parametrize("ranker", MAKERS)
def test_the_stored_ranker_and_its_pack_score_alike_to_the_last_bit(dataset, tmp_path, registry, ranker):
    found = registered(dataset, tmp_path / "v", registry, ranker=ranker)
    X = split_by_time(dataset).held_out.X
    pack = Pack.load(found.pack_path.read_bytes(), version=found.name, sha256=found.pack_sha256)
    assert pack.score(X).tobytes() == load_ranker(found.folder).score(X).tobytes()
    assert pack.as_of == dataset.report["as_of"]


def test_the_manifest_names_what_the_version_was_made_of(version, dataset):
    manifest = version.manifest
    assert manifest["data"]["sha256"] == dataset.sha256
    assert manifest["data"]["inputs"] == dataset.report["inputs"]
    assert manifest["learned_until"] < manifest["held_out_from"]
    assert set(manifest["files"]) == set(FILES)
    assert manifest["parameters"]["seed"] == manifest["seed"] == 1
    assert version.name.startswith(dataset.report["as_of"])


@pytest.mark.slow
def test_the_same_data_recipe_and_seed_give_the_same_bytes_with_one_and_two_threads(dataset, tmp_path):
    for threads in (1, 2):
        train(dataset, Recipe(trees=QUICK), tmp_path / str(threads), threads=threads)
    for name in (*FILES, MANIFEST, CARD):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


def test_another_seed_or_other_data_make_another_version(dataset, tmp_path, registry, version):
    other_seed = registered(dataset, tmp_path / "seed", registry, seed=2)
    fewer = dataset.where(np.arange(400) != 0)
    other_data = registered(fewer, tmp_path / "data", registry)
    assert len({version.name, other_seed.name, other_data.name}) == 3


def test_an_evaluation_measures_the_version_beside_everything_it_has_to_beat(dataset, version, registry):
    found = judge(registry, version, dataset)
    assert set(found["quality"]) == {"version", "distance", "popularity", "rules", "logistic", "random"}
    assert set(found["quality"]["version"]) == {"ndcg@1", "ndcg@5", "ndcg@10", "mrr", "recall@3", "recall@5"}
    assert found["over"]["random"]["low"] > 0.1
    assert found["pack_scores_alike"]
    assert found["queries"]["judged"] + found["queries"]["without_a_positive"] == 80


def test_an_evaluation_repeats_to_the_byte(dataset, version):
    assert json.dumps(evaluate(version, dataset)) == json.dumps(evaluate(version, dataset))


def test_the_card_tells_the_figures_once_they_are_known(dataset, version, registry):
    assert "Not evaluated yet" in (version.folder / CARD).read_text()
    found = judge(registry, version, dataset)
    assert f"{found['quality']['version']['ndcg@10']['mean']:.3f}" in (version.folder / CARD).read_text()


@pytest.mark.slow
def test_a_version_is_promoted_and_a_retrained_one_on_nearly_the_same_data_too(dataset, version, tmp_path, registry):
    judge(registry, version, dataset)
    promote(registry, version.name, unjudged=True, unestimated=True)
    exposures = {"x1": exposure([item("a", 0, metres=300.0), item("b", 1, metres=9000.0)], referral="x", days=500)}
    more = build_dataset(
        tables(tmp_path / "more", exposures, {"x": placement("x1", "a", referral="x", days=500)}), as_of=None
    )
    together = Dataset(pl.concat([dataset.rows, more.rows]), dataset.report)
    retrained = registered(together, tmp_path / "again", registry)
    assert retrained.name != version.name
    found = judge(registry, retrained, together)
    assert found["champion"] == version.name
    assert (
        promote(registry, retrained.name, unjudged=True, unestimated=True).name
        == registry.champion().name
        == retrained.name
    )
    assert registry.rollback().name == version.name


@pytest.mark.slow
def test_a_model_of_shuffled_labels_is_refused_and_the_champion_stays(dataset, version, tmp_path, registry):
    judge(registry, version, dataset)
    promote(registry, version.name, unjudged=True, unestimated=True)
    rng = np.random.default_rng(5)
    labels = np.concatenate([rng.permutation(one) for one in np.split(dataset.relevance, 400)])
    shuffled = Dataset(dataset.rows.with_columns(pl.Series("relevance", labels, dtype=pl.Int8)), dataset.report)
    worse = registered(shuffled, tmp_path / "shuffled", registry)
    judge(registry, worse, dataset)
    with pytest.raises(RefusalError) as refused:
        promote(registry, worse.name, unjudged=True, unestimated=True)
    assert any("worse than the champion" in reason for reason in refused.value.reasons)
    assert any("rules" in reason for reason in refused.value.reasons)
    assert registry.champion().name == version.name


def test_a_version_is_never_judged_on_slates_that_the_champion_learned_from(dataset, tmp_path, registry):
    champion = registered(dataset, tmp_path / "late", registry, held_out=0.1)
    challenger = registered(dataset, tmp_path / "early", registry, held_out=0.3)
    found = evaluate(challenger, dataset, champion=champion)
    assert found["judged_from"] == champion.manifest["held_out_from"] > challenger.manifest["held_out_from"]


def test_the_champion_is_not_compared_with_itself(dataset, version):
    assert evaluate(version, dataset, champion=version)["champion"] is None


def test_a_data_set_of_other_features_is_refused(dataset, version, tmp_path):
    other = Dataset(dataset.rows, dataset.report | {"features": {"names": [], "schema_sha256": "0"}})
    with pytest.raises(TableError, match="other features"):
        train(other, Recipe(trees=QUICK), tmp_path / "x")
    with pytest.raises(TableError, match="other features"):
        evaluate(version, other)


def test_a_recipe_with_an_unknown_ranker_is_refused():
    with pytest.raises(ValueError, match="no ranker 'magic'; there are hybrid, lightgbm, logistic"):
        Recipe(ranker="magic")


def test_the_first_model_serves_at_once_and_is_not_trained_twice(tmp_path):
    made = log(tmp_path / "world", queries=300, days=500)
    first = train_first_model(made.root, tmp_path / "models")
    assert Registry(tmp_path / "models").champion().name == first.name
    bytes_before = (first.folder / PACK).read_bytes()
    assert train_first_model(made.root, tmp_path / "models").name == first.name
    assert (first.folder / PACK).read_bytes() == bytes_before
    assert json.loads(gzip.decompress(bytes_before))["version"] == first.name


def test_a_future_outcome_in_the_log_changes_no_byte_of_a_model(tmp_path):
    made = log(tmp_path / "log", queries=200, days=500)
    day = build_dataset(made).report["as_of"]
    exposures, placements = dict(made.documents("exposure")), dict(made.documents("placement"))
    placements["later"] = placement("e00001", exposures["e00001"]["items"][2]["id"], days=600, attended=9)
    changed = tables(tmp_path / "changed", exposures, placements)
    for name, source in (("before", made), ("after", changed)):
        train(build_dataset(source, as_of=np.datetime64(day).item()), Recipe(trees=QUICK), tmp_path / name)
    assert (tmp_path / "before" / "model.txt").read_bytes() == (tmp_path / "after" / "model.txt").read_bytes()
