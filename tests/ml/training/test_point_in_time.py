"""Point in time: shifting the clock and appending the future changes no vector, no label and no byte of the past."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from ml.features import FEATURE_NAMES
from ml.training.dataset import Making, build_dataset, write_dataset
from ml.training.groups import ROWS
from ml.training.labels import WINDOW
from ml.training.split import split_by_time
from ml.training.tables import write_table
from tests.ml.training.made import START, exposure, item, log, placement, tables

DAY = date(2025, 7, 20)
SLATE = [item("far", 0, metres=5000.0), item("near", 1, metres=100.0), item("other", 2, metres=900.0)]


def known(made, day):
    return dict(made.documents("exposure")), dict(made.documents("placement")), day


def with_the_future(made, folder, day):
    """The same log some months later: more slates, more choices, outcomes of what was pending, other counts."""
    exposures, placements = dict(made.documents("exposure")), dict(made.documents("placement"))
    later = (day - START.date()).days + 1
    for number in range(20):
        name = f"future{number}"
        exposures[name] = exposure(SLATE, referral=f"f{number}", days=later + number)
        placements[name] = placement(name, "near", days=later + number, referral=f"f{number}", attended=9)
        past = f"e{number:05}"  # chosen again, long after
        placements[f"again{number}"] = placement(past, exposures[past]["items"][0]["id"], days=later + 1, attended=9)
    for document in placements.values():
        if document["chosen_at"][:10] > (day - WINDOW).isoformat() and document["chosen_at"][:10] <= day.isoformat():
            told_on = (day + timedelta(days=30)).isoformat()
            document |= {"status": "declined", "reason": "not_interested", "attended": 0, "outcome_on": told_on}
    found = tables(folder, exposures, placements, {"r1": {"status": "nothing_suitable"}})
    counts = {f"c{number}": {"item_id": f"a{number}-0", "shown": 900, "chosen": 900} for number in range(9)}
    write_table(folder / "place_count.parquet", [(name, 1, doc) for name, doc in counts.items()])
    return found


@pytest.mark.parametrize("part", [9, 1000])
def test_appending_the_future_changes_no_byte_of_the_past(tmp_path, part):
    past = log(tmp_path / "past", queries=60, days=330)
    write_dataset(past, tmp_path / "then", Making(as_of=DAY, part=part))
    report = write_dataset(
        with_the_future(past, tmp_path / "later", DAY), tmp_path / "now", Making(as_of=DAY, part=part)
    )
    assert (tmp_path / "then" / ROWS).read_bytes() == (tmp_path / "now" / ROWS).read_bytes()
    assert report["states"]["waiting"] > 0
    assert report["exposures"]["later"] >= 20


def test_shifting_the_clock_changes_no_vector_and_only_settles_labels(tmp_path):
    made = log(tmp_path, queries=120, days=330)
    early, late = (build_dataset(made, as_of=day).rows for day in (DAY, DAY + timedelta(days=90)))
    both = early.join(late, on=["query", "kind", "item"], how="left", suffix="_late", maintain_order="left")
    assert len(both) == len(early)
    for name in (*FEATURE_NAMES, "position", "propensity", "shown_at"):
        assert both[name].equals(both[f"{name}_late"]), name
    settled = both.filter(pl.col("state") != "waiting")
    assert settled["relevance"].equals(settled["relevance_late"])
    assert settled["state"].equals(settled["state_late"])


def test_the_past_is_a_beginning_of_the_later_set(tmp_path):
    made = log(tmp_path, queries=60, days=330)
    early, late = (build_dataset(made, as_of=day) for day in (DAY, DAY + timedelta(days=90)))
    assert np.array_equal(early.X, late.X[: len(early.X)], equal_nan=True)


@pytest.mark.parametrize("days", range(0, 84, 12))
def test_a_choice_is_never_a_failure_before_its_window_is_over(tmp_path, days):
    choice = placement("e1", "near", status="declined", reason="not_interested", outcome_on="2025-01-08")
    made = tables(tmp_path, {"e1": exposure(SLATE)}, {"p1": choice})
    rows = build_dataset(made, as_of=START.date() + timedelta(days=days)).rows
    assert rows.filter(pl.col("item") == "near").select("relevance", "state").row(0) == (1, "waiting")
    old = build_dataset(made, as_of=START.date() + WINDOW).rows
    assert old.filter(pl.col("item") == "near").select("relevance", "state").row(0) == (0, "mature")


def test_what_was_not_shown_is_absent_and_what_was_skipped_is_nought_at_its_position(tmp_path):
    absent = {"unshown": [{"kind": "asset", "id": "u"}], "excluded": [{"kind": "asset", "id": "x", "rule": "closed"}]}
    made = tables(tmp_path, {"e1": exposure(SLATE) | absent}, {"p1": placement("e1", "near", attended=1)})
    rows = build_dataset(made, as_of=date(2025, 12, 1)).rows
    assert rows.select("item", "position", "relevance", "state").rows() == [
        ("far", 0, 0, "skipped"),
        ("near", 1, 2, "mature"),
        ("other", 2, 0, "skipped"),
    ]


def test_an_outcome_told_after_the_day_does_not_label(tmp_path):
    choice = placement("e1", "near", attended=9, wellbeing_gain="yes", outcome_on="2025-06-02")
    made = tables(tmp_path, {"e1": exposure(SLATE)}, {"p1": choice})
    assert build_dataset(made, as_of=date(2025, 6, 1)).relevance.max() == 1
    assert build_dataset(made, as_of=date(2025, 6, 2)).relevance.max() == 4


def test_an_outcome_with_an_impossible_date_labels_nothing(tmp_path):
    choices = {
        "before": placement("e1", "near", days=10, attended=9, outcome_on="2025-01-07"),
        "other": placement("e1", "far", days=10, attended=1, outcome_on="2025-02-07"),
        "future": placement("e2", "near", days=100, attended=9, outcome_on="2099-01-01"),
    }
    made = tables(tmp_path, {"e1": exposure(SLATE), "e2": exposure(SLATE, referral="r2", days=100)}, choices)
    dataset = build_dataset(made)
    assert dataset.rows.select("query", "item", "relevance").rows() == [
        ("e1", "far", 2),
        ("e1", "other", 0),
        ("e2", "far", 0),
        ("e2", "near", 1),
        ("e2", "other", 0),
    ]
    assert dataset.report["damaged"] == [
        {"placement": "before", "fault": "its outcome is dated before its choice"},
        {"placement": "future", "fault": "its outcome is dated in the future of the data"},
    ]


def test_between_what_is_learned_and_what_is_judged_lies_a_whole_window(tmp_path):
    split = split_by_time(build_dataset(log(tmp_path, queries=300, days=700)))
    assert split.held_out.queries["shown_at"].min() - split.train.queries["shown_at"].max() >= WINDOW
