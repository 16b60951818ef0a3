"""The data set: what is in it, what is left out, and that the future cannot reach it."""

import json
from datetime import date

import numpy as np
import polars as pl
import pytest

from ml.features import FEATURE_NAMES
from ml.training.dataset import Making, build_dataset, write_dataset
from ml.training.groups import ROWS, Dataset
from ml.training.tables import TableError, Tables, write_table
from tests.ml.training.made import exposure, item, log, placement, tables

LATE = date(2025, 12, 31)
SLATE = [item("far", 0, metres=5000.0), item("near", 1, metres=100.0), item("other", 2, metres=900.0)]


def relevance(dataset):
    return dict(zip(dataset.rows["item"], dataset.relevance.tolist(), strict=True))


def test_a_slate_becomes_a_query_with_its_features_positions_and_labels(tmp_path):
    made = tables(tmp_path, {"e1": exposure(SLATE)}, {"p1": placement("e1", "near", attended=5)})
    dataset = build_dataset(made, as_of=LATE)
    assert relevance(dataset) == {"far": 0, "near": 3, "other": 0}
    assert dict(zip(dataset.rows["item"], dataset.position.tolist(), strict=True)) == {"far": 0, "near": 1, "other": 2}
    assert dataset.query_sizes.tolist() == [3]
    assert dataset.X.shape == (3, len(FEATURE_NAMES))
    assert dataset.X[:, FEATURE_NAMES.index("distance_m")].tolist() == [5000, 100, 900]


def test_rows_lie_in_the_order_of_ids_so_that_ties_do_not_tell_the_position(tmp_path):
    made = tables(tmp_path, {"e1": exposure(SLATE[::-1])}, {"p1": placement("e1", "near")})
    assert build_dataset(made, as_of=LATE).rows["item"].to_list() == ["far", "near", "other"]


def test_an_exposure_made_just_now_is_in_the_set_with_its_choice_at_relevance_one(tmp_path):
    made = tables(tmp_path, {"e1": exposure(SLATE)}, {"p1": placement("e1", "near", attended=5)})
    dataset = build_dataset(made, as_of=date(2025, 1, 6))
    assert relevance(dataset)["near"] == 1
    assert dataset.report["exposures"] == {"exposures": 1, "waiting_for_outcome": 1}
    assert dataset.report["states"] == {"skipped": 2, "waiting": 1}


def test_without_a_day_the_set_is_made_as_of_the_newest_exposure_or_choice(tmp_path):
    made = tables(tmp_path, {"e1": exposure(SLATE)}, {"p1": placement("e1", "near", days=100)})
    assert build_dataset(made).report["as_of"] == "2025-04-16"


def test_the_outcome_scheme_leaves_out_slates_that_wait(tmp_path):
    made = tables(
        tmp_path,
        {"e1": exposure(SLATE), "e2": exposure(SLATE, referral="r2", days=300)},
        {"p1": placement("e1", "near", attended=1), "p2": placement("e2", "far", days=300)},
    )
    dataset = build_dataset(made, as_of=date(2025, 11, 10), scheme="outcome")
    assert dataset.queries["query"].to_list() == ["e1"]
    assert dataset.report["exposures"]["waiting_for_outcome"] == 1


def test_a_choice_that_failed_for_want_of_a_place_is_missing_and_the_other_choice_stays(tmp_path):
    made = tables(
        tmp_path,
        {"e1": exposure(SLATE), "e2": exposure(SLATE, referral="r2")},
        {
            "p1": placement("e1", "near", status="declined", reason="full"),
            "p2": placement("e2", "near", status="declined", reason="no_transport"),
            "p3": placement("e2", "far", attended=2),
        },
    )
    dataset = build_dataset(made, as_of=LATE)
    assert dataset.queries["query"].to_list() == ["e2"]
    assert relevance(dataset) == {"far": 2, "other": 0}
    assert dataset.report["exposures"]["no_matter_of_taste"] == 1


