"""What of the data must fail loudly: one plain sentence and exit code 1, and nothing is written."""

import json

import polars as pl
import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.files import sha256_of_file
from ml.training.dataset import build_dataset
from ml.training.groups import REPORT, ROWS, Dataset, save_rows
from ml.training.tables import TableError, write_table
from tests.ml.training.made import exposure, item, log, placement, tables

LINES = [item("a", 0), item("b", 1)]


@pytest.fixture
def refused(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))

    def typed(*words):
        found = CliRunner().invoke(ml, [str(word) for word in words])
        assert found.exit_code == 1, found.output
        assert "Traceback" not in found.output
        assert isinstance(found.exception, SystemExit)
        return found.output.replace("\n", " ")

    return typed


def lines(**changed):
    return [item("a", 0) | changed, item("b", 1)]


@pytest.mark.parametrize(
    ("logged", "choice", "sentence"),
    [
        (exposure(lines(propensity=0)), {}, "of exposure e1, a propensity is not above 0 and at most 1"),
        (exposure(lines(propensity=1.5)), {}, "of exposure e1, a propensity is not above 0 and at most 1"),
        (exposure(lines(propensity=None)), {}, "of exposure e1, a propensity is not above 0 and at most 1"),
        (exposure(LINES), {"outcome_on": "2025-01-01"}, "of placement p1, its outcome is dated before its choice"),
        (exposure(LINES), {"outcome_on": "2099-01-01"}, "of placement p1, its outcome is dated in the future"),
    ],
)
def test_a_record_that_cannot_be_true_is_refused_unless_it_may_be_left_out(tmp_path, refused, logged, choice, sentence):
    made = {"e1": logged, "e2": exposure(LINES, referral="r2")}
    tables(tmp_path / "log", made, {"p1": placement("e1", "a", **choice), "p2": placement("e2", "b", referral="r2")})
    told = refused("dataset", "--from", tmp_path / "log")
    assert f"1 records cannot be true: {sentence}" in told
    assert not list((tmp_path / "datasets" / "latest").iterdir())
    again = CliRunner().invoke(ml, ["dataset", "--from", str(tmp_path / "log"), "--leave-out-damaged"])
    assert again.exit_code == 0, again.output
    assert sentence.split(", ")[1] in again.output


@pytest.mark.parametrize("field", ["ethnicity", "sex", "religion", "postcode", "lsoa", "imd_decile", "first_name"])
@pytest.mark.parametrize("side", ["query", "item"])
def test_a_protected_field_among_the_inputs_is_refused(tmp_path, refused, field, side):
    logged = exposure([line | {"inputs": dict(line["inputs"])} for line in LINES])
    logged["query"] = dict(logged["query"])
    (logged["query"] if side == "query" else logged["items"][1]["inputs"])[field] = 1.0
    tables(tmp_path / "log", {"e1": logged}, {"p1": placement("e1", "a")})
    told = refused("dataset", "--from", tmp_path / "log", "--leave-out-damaged")
    assert f"Exposure e1 logged the protected field {field} as an input of the ranker." in told


def test_an_input_of_a_newer_phone_that_is_not_protected_is_taken(tmp_path):
    logged = exposure([line | {"inputs": line["inputs"] | {"warmth": 1.0}} for line in LINES])
    assert build_dataset(tables(tmp_path, {"e1": logged}, {"p1": placement("e1", "a")})).report["rows"] == 2


def test_an_input_that_is_no_number_is_named_and_left_out(tmp_path):
    words = exposure([line | {"inputs": line["inputs"] | {"wait_days": "long"}} for line in LINES])
    logged = {"bad": words, "good": exposure(LINES, referral="r2")}
    made = tables(tmp_path, logged, {"p1": placement("bad", "a"), "p2": placement("good", "a")})
    report = build_dataset(made).report
    assert report["damaged"] == [{"exposure": "bad", "fault": "an input is no number"}]
    assert report["queries"] == 1


@pytest.mark.parametrize("field", ["referral_id", "items", "query", "shown_at"])
def test_an_exposure_that_is_none_is_named_and_left_out(tmp_path, field):
    logged = {"bad": exposure(LINES) | {field: 7}, "good": exposure(LINES, referral="r2")}
    logged["worse"] = exposure(LINES)
    del logged["worse"][field]
    made = tables(tmp_path, logged, {"p1": placement("good", "a")})
    assert [one["exposure"] for one in build_dataset(made).report["damaged"]] == ["bad", "worse"]


