"""Anybody's ranking data: what becomes of it, and what is refused in a sentence."""

import os
from datetime import date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.training.foreign import foreign_dataset
from ml.training.groups import ROWS, Dataset
from ml.training.ranking_files import Columns
from ml.training.tables import TableError

SHARED = Path(os.environ.get("KITH_SHARED_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")
#: Two queries of two rows each.
LINES = "2 1:0.5 2:1\n0 1:0.25\n1 2:3\n0 1:1 2:-1\n"


def svmlight(folder, lines=LINES, sizes="2\n2\n", name="rank.train"):
    (folder / name).write_text(lines)
    if sizes is not None:
        (folder / f"{name}.query").write_text(sizes)
    return folder / name


def parquet(folder, file="rank.parquet", **changed):
    columns = {
        "query": ["a", "a", "b", "b"],
        "label": [1, 0, 4, 0],
        "near": [0.5, None, 1.0, 2.0],
        "free": [1, 0, 0, 1],
    }
    pl.DataFrame(columns | changed).write_parquet(folder / file)
    return folder / file


def test_svmlight_with_the_sizes_of_its_queries_becomes_a_set(tmp_path):
    made = foreign_dataset(svmlight(tmp_path))
    assert made.X.tolist() == [[0.5, 1], [0.25, 0], [0, 3], [1, -1]]
    assert made.feature_names == ["f1", "f2"]
    assert (made.relevance.tolist(), made.query_sizes.tolist()) == ([2, 0, 1, 0], [2, 2])
    assert made.foreign
    assert not made.position_known


def test_svmlight_may_name_the_query_of_each_line(tmp_path):
    named = svmlight(tmp_path, "1 qid:7 1:2\n0 qid:7 1:3\n0 qid:4 1:1\n", sizes=None)
    made = foreign_dataset(named)
    assert made.queries["query"].to_list() == ["7", "4"]
    assert made.query_sizes.tolist() == [2, 1]


def test_parquet_keeps_its_names_and_what_is_missing(tmp_path):
    made = foreign_dataset(parquet(tmp_path))
    assert made.feature_names == ["near", "free"]
    assert np.array_equal(made.X, [[0.5, 1], [np.nan, 0], [1, 0], [2, 1]], equal_nan=True)
    assert made.queries["positive"].to_list() == [True, True]


def test_parquet_with_other_names_positions_times_and_columns_to_leave_out(tmp_path):
    path = parquet(
        tmp_path,
        asked=["x", "x", "y", "y"],
        worth=[0, 1, 2, 0],
        shown=[0, 1, 1, 0],
        day=[date(2026, 5, 2), date(2026, 5, 2), date(2026, 5, 1), date(2026, 5, 1)],
        words=["p", "q", "r", "s"],
    )
    columns = Columns("asked", "worth", "shown", "day", without=("words", "query", "label"))
    made = foreign_dataset(path, columns=columns)
    assert made.queries["query"].to_list() == ["y", "x"]
    assert made.position.tolist() == [1, 0, 0, 1]
    assert made.relevance.tolist() == [2, 0, 0, 1]
    assert made.report["as_of"] == "2026-05-02"
    assert made.position_known


def test_without_a_time_each_query_counts_as_shown_a_day_after_the_one_before(tmp_path):
    made = foreign_dataset(svmlight(tmp_path))
    assert [at.isoformat() for at in made.queries["shown_at"]] == [
        "2000-01-01T00:00:00+00:00",
        "2000-01-02T00:00:00+00:00",
    ]
    assert made.report["times"] == "order"


def test_a_test_file_is_held_out_and_gets_the_columns_that_it_leaves_out(tmp_path):
    made = foreign_dataset(svmlight(tmp_path), test=svmlight(tmp_path, "1 1:9\n0 1:8\n", sizes="2\n", name="rank.test"))
    assert made.X[4:].tolist() == [[9, 0], [8, 0]]
    held_out = datetime.fromisoformat(made.report["held_out_from"])
    assert (made.queries["shown_at"] < held_out).to_list() == [True, True, False]


def test_the_same_files_give_the_same_bytes(tmp_path):
    path = svmlight(tmp_path)
    for name in ("one", "two"):
        foreign_dataset(path).save(tmp_path / name)
    for file in (ROWS, "report.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_the_schema_is_a_hash_of_the_names(tmp_path):
    one = foreign_dataset(parquet(tmp_path)).report["features"]
    other = foreign_dataset(parquet(tmp_path, "other.parquet", more=[1, 2, 3, 4])).report["features"]
    assert one["foreign"] is True
    assert one["schema_sha256"] != other["schema_sha256"]


@pytest.mark.parametrize(
    ("lines", "sizes", "words"),
    [
        ("", "1\n", "is empty"),
        ("# nothing\n", "1\n", "has no rows"),
        (LINES, "2\n1\n", "add up to 3 rows, but"),
        (LINES, "2\n2\n0\n", "at least 1"),
        (LINES, "two\n", "must hold the number of rows"),
        (LINES, None, "give the sizes with --sizes FILE"),
        ("1 qid:1 1:1\n0 qid:2 1:1\n1 qid:1 1:1\n", None, "The query 1 in .* is cut in two"),
        ("1 qid:1 1:1\n0 1:1\n", None, "give the sizes with --sizes FILE"),
        ("what is this\n", "1\n", "neither Parquet nor svmlight"),
        ("5 1:1\n0 1:2\n", "2\n", "has the label 5, but there are gains only for 0 to 4"),
        ("0.5 1:1\n0 1:2\n", "2\n", "has the label 0.5"),
        ("-1 1:1\n0 1:2\n", "2\n", "a label below 0"),
        ("nan 1:1\n0 1:2\n", "2\n", "without a label"),
        ("inf 1:1\n0 1:2\n", "2\n", "has the label inf, but there are gains only for 0 to 4"),
        ("4 1:1\n4 1:2\n", "2\n", "No query of .* has rows with different labels, so there is nothing to order"),
        ("4 1:1\n1 1:2\n", "1\n1\n", "nothing to order"),
        ("1 2000000000:1\n0 1:2\n", "2\n", "names a feature 2,000,000,000, .* at most 10,000 are taken"),
        ("1 99999999999999999999:1\n0 1:2\n", "2\n", "neither Parquet nor svmlight"),
    ],
)
def test_a_damaged_svmlight_file_is_refused_in_a_sentence(tmp_path, lines, sizes, words):
    with pytest.raises(TableError, match=words):
        foreign_dataset(svmlight(tmp_path, lines, sizes))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"query": ["a", "b", "a", "b"]}, "The query a in .* is cut in two"),
        ({"query": ["a", "a", None, "b"]}, "rows without a query"),
        ({"label": [1, 0, 5, 0]}, "has the label 5"),
        ({"label": [1.0, None, 1.0, 0.0]}, "without a label"),
        ({"label": [1, 0, -1, 0]}, "a label below 0"),
        ({"label": ["x", "y", "z", "w"]}, "label of .* holds String, no numbers; labels are whole numbers from 0 to 4"),
        ({"near": ["x", "y", "z", "w"]}, "holds String, no numbers; leave it out with --without near"),
        ({"near": [1.0, np.inf, 0.0, 0.0]}, "The feature near of .* is infinite"),
        ({"state": [1, 2, 3, 4]}, "has the name of a column that every set has"),
    ],
)
def test_a_damaged_table_is_refused_in_a_sentence(tmp_path, changed, words):
    with pytest.raises(TableError, match=words):
        foreign_dataset(parquet(tmp_path, **changed))