def test_a_slate_without_a_choice_waits_then_teaches_only_when_nothing_was_suitable(tmp_path):
    made = tables(
        tmp_path,
        {
            "old": exposure(SLATE, referral="r1"),
            "refused": exposure(SLATE, referral="r2"),
            "new": exposure(SLATE, referral="r2", days=100),
        },
        referrals={"r1": {"status": "shortlisted"}, "r2": {"status": "nothing_suitable"}},
    )
    dataset = build_dataset(made, as_of=date(2025, 4, 20))
    assert dataset.queries["query"].to_list() == ["refused"]
    assert dataset.relevance.tolist() == [0, 0, 0]
    counts = dataset.report["exposures"]
    assert counts == {"exposures": 3, "mature": 1, "waiting_for_choice": 1, "without_choice": 1}


def test_choices_that_fit_no_slate_are_counted_and_change_nothing(tmp_path):
    made = tables(
        tmp_path,
        {"e1": exposure(SLATE)},
        {
            "p1": placement("e1", "near"),
            "p2": placement("e1", "elsewhere"),
            "p3": placement(None, "near"),
            "p4": placement("e1", "far", days=360),
        },
    )
    dataset = build_dataset(made, as_of=date(2025, 12, 1))
    assert relevance(dataset) == {"far": 0, "near": 1, "other": 0}
    assert dataset.report["choices"] == {"choices_later": 1, "choices_not_shown": 1, "choices_without_exposure": 1}


def test_an_item_chosen_twice_keeps_the_better_label(tmp_path):
    choices = {"p1": placement("e1", "near", attended=6), "p2": placement("e1", "near", status="declined")}
    dataset = build_dataset(tables(tmp_path, {"e1": exposure(SLATE)}, choices), as_of=LATE)
    assert relevance(dataset)["near"] == 3


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], "shows nothing"),
        ([item("a", 0), item("a", 1)], "an item twice"),
        ([item("a", 0), item("b", 0)], "one position"),
        ([item("a", 0, propensity=0.0)], "propensity"),
        ([item("a", 0, propensity=1.5)], "propensity"),
        ([item("a", 0) | {"inputs": {}}], "what the ranker knew"),
    ],
)
def test_a_damaged_exposure_is_named_and_left_out(tmp_path, items, words):
    made = tables(tmp_path, {"bad": exposure(items), "good": exposure(SLATE)}, {"p1": placement("good", "near")})
    report = build_dataset(made, as_of=LATE).report
    assert report["exposures"]["damaged"] == 1
    assert report["damaged"][0]["exposure"] == "bad"
    assert words in report["damaged"][0]["fault"]


def test_what_happens_after_the_day_changes_no_byte(tmp_path):
    past = log(tmp_path / "past", queries=30, days=200)
    day = date(2025, 7, 20)
    known = build_dataset(past, as_of=day)
    exposures, placements = dict(past.documents("exposure")), dict(past.documents("placement"))
    exposures["f1"] = exposure(SLATE, referral="r1", days=250)
    placements["f1"] = placement("f1", "near", days=250, attended=9)
    placements["f2"] = placement("e00003", exposures["e00003"]["items"][0]["id"], days=260, attended=9)
    appended = build_dataset(tables(tmp_path / "later", exposures, placements), as_of=day)
    assert appended.rows.equals(known.rows)
    assert appended.report["exposures"]["later"] == 1


