"""`kith fieldwork`: what is printed and written tells how many, and of fewer than five not even that."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from server.cli.workplace import workplace
from server.demo.fieldwork import made_up_fieldwork
from server.sync.door import Put
from tests.server.cli.conftest import Run

TODAY = date(2026, 11, 23)


@pytest.fixture
def listened(essex: Run) -> Run:
    workplace().door("essex").write(made_up_fieldwork(TODAY))
    return essex


@pytest.mark.slow
def test_a_report_tells_coverage_only_where_it_tells_on_nobody(listened: Run) -> None:
    said = listened("fieldwork", "report", "--tenant", "essex").output
    # by hand: 24 doors, 5 done, 2 not in, 1 refused, 16 not visited
    assert "round round-mid" in said
    assert "dwellings E01021582 refused: held back" in said
    assert "dwellings E01021582 *: 24" in said
    assert "answer adults answered: 5" in said
    assert "met E01021582" not in said  # the made-up session says no area


def test_an_export_holds_the_same_counts_as_csv_and_json_and_no_day_or_word_of_anybody(
    listened: Run, tmp_path: Path
) -> None:
    (over,) = [put for put in made_up_fieldwork(TODAY) if put.kind == "round"]
    workplace().door("essex").write([Put("round", over.id, {**over.doc, "status": "closed"})])
    visits = [put for put in made_up_fieldwork(TODAY) if put.kind == "visit"]
    workplace().door("essex").write(Put("visit", put.id, {**put.doc, "visited_on": "2026-10-01"}) for put in visits)
    listened("fieldwork", "export", "--tenant", "essex", str(tmp_path))
    text = (tmp_path / "fieldwork.json").read_text("utf-8")
    rows = json.loads(text)
    with (tmp_path / "fieldwork.csv").open(encoding="utf-8", newline="") as file:
        assert [row["value"] for row in csv.DictReader(file)] == [
            "" if row["value"] is None else str(row["value"]) for row in rows
        ]
    assert {row["of"] for row in rows} == {"round round-mid"}
    assert all(row["value"] is None or row["value"] == 0 or row["value"] >= 5 for row in rows)
    assert "2026" not in text
    assert "door-" not in text


def test_nothing_of_a_round_that_is_open_is_exported(listened: Run, tmp_path: Path) -> None:
    assert "0 counts" in listened("fieldwork", "export", "--tenant", "essex", str(tmp_path)).output
    assert json.loads((tmp_path / "fieldwork.json").read_text("utf-8")) == []


@pytest.mark.slow
def test_the_extract_for_the_workbench_has_neither_calls_nor_visits(listened: Run, tmp_path: Path) -> None:
    listened("export", "--tenant", "essex", str(tmp_path))
    left = {"intake", "handover", "round", "household", "visit", "session_log", "movement", "reservation", "wish"}
    assert left.isdisjoint(path.stem for path in tmp_path.glob("*.parquet"))
