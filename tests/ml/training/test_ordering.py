"""Rows in the order of time, part by part."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from ml.training.ordering import Ordering, bounds_of

START = datetime(2026, 1, 1, tzinfo=UTC)


def at(*hours):
    return [START + timedelta(hours=hour) for hour in hours]


def rows(*hours):
    return pl.DataFrame(
        {"shown_at": at(*hours), "query": [f"q{hour}" for hour in hours], "kind": "asset", "item": "a"},
        schema_overrides={"shown_at": pl.Datetime("us", "UTC")},
    )


def test_parts_have_about_as_many_slates_as_wanted_and_no_instant_is_divided():
    assert bounds_of(at(5, 1, 3, 2, 4), 2) == at(3, 5)
    assert bounds_of(at(1, 1, 1, 1, 2), 2) == at(1, 2)
    assert bounds_of(at(1, 2), 5) == []


@pytest.mark.parametrize("part", [1, 2, 100])
def test_rows_come_back_oldest_first_however_they_went_in(tmp_path, part):
    with Ordering(bounds_of(at(7, 1, 9, 3, 5), part), tmp_path) as ordering:
        for frame in (rows(7, 1), rows(9), rows(3, 5)):
            ordering.add(frame)
        parts = list(ordering.parts())
    assert pl.concat(parts)["query"].to_list() == ["q1", "q3", "q5", "q7", "q9"]
    assert len(parts) == -(-5 // part)
    assert not list(tmp_path.iterdir())


def broken(folder):
    with Ordering(at(2), folder) as ordering:
        ordering.add(rows(1, 3))
        next(ordering.parts())
        raise ZeroDivisionError


def test_nothing_is_left_on_disk_when_something_goes_wrong(tmp_path):
    with pytest.raises(ZeroDivisionError):
        broken(tmp_path)
    assert not list(tmp_path.iterdir())
