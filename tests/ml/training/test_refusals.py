"""What must not serve, as it is typed: promotion refuses each, with its reason, and the champion stays."""

import gzip
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.files import read_json, sha256_of_file, write_json
from ml.models.artifact import export
from ml.models.registry import Registry
from ml.models.stored import load_ranker
from ml.training.groups import Dataset
from tests.ml.training.made import log

pytestmark = pytest.mark.slow
#: Slates of the log: a fifth is judged, which shows a loss of 1 %.
QUERIES = 3000


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Train, audit and promote a champion once, and give the folder of it all."""
    folder = tmp_path_factory.mktemp("place")
    log(folder / "exports" / "log", queries=QUERIES, days=500)
    for words in (
        ("dataset", "--from", folder / "exports" / "log"),
        ("train",),
        ("evaluate",),
        ("fairness",),
    ):
        typed(folder, *words)
    assert "of an unknown policy" in typed(folder, "ope", fails=True)
    typed(folder, "promote", "--unestimated")
    return folder


@pytest.fixture
def home(place, tmp_path):
    """A copy of that folder that a test may spoil."""
    shutil.copytree(place, tmp_path / "home")
    return tmp_path / "home"


def typed(home: Path, *words, fails=False) -> str:
    found = CliRunner().invoke(ml, [str(word) for word in words], env={"KITH_HOME": str(home), "KITH_MODELS": ""})
    assert (found.exit_code != 0) is fails, found.output
    assert "Traceback" not in found.output
    return " ".join(found.output.split())


def champion(home):
    return Registry(home / "models").champion()


def refused(home, name) -> str:
    """Judge and audit the version `name` and try to promote it; give what is said."""
    before = champion(home).name
    typed(home, "evaluate", name)
    typed(home, "fairness", name)
    said = typed(home, "promote", name, fails=True)
    assert champion(home).name == before
    assert f"{name} refused" in typed(home, "history")
    return said


def test_a_version_of_which_the_log_gives_no_estimate_is_refused_until_somebody_says_that_it_cannot(home):
    name = sibling(home, "alike", lambda folder, manifest: renamed_pack(folder, manifest["version"]))
    assert "What it would have earned was not estimated: run `kith ml ope alike`" in refused(home, name)
    typed(home, "ope", name, fails=True)
    said = refused(home, name)
    assert "No off-policy estimate could be had. No slate is left to estimate from" in said
    assert "--unestimated" in said
    assert "Note: No off-policy estimate could be had." in typed(home, "promote", name, "--unestimated")
    assert champion(home).name == name
    assert "alike promoted" in typed(home, "history")
    assert "--unestimated" in typed(home, "history").split("alike promoted")[1]


def sibling(home, name, change) -> str:
    """Register a version like the champion, called `name`, after `change` was made to its folder and manifest."""
    folder = home / "made"
    shutil.copytree(champion(home).folder, folder)
    for file in ("evaluation.json", "fairness.json", "ope.json", "promotion.json"):
        (folder / file).unlink(missing_ok=True)
    manifest = read_json(folder / "manifest.json") | {"version": name}
    change(folder, manifest)
    manifest["files"] = {file: sha256_of_file(folder / file) for file in manifest["files"]}
    write_json(folder / "manifest.json", manifest)
    typed(home, "register", folder)
    return name


def renamed_pack(folder, name):
    pack = json.loads(gzip.decompress((folder / "pack.json.gz").read_bytes())) | {"version": name}
    text = json.dumps(pack, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    (folder / "pack.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def test_a_model_trained_on_shuffled_labels_is_refused(home):
    honest = Dataset.load(home / "datasets" / "latest")
    rng = np.random.default_rng(5)
    labels = np.concatenate([rng.permutation(one) for one in np.split(honest.relevance, QUERIES)])
    rows = honest.rows.with_columns(pl.Series("relevance", labels, dtype=pl.Int8))
    replace(honest, rows=rows).save(home / "shuffled")
    typed(home, "train", "--data", home / "shuffled")
    said = refused(home, Registry(home / "models").challenger().name)
    assert "It is worse than the champion" in said
    assert "It is not better than rules" in said


def test_a_version_one_percent_worse_than_the_champion_is_refused(home):
    def weaken(folder, manifest):
        ranker = load_ranker(folder)
        X = Dataset.load(home / "datasets" / "latest").X
        spread = np.nanstd(X, axis=0)
        spoil = np.random.default_rng(6).normal(size=X.shape[1]) * 0.035 * ranker.score(X).std()
        spoilt = _Spoilt(ranker, np.divide(spoil, spread, out=np.zeros_like(spoil), where=spread > 0))
        write_json(folder / "linear.json", {"weights": spoilt.weights_.tolist(), "intercept": spoilt.intercept_})
        (folder / "pack.json.gz").write_bytes(export(spoilt, version=manifest["version"], as_of=manifest["trained_on"]))

    said = refused(home, sibling(home, "weaker", weaken))
    found = Registry(home / "models").version("weaker").evaluation
    lost = found["over"]["champion"]["mean"] / found["quality"]["champion"]["ndcg@10"]["mean"]
    assert -0.012 < lost < -0.008
    assert found["over"]["champion"]["high"] > 0  # NDCG alone could not tell it from the champion yet
    assert "It is worse than the champion: NDCG@10 -0.0" in said
    assert "less of what was chosen" in said


class _Spoilt:
    def __init__(self, ranker, noise):
        self.weights_ = ranker.weights_ + noise
        self.means_ = np.zeros(len(noise))
        self.intercept_ = ranker.intercept_
        self.booster_ = ranker.booster_


def test_a_version_of_another_schema_is_refused(home):
    def reschema(folder, manifest):
        renamed_pack(folder, manifest["version"])
        manifest["features"] = manifest["features"] | {"schema_sha256": "0" * 64}

    before, name = champion(home).name, sibling(home, "other", reschema)
    assert "learned from other features than this data set has" in typed(home, "evaluate", name, fails=True)
    assert "other features than phones and server work out today" in typed(home, "promote", name, fails=True)
    assert champion(home).name == before
    assert f"{name} refused" in typed(home, "history")


def test_a_pack_that_calls_itself_otherwise_is_refused(home):
    name = sibling(home, "renamed", lambda folder, manifest: None)
    assert "renamed/pack.json.gz cannot rank. Pack-renamed: it calls itself" in typed(home, "promote", name, fails=True)
    assert "pack-renamed" in typed(home, "verify", name, fails=True)


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-7], lambda data: data[:99] + bytes([data[99] ^ 4]) + data[100:]]
)
def test_a_pack_cut_short_or_with_a_flipped_bit_is_refused_by_promote_and_told_by_verify(home, damage):
    name = sibling(home, "damaged", lambda folder, manifest: renamed_pack(folder, manifest["version"]))
    pack = home / "models" / name / "pack.json.gz"
    assert "damaged: whole" in typed(home, "verify", name)
    pack.write_bytes(damage(pack.read_bytes()))
    assert "pack.json.gz of version damaged is not the file that its manifest names" in typed(
        home, "promote", name, fails=True
    )
    assert "not the file that its manifest names" in typed(home, "verify", fails=True)


def test_weights_that_are_not_those_of_the_pack_are_found_by_verify(home):
    def touch(folder, manifest):
        renamed_pack(folder, manifest["version"])
        straight = read_json(folder / "linear.json")
        straight["weights"][0] += 1e-9
        write_json(folder / "linear.json", straight)

    name = sibling(home, "touched", touch)
    assert "Pack and model differ in" in typed(home, "verify", name, fails=True)
    assert "Its pack does not give the model's scores to the last bit" in refused(home, name)


def test_a_red_audit_is_refused(home):
    name = sibling(home, "unfair", lambda folder, manifest: renamed_pack(folder, manifest["version"]))
    typed(home, "evaluate", name)
    typed(home, "fairness", name)
    path = home / "models" / name / "fairness.json"
    write_json(path, read_json(path) | {"verdict": "red", "reasons": ["Flipping ethnicity changes scores or lists."]})
    assert "Unfair: Flipping ethnicity changes scores or lists." in typed(home, "promote", name, fails=True)
