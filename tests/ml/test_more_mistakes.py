"""A damaged or foreign file never ends a command without a sentence, and no sentence asks for more than is needed."""

import datetime as dt
from types import SimpleNamespace

import polars as pl
import pytest

from ml.cli.made_up import refuse_real_tables
from ml.files import sha256_of_file, write_json
from ml.models.card import card
from ml.models.manifest import DamagedError, UnreadableError
from ml.models.registry import Registry
from ml.models.stored import load_ranker
from ml.report.gathered import gather
from ml.training.ranking_files import _instants
from ml.training.split import _too_few
from ml.training.tables import TableError
from server.cli.sentences import sentence_of
from tests.ml.test_mistakes import said, version

__all__ = ["said"]


def foreign(folder):
    folder.mkdir(parents=True)
    (folder / "model.txt").write_text("tree\nversion=v4\n")
    write_json(folder / "linear.json", {"weights": [1.0], "intercept": 0.0})
    files = {name: sha256_of_file(folder / name) for name in ("model.txt", "linear.json")}
    write_json(folder / "manifest.json", {"version": "v1", "files": files, "features": {"foreign": True}})
    return folder


def test_a_model_that_was_cut_off_never_reaches_lightgbm(tmp_path):
    folder = foreign(tmp_path / "v1")
    (folder / "model.txt").write_text("tree\n")
    with pytest.raises(DamagedError, match=r"model\.txt of version v1 is not the file that its manifest names"):
        load_ranker(folder)


@pytest.mark.parametrize("content", ["{", "[]", "{}"])
def test_damaged_evidence_is_made_again_by_its_own_command_alone(tmp_path, content):
    kept = Registry(tmp_path / "models")
    (kept.register(foreign(tmp_path / "v1")).folder / "evaluation.json").write_text(content)
    with pytest.raises(DamagedError, match="`kith ml evaluate v1` makes it again") as told:
        _ = gather(kept.version("v1"))["evaluation"]["queries"]
    assert "train again" not in str(told.value)


def test_damaged_evidence_does_not_ask_promotion_for_another_version(tmp_path):
    kept = Registry(tmp_path / "models")
    found = kept.register(foreign(tmp_path / "v1"))
    (found.folder / "fairness.json").write_text("{")
    with pytest.raises(DamagedError, match=r"is damaged\. Run `kith ml fairness v1` again\.$"):
        found.told("fairness.json")


def test_a_pointer_that_may_not_be_read_is_no_reason_to_roll_back(tmp_path, monkeypatch):
    kept = Registry(tmp_path / "models")
    kept.register(version(tmp_path / "v1"))
    kept.promote("v1")

    def refuse(path, **_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_text", refuse)
    with pytest.raises(UnreadableError, match="This user may not read") as told:
        kept.champion()
    assert "rollback" not in str(told.value)


def test_what_lies_in_a_folder_that_is_shut_may_not_be_read_rather_than_not_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: str(path) != str(tmp_path / "shut"))
    error = PermissionError(13, "Permission denied", str(tmp_path / "shut" / "file"))
    assert sentence_of(error).startswith("This file or folder may not be read")


def test_nothing_made_up_is_written_over_an_export(said, tmp_path):
    real = tmp_path / "export"
    real.mkdir()
    pl.DataFrame({"id": ["r1"]}).write_parquet(real / "referral.parquet")
    before = sha256_of_file(real / "referral.parquet")
    for command in (("world",), ("volunteers", "world")):
        assert "is no made-up table" in said(*command, "--out", real)
    assert sha256_of_file(real / "referral.parquet") == before
    pl.DataFrame({"id": ["r1"]}).write_parquet(real / "referral.parquet", metadata={"synthetic": "true"})
    refuse_real_tables(real)


@pytest.mark.parametrize("year", [1, 9999])
def test_times_that_no_embargo_can_be_counted_from_are_refused(tmp_path, year):
    with pytest.raises(TableError, match=r"The column shown of .* tells a time before 1970 or after 2199"):
        _instants(pl.Series("shown", [dt.datetime(year, 6, 1)]), tmp_path / "mine.parquet")


def test_a_page_is_not_drawn_beside_a_data_set_that_it_cannot_use(said, tmp_path):
    Registry(tmp_path / "models").register(foreign(tmp_path / "v1"))
    assert "holds no data set of the features that version v1 learned from" in said("report", "--data", tmp_path / "x")


def test_the_card_of_foreign_features_claims_nothing_of_what_they_know():
    data = {"queries_learned": 2, "rows_learned": 4, "queries_learned_with_a_positive": 2}
    told = {
        "version": "v1", "ranker": "hybrid", "seed": 1, "parameters_sha256": "0", "made_with": {}, "data": data,
        "learned_until": "2000-01-02", "held_out_from": "2000-01-02",
        "features": {"names": ["f1"], "schema_sha256": "0", "foreign": True},
    }  # fmt: skip
    assert "ethnicity" not in card(told, None)
    assert "sustained" not in card(told, None)
    told["features"]["foreign"] = False
    assert "It does not know names, addresses, ethnicity" in card(told, None)
    assert "3 sustained" in card(told, None)


def test_too_few_timed_queries_of_others_name_the_embargo_that_may_be_to_blame():
    side = SimpleNamespace(foreign=True, report={"times": "told"})
    assert "--embargo-days 0" in _too_few(0, side, "were shown before May")
    assert "--embargo-days" not in _too_few(0, side, "were shown from May on")
    side.report["times"] = "order"
    assert "--embargo-days" not in _too_few(0, side, "were shown before May")
