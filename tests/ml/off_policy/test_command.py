"""`kith ml ope` as it is typed: figures from a log in which chance had a hand, or a refusal and no figure."""

import json
import re

import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.training.world import make_world
from tests.ml.training.made import log


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    monkeypatch.delenv("KITH_MODELS", raising=False)

    def typed(*words):
        found = CliRunner().invoke(ml, [str(word) for word in words])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found

    return typed


def kept(tmp_path):
    return next((tmp_path / "models").glob("*/ope.json"))


def test_a_log_of_an_unknown_policy_is_refused_without_a_figure(run, tmp_path):
    log(tmp_path / "exports", queries=200, days=500)
    run("dataset", "--from", tmp_path / "exports")
    assert run("train", "--ranker", "logistic").exit_code == 0
    found = run("ope")
    assert found.exit_code == 1
    assert "No slate is left to estimate from: " in found.output
    assert "of an unknown policy" in found.output
    assert not re.search(r"\d\.\d", found.output)
    written = json.loads(kept(tmp_path).read_text())
    assert (written["value"], written["champion"], written["over_champion"]) == (None, None, None)
    assert written["refused"] in found.output


@pytest.mark.slow
def test_a_version_is_valued_beside_what_was_logged_and_again_to_the_byte(run, tmp_path):
    print("seed 5")
    make_world(tmp_path / "world", seed=5, referrals=2500, dial="additive")
    run("dataset", "--from", tmp_path / "world")
    run("train", "--ranker", "logistic")
    told = run("ope", "--seed", 3)
    assert told.exit_code == 0, told.output
    for words in ("as logged (naive)", "version", "rules", "doubly robust", "No weight was cut."):
        assert words in told.output
    written = kept(tmp_path).read_bytes()
    found = json.loads(written)
    assert found["refused"] is None
    assert found["ess"] > 100
    assert found["value"]["low"] < found["value"]["mean"] < found["value"]["high"]
    assert found["value"] == found["orders"]["version"]["estimates"]["dr"]
    assert found["over"]["distance"]["low"] > 0
    assert run("ope", "--seed", 3, "--as-json").output.strip() == written.decode().strip()
    assert kept(tmp_path).read_bytes() == written
    few = run("ope", "--assume", "placed")
    assert few.exit_code == 1
    assert "no estimate is given" in few.output
    assert json.loads(kept(tmp_path).read_bytes())["value"] is None