@pytest.mark.parametrize("name", ["position", "rank", "propensity", "shownPosition", "logged_propensity", "Pos"])
def test_where_an_item_was_shown_is_no_feature(tmp_path, name):
    with pytest.raises(TableError, match=f"The feature {name} tells where an item was shown"):
        foreign_dataset(parquet(tmp_path, **{name: [0, 1, 0, 1]}))


@pytest.mark.parametrize(
    "name",
    ["sex", "personGender", "ETHNICITY", "religion_or_belief", "disabled", "sexual_orientation", "age", "age_band",
     "date_of_birth", "surname", "name", "first_name", "postcode", "post_code", "lsoa11", "LSOA", "imd_decile",
     "home_deprivation", "nhs_number"],
)  # fmt: skip
def test_what_is_protected_is_no_feature(tmp_path, name):
    with pytest.raises(TableError, match=f"The feature {name} is protected"):
        foreign_dataset(parquet(tmp_path, **{name: [0, 1, 0, 1]}))


@pytest.mark.parametrize("name", ["pagerank", "asset_age_days", "embrace", "essex", "username_length", "first_slot"])
def test_words_that_only_look_protected_are_features(tmp_path, name):
    assert name in foreign_dataset(parquet(tmp_path, **{name: [0, 1, 0, 1]})).feature_names


def test_the_answer_is_no_feature(tmp_path):
    with pytest.raises(TableError, match="The feature relevance tells the answer"):
        foreign_dataset(parquet(tmp_path, relevance=[1, 0, 1, 0]))


@pytest.mark.parametrize("bytes_kept", [0, 3, 8, 200, -1])
def test_a_parquet_file_that_is_cut_off_is_refused_in_a_sentence(tmp_path, bytes_kept):
    path = parquet(tmp_path)
    path.write_bytes(path.read_bytes()[:bytes_kept])
    with pytest.raises(TableError, match=r"is empty|no whole Parquet file"):
        foreign_dataset(path)


