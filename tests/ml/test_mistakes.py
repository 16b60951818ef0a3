"""What people mistype, mislay or damage is answered with one sentence, and nobody is told to delete what is sound."""

import sqlite3

import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.files import read_json, sha256_of_file, write_json
from ml.models.artifact import packed
from ml.models.manifest import DamagedError
from ml.models.packed import pack_of
from ml.models.registry import Registry
from ml.training.promote import rollback
from ml.training.tables import TableError
from server.cli.sentences import sentence_of
from tests.ml.training.made import log


@pytest.fixture
def said(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    monkeypatch.delenv("KITH_MODELS", raising=False)

    def typed(*words):
        found = CliRunner().invoke(ml, [str(word) for word in words])
        assert found.exit_code != 0, found.output
        assert isinstance(found.exception, SystemExit), found.exception
        assert "elete" not in found.output
        return " ".join(found.output.split())

    return typed


def version(folder, name="v1", **manifest):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.json.gz").write_bytes(name.encode())
    told = {"version": name, "files": {"pack.json.gz": sha256_of_file(folder / "pack.json.gz")}} | manifest
    write_json(folder / "manifest.json", told)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("world", "--out", "w", "--seed", -1), ("train", "--seed", -1), ("tune", "--seed", 2**32),
        ("evaluate", "--seed", -1), ("volunteers", "world", "--out", "w", "--seed", -1),
        ("ndcg", "--seeds", "1,-1"),
        ("train", "--embargo-days", 99999999999), ("drift", "--window-days", 999999999999),
        ("train", "--held-out", "nan"),
        ("dataset", "--as-of", "9999-12-31"), ("world", "--out", "w", "--today", "0001-01-01"),
        ("tune", "--timeout", "inf"),
    ],
)  # fmt: skip
def test_a_number_that_nothing_below_can_count_is_refused_by_its_option(said, words):
    assert "Invalid value for" in said(*words)


def test_a_folder_that_is_no_version_is_not_called_damaged(said, tmp_path):
    log(tmp_path / "w", queries=10)
    assert "There is no version in" in said("register", tmp_path / "w")


def test_a_damaged_version_is_to_be_put_back_and_what_serves_rolled_back(tmp_path):
    kept = Registry(tmp_path / "models")
    for name in ("v1", "v2"):
        kept.register(version(tmp_path / name, name))
        kept.promote(name)
    (tmp_path / "models" / "v2" / "pack.json.gz").write_bytes(b"")
    (told,) = kept.damaged()
    assert "Put the folder" in told
    assert "kith ml rollback" in told
    (tmp_path / "models" / "v2").rename(tmp_path / "away")
    with pytest.raises(DamagedError, match="`kith ml rollback` lets the champion before it serve"):
        kept.champion()
    assert rollback(kept).name == "v1"


def test_what_may_not_be_read_is_not_called_damaged(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    kept = Registry(tmp_path / "models")
    kept.register(version(tmp_path / "v1"))
    monkeypatch.setattr("ml.models.manifest.read_json", refuse)
    (told, *_) = kept.damaged()
    assert "This user may not read" in told
    assert "damaged" not in told
    monkeypatch.setattr("os.access", lambda path, mode: False)
    error = PermissionError(13, "Permission denied", str(tmp_path))
    assert sentence_of(error).startswith(f"This file or folder may not be read ({tmp_path}).")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"held_out_from": 5}, "is damaged"), ({"held_out_from": "yesterday"}, "is damaged"),
        ({"features": []}, "is damaged"),
        ({}, "it lacks held_out_from"),
    ],
)  # fmt: skip
def test_a_manifest_that_lacks_something_or_tells_it_wrongly_is_damaged(tmp_path, change, why):
    kept = Registry(tmp_path / "models")
    version(tmp_path / "models" / "v1", **change)
    with pytest.raises(DamagedError, match=why):
        kept.version("v1").manifest["held_out_from"]


def test_a_pack_that_cannot_rank_though_its_hash_agrees_is_named_with_what_to_do(tmp_path):
    kept = Registry(tmp_path / "models")
    for name, pack, remedy in (
        ("v1", b"no gzip", "Put the folder"),
        ("v2", packed({}), "Train again (`kith ml train`)"),
    ):
        version(tmp_path / "models" / name, name)
        (tmp_path / "models" / name / "pack.json.gz").write_bytes(pack)
        manifest = read_json(tmp_path / "models" / name / "manifest.json")
        manifest["files"]["pack.json.gz"] = sha256_of_file(tmp_path / "models" / name / "pack.json.gz")
        write_json(tmp_path / "models" / name / "manifest.json", manifest)
        with pytest.raises(DamagedError) as refused:
            pack_of(kept.version(name))
        assert f"{name}/pack.json.gz cannot rank. Pack-" in str(refused.value)
        assert remedy in str(refused.value)


def test_a_registry_that_is_not_there_is_an_error_and_is_not_made(said, tmp_path):
    for command in ("versions", "verify", "history"):
        assert "There is no registry in" in said(command, "--registry", tmp_path / "nosuch")
    assert not (tmp_path / "nosuch").exists()


@pytest.mark.parametrize("text", ["{", "{}", "[]", '{"rows_sha256": 5}'])
def test_a_damaged_report_of_a_data_set_is_one_sentence(said, tmp_path, text):
    folder = tmp_path / "datasets" / "latest"
    folder.mkdir(parents=True)
    (folder / "dataset.parquet").write_bytes(b"")
    (folder / "report.json").write_text(text, encoding="utf-8")
    for command in ("quality", "train"):
        assert "report.json is damaged; make the data set again." in said(command)


@pytest.mark.slow
def test_a_study_that_is_no_database_is_not_taken_for_the_servers(tmp_path):
    from ml.training.tune import known_in

    (tmp_path / "study").write_text("no SQLite " * 200, encoding="utf-8")
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE studies (x)")
    for file in ("study", "other"):
        with pytest.raises(TableError, match="keeps no search of `kith ml tune`"):
            known_in(tmp_path / file)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--ranking", "x.parquet", "--as-of", "2026-01-01"), "--as-of would do nothing beside --ranking"),
        (("--ranking", "x.parquet", "--labels", "outcome", "--from", "w"), "would do nothing beside --ranking"),
        (("--from", "w", "--test", "x.parquet"), "--test would do nothing without --ranking"),
        (("--from", "w", "--tenant", "mine"), "--tenant would do nothing beside --from"),
    ],
)
def test_an_option_that_would_be_ignored_is_refused(said, words, why):
    assert why in said("dataset", *words)


def test_the_volunteers_commands_name_each_other(said):
    assert "`kith ml volunteers dataset` makes one" in said("volunteers", "train")
    assert "`kith ml volunteers train` does" in said("volunteers", "promote")
    assert "There are no asks" in said("volunteers", "report", "--from", "nowhere")