def test_the_same_tables_give_the_same_bytes(tmp_path):
    made = log(tmp_path / "log", queries=20)
    for name in ("one", "two"):
        build_dataset(made).save(tmp_path / name)
    for file in (ROWS, "report.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


@pytest.mark.parametrize("part", [1, 7, 1000])
def test_a_set_written_in_parts_has_the_bytes_of_one_made_in_memory(tmp_path, part):
    made = log(tmp_path / "log", queries=40)
    build_dataset(made).save(tmp_path / "memory")
    write_dataset(made, tmp_path / "parts", Making(part=part))
    for file in (ROWS, "report.json"):
        assert (tmp_path / "memory" / file).read_bytes() == (tmp_path / "parts" / file).read_bytes()
    assert sorted(path.name for path in (tmp_path / "parts").iterdir()) == [ROWS, "report.json"]


def test_the_order_of_the_log_changes_no_byte(tmp_path):
    made = log(tmp_path / "log", queries=40)
    turned = dict(reversed(list(made.documents("exposure")))), dict(reversed(list(made.documents("placement"))))
    build_dataset(made, part=5).save(tmp_path / "one")
    build_dataset(tables(tmp_path / "turned", *turned), part=5).save(tmp_path / "two")
    assert (tmp_path / "one" / ROWS).read_bytes() == (tmp_path / "two" / ROWS).read_bytes()


def test_a_saved_set_loads_as_it_was(tmp_path):
    dataset = build_dataset(log(tmp_path, queries=20))
    dataset.save(tmp_path / "set")
    loaded = Dataset.load(tmp_path / "set")
    assert loaded.in_memory().rows.equals(dataset.rows)
    assert np.array_equal(loaded.X, dataset.X, equal_nan=True)
    assert loaded.report["inputs"].keys() == {"exposure", "placement", "referral"}


def test_a_set_that_was_changed_since_is_refused(tmp_path):
    build_dataset(log(tmp_path, queries=20)).save(tmp_path / "set")
    report = json.loads((tmp_path / "set" / "report.json").read_text())
    (tmp_path / "set" / "report.json").write_text(json.dumps(report | {"rows_sha256": "0"}))
    with pytest.raises(TableError, match="not the file"):
        Dataset.load(tmp_path / "set")


def test_a_folder_without_tables_or_without_a_set_says_so(tmp_path):
    with pytest.raises(TableError, match=r"no table exposure\.parquet"):
        build_dataset(Tables(tmp_path))
    with pytest.raises(TableError, match="no data set"):
        Dataset.load(tmp_path)


def test_several_folders_are_read_as_one(tmp_path):
    here = tables(tmp_path / "here", {"e1": exposure(SLATE)}, {"p1": placement("e1", "near")})
    there = tables(tmp_path / "there", {"e2": exposure(SLATE)}, {"p2": placement("e2", "far", attended=1)})
    dataset = build_dataset(Tables(here.root, (there.root,)), as_of=LATE)
    assert dataset.queries["query"].to_list() == ["e1", "e2"]
    assert len(dataset.report["inputs"]["exposure"]) == 2


def test_a_folder_given_twice_is_refused(tmp_path):
    made = tables(tmp_path, {"e1": exposure(SLATE)}, {"p1": placement("e1", "near")})
    with pytest.raises(TableError, match="earlier folder too"):
        build_dataset(Tables(made.root, (made.root,)), as_of=LATE)


def test_a_table_of_another_shape_says_so(tmp_path):
    pl.DataFrame({"name": ["x"]}).write_parquet(tmp_path / "exposure.parquet")
    with pytest.raises(TableError, match="columns id, version and doc"):
        build_dataset(Tables(tmp_path))


def test_a_log_without_any_choice_says_that_there_is_nothing_to_learn(tmp_path):
    with pytest.raises(TableError, match="nothing to learn"):
        build_dataset(tables(tmp_path, {"e1": exposure(SLATE)}), as_of=LATE)


def test_progress_is_told_how_many_exposures_were_read(tmp_path):
    told = []
    build_dataset(log(tmp_path, queries=10), progress=told.append)
    assert told == list(range(1, 11))


def test_a_group_that_two_folders_know_comes_from_the_first(tmp_path):
    for folder, name in (("one", "Choir"), ("two", "Another choir")):
        write_table(tmp_path / folder / "asset.parquet", [("a", 1, {"name": name}), (folder, 2, {"name": folder})])
    both = Tables(tmp_path / "one", (tmp_path / "two",))
    assert [(name, doc["name"]) for name, doc in both.documents("asset")] == [
        ("a", "Choir"), ("one", "one"), ("two", "two"),
    ]  # fmt: skip