@pytest.mark.parametrize("changed", [{"chosen_at": None}, {"chosen_at": "soon"}, {"outcome_on": 5}, {"item_id": []}])
def test_a_placement_that_is_none_is_named_and_left_out(tmp_path, changed):
    choices = {"bad": placement("e1", "a") | changed, "good": placement("e1", "b")}
    report = build_dataset(tables(tmp_path, {"e1": exposure(LINES)}, choices)).report
    assert report["damaged"] == [{"placement": "bad", "fault": "it is no placement as the contract has them"}]


@pytest.mark.parametrize("field", ["unshown", "excluded"])
def test_what_was_shown_and_also_left_out_is_named_and_left_out(tmp_path, field):
    logged = exposure(LINES) | {field: [{"kind": "asset", "id": "b", "rule": "closed"}]}
    made = tables(tmp_path, {"bad": logged, "good": exposure(LINES)}, {"p": placement("good", "a")})
    report = build_dataset(made).report
    assert report["damaged"][0]["fault"] == "an item is named twice among those shown, not shown and excluded"


@pytest.mark.parametrize("kept", [0, 10, 300, -1])
@pytest.mark.parametrize("table", ["exposure", "placement"])
def test_a_table_that_is_cut_off_is_refused(tmp_path, refused, table, kept):
    log(tmp_path / "log", queries=5)
    path = tmp_path / "log" / f"{table}.parquet"
    path.write_bytes(path.read_bytes()[:kept])
    assert "no whole Parquet file; it may be cut off." in refused("dataset", "--from", tmp_path / "log")


def test_an_empty_log_is_refused(tmp_path, refused):
    tables(tmp_path / "log", {})
    assert "There are no exposures yet" in refused("dataset", "--from", tmp_path / "log")


def test_a_record_that_is_there_twice_is_refused(tmp_path):
    made = tables(tmp_path, {}, {"p1": placement("e1", "a")})
    write_table(tmp_path / "exposure.parquet", [("e1", 1, exposure(LINES)), ("e1", 2, exposure(LINES))])
    with pytest.raises(TableError, match=r"e1 is in .* twice"):
        build_dataset(made)


def damaged(tmp_path, rows=lambda frame: frame, report=lambda told: told):
    """A saved set whose rows or report were changed, and whose hash fits them."""
    made = build_dataset(log(tmp_path / "log", queries=40))
    folder = tmp_path / "datasets" / "latest"
    folder.mkdir(parents=True)
    save_rows(folder, iter([rows(made.rows)]), lambda: report(made.report))
    assert json.loads((folder / REPORT).read_text())["rows_sha256"] == sha256_of_file(folder / ROWS)
    return folder


@pytest.mark.parametrize("command", [pytest.param("train", marks=pytest.mark.slow), "quality"])
def test_a_set_with_a_query_cut_in_two_is_refused(tmp_path, refused, command):
    damaged(tmp_path, rows=lambda frame: pl.concat([frame[2:], frame[:2]]))
    assert "The query e00000 is cut in two: its rows do not lie side by side." in refused(command)


def test_a_set_with_labels_beyond_the_gains_is_refused(tmp_path, refused):
    damaged(tmp_path, rows=lambda frame: frame.with_columns(pl.lit(5, pl.Int8).alias("relevance")))
    assert "The data set has the label 5, but there are gains only for 0 to 4." in refused("quality")


@pytest.mark.parametrize(
    ("name", "words"),
    [("position", "tells where an item was shown"), ("propensity", "tells where"), ("ethnicity", "is protected"),
     ("home_postcode", "is protected"), ("relevance", "tells the answer")],
)  # fmt: skip
def test_a_set_with_a_feature_that_none_may_be_is_refused(tmp_path, refused, name, words):
    def named(report):
        return report | {"features": {"names": [name], "schema_sha256": "0", "foreign": True}}

    damaged(tmp_path, report=named)
    assert f"The feature {name} {words}" in refused("quality")


def test_a_set_is_sound_as_it_was_made(tmp_path):
    assert len(Dataset.load(damaged(tmp_path)).query_sizes) == 40
