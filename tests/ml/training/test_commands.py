"""The data scientist's commands, as they are typed."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.cli.group import PARTS
from tests.ml.training.made import exposure, item, log, placement, tables


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    monkeypatch.delenv("KITH_MODELS", raising=False)

    def typed(*words):
        found = CliRunner().invoke(ml, [str(word) for word in words])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found

    return typed


@pytest.mark.slow
def test_from_the_log_to_a_serving_version_and_back(run, tmp_path):
    log(tmp_path / "exports", queries=300, days=500)
    told = run("dataset", "--from", tmp_path / "exports").output
    assert "300, 300 of them with a positive" in told
    assert run("train").exit_code == 0
    assert "not evaluated" in run("versions").output
    refused = run("promote")
    assert refused.exit_code == 1
    assert "It was not evaluated: run `kith ml evaluate" in refused.output
    assert "random" in run("evaluate").output
    assert "Its fairness was not audited: run `kith ml fairness" in run("promote").output
    assert "is not judged." in run("fairness").output
    assert "Its fairness audit judged nobody" in run("promote").output
    assert "0 other scores, 0 other lists" in run("fairness", "--from", tmp_path / "exports").output
    assert "was not estimated: run `kith ml ope" in run("promote").output
    assert run("ope").exit_code == 1
    assert "No off-policy estimate could be had." in run("promote").output
    assert "serves; phones rank with it" in run("promote", "--unestimated").output
    assert "serves" in run("versions").output
    assert "no earlier champion" in run("rollback").output
    assert "report.html" in run("report").output.replace("\n", "")
    assert run("export", "--out", tmp_path / "pack.gz").exit_code == 0
    version = (tmp_path / "models" / "champion").read_text().strip()
    pack = (tmp_path / "models" / version / "pack.json.gz").read_bytes()
    assert (tmp_path / "pack.gz").read_bytes() == pack
    promotion = json.loads((tmp_path / "models" / version / "promotion.json").read_text())
    assert (promotion["promoted"], promotion["reasons"], promotion["version"]) == (True, [], version)
    assert promotion["unestimated"]
    assert any("No off-policy estimate could be had" in warning for warning in promotion["warnings"])
    assert "whole; golden scores" in run("verify").output
    told = run("history").output.splitlines()
    assert ["refused" in line for line in told[1:6]] == [True] * 5
    assert "promoted" in told[6]
    assert "--unestimated" in told[6]


def test_a_version_written_elsewhere_is_registered_by_hand(run, tmp_path):
    log(tmp_path / "exports", queries=200, days=500)
    run(
        "dataset",
        "--from",
        tmp_path / "exports",
        "--as-of",
        "2026-05-01",
        "--labels",
        "outcome",
        "--out",
        tmp_path / "set",
    )
    assert run("train", "--data", tmp_path / "set", "--out", tmp_path / "made").exit_code == 0
    assert not (tmp_path / "models").exists()
    assert "is registered" in run("register", tmp_path / "made").output


@pytest.mark.slow
def test_the_first_ranker_serves_after_one_command(run, tmp_path):
    log(tmp_path / "world", queries=300, days=500)
    assert "serves" in run("first", "--world", tmp_path / "world").output
    assert (tmp_path / "models" / "champion").exists()


def test_without_a_folder_the_assembled_command_line_exports_and_adds_the_made_up_history(tmp_path, monkeypatch):
    @click.command()
    @click.option("--tenant")
    @click.argument("folder", type=click.Path(path_type=Path))
    def export(tenant, folder):
        assert tenant == "essex-demo"
        log(folder, queries=50, days=500)

    world = {"w1": exposure([item("a", 0), item("b", 1)], referral="w")}
    tables(tmp_path / "world" / "first", world, {"w1": placement("w1", "a", referral="w")})
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    kith = click.Group(commands={"export": export, "ml": ml})
    assert "51, 51 of them with a positive" in CliRunner().invoke(kith, ["ml", "dataset"]).output
    assert "50, 50 of them with a positive" in CliRunner().invoke(kith, ["ml", "dataset", "--no-made-up"]).output


def test_without_a_folder_and_without_a_database_it_says_what_to_do(run):
    found = run("dataset")
    assert found.exit_code == 2
    assert "Say with --from where the tables are" in found.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("dataset", "--from", "/nowhere"), "There is no table"),
        (("train",), "There is no data set"),
        (("evaluate",), "No version was trained yet"),
        (("promote", "ghost"), "There is no version 'ghost'"),
        (("rollback",), "no earlier champion"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(run, words, sentence):
    found = run(*words)
    assert found.exit_code == 1
    assert sentence in found.output.replace("\n", " ")
    assert "Traceback" not in found.output


def test_help_lists_every_command_and_each_one_explains_itself(run):
    listed = run("--help").output
    for name in PARTS:
        assert name in listed
        assert run(name, "--help").exit_code == 0