def test_a_query_in_both_files_is_refused_by_its_name_or_by_its_rows(tmp_path):
    named = foreign_dataset
    with pytest.raises(TableError, match=r"The query b in .*test\.parquet is in .*rank\.parquet too"):
        named(parquet(tmp_path), test=parquet(tmp_path, "test.parquet", query=["c", "c", "b", "b"], free=[5, 6, 7, 8]))
    with pytest.raises(TableError, match=r"rank\.train too"):
        named(svmlight(tmp_path), test=svmlight(tmp_path, "1 1:9\n1 2:3\n0 1:1 2:-1\n", "1\n2\n", name="rank.test"))


def test_files_of_different_features_or_mixed_times_are_refused(tmp_path):
    days = {"day": [date(2026, 5, 2)] * 4}
    timed = Columns(time="day")
    with pytest.raises(TableError, match="other features"):
        foreign_dataset(parquet(tmp_path), test=parquet(tmp_path, "test.parquet", more=[1, 2, 3, 4]))
    with pytest.raises(TableError, match="shown before the last one"):
        foreign_dataset(
            parquet(tmp_path, **days),
            test=parquet(tmp_path, "test.parquet", query=list("ccdd"), free=[5, 6, 7, 8], **days),
            columns=timed,
        )


def test_positions_and_times_must_be_what_they_are_called(tmp_path):
    with pytest.raises(TableError, match="whole numbers from 0 to 499"):
        foreign_dataset(parquet(tmp_path, shown=[0.5, 1, 2, 3]), columns=Columns(position="shown"))
    with pytest.raises(TableError, match="no numbers; places are whole numbers from 0"):
        foreign_dataset(parquet(tmp_path, shown=list("0123")), columns=Columns(position="shown"))
    for same in ([0, 0, 0, 0], [1, 1, 2, 2]):
        with pytest.raises(TableError, match=r"has rows at different positions.* leave out --position"):
            foreign_dataset(parquet(tmp_path, shown=same), columns=Columns(position="shown"))
    with pytest.raises(TableError, match="must hold a day or a time"):
        foreign_dataset(parquet(tmp_path, day=[1, 2, 3, 4]), columns=Columns(time="day"))
    with pytest.raises(TableError, match="has no column nowhere"):
        foreign_dataset(parquet(tmp_path), columns=Columns(query="nowhere"))


def test_the_command_says_what_it_took_and_refuses_with_exit_code_one(tmp_path):
    taken = CliRunner().invoke(
        ml, ["dataset", "--ranking", str(svmlight(tmp_path)), "--out", str(tmp_path / "set")], catch_exceptions=False
    )
    assert "2, 2 of them with a positive" in taken.output
    assert Dataset.load(tmp_path / "set").foreign
    refused = CliRunner().invoke(ml, ["dataset", "--ranking", str(tmp_path / "nowhere"), "--out", str(tmp_path / "no")])
    assert refused.exit_code == 1
    assert "There is no file" in refused.output
    assert "Traceback" not in refused.output


@pytest.mark.slow
def test_what_has_no_pack_has_a_page_and_what_asks_for_one_is_refused_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KITH_MODELS", raising=False)
    rng = np.random.default_rng(1)
    X, query = rng.normal(size=(1200, 2)), np.repeat(np.arange(150), 8)
    label = np.clip(np.round(X[:, 0]), 0, 4).astype(int)
    pl.DataFrame({"query": query, "label": label, "near": X[:, 0], "free": X[:, 1]}).write_parquet(tmp_path / "rank")
    for words in (["dataset", "--ranking", str(tmp_path / "rank")], ["train"], ["evaluate"], ["report"]):
        CliRunner().invoke(ml, words, catch_exceptions=False)
    assert "lead over logistic" in next((tmp_path / "home" / "models").glob("*/report.html")).read_text()
    for words in (["ope"], ["promote"], ["fairness"], ["export", "--out", str(tmp_path / "pack")]):
        refused = CliRunner().invoke(ml, words)
        assert (refused.exit_code, refused.output.count("Error: ")) == (1, 1)
    assert "no phone can work out" in refused.output


def test_the_example_of_lightgbm_becomes_a_set_with_its_test_file_held_out():
    folder = SHARED / "lightgbm-lambdarank"
    if not folder.is_dir():
        pytest.skip("the shared data are absent: no lightgbm-lambdarank; set KITH_SHARED_DATA to where they are")
    made = foreign_dataset(folder / "rank.train", test=folder / "rank.test")
    assert made.X.shape == (3_773, 300)
    assert len(made.query_sizes) == 251
    held_out = made.queries["shown_at"] >= datetime.fromisoformat(made.report["held_out_from"])
    assert int(held_out.sum()) == 50
