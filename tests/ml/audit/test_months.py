"""Quality by month says which months flatter."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from ml.audit.drift import by_month
from ml.training.groups import META, Dataset

BEGINS = datetime(2026, 4, 1, tzinfo=UTC)


def monthly(days):
    """A slate of two on each day, the second row chosen; the one feature is the order of the rows turned round."""
    rows = [
        (
            f"q{day:03}",
            f"r{day:03}",
            BEGINS + timedelta(days=day),
            "asset",
            f"i{row}",
            row,
            1.0,
            row,
            "mature",
            row * 1.0,
        )
        for day in days
        for row in (0, 1)
    ]
    frame = pl.DataFrame(rows, schema={**META, "near": pl.Float64()}, orient="row")
    return Dataset(frame, {"features": {"names": ["near"]}})


@pytest.mark.parametrize(
    ("until", "learned"),
    [
        (datetime(2026, 5, 15, tzinfo=UTC), {"2026-04": True, "2026-05": True, "2026-06": False}),
        (datetime(2026, 5, 1, tzinfo=UTC), {"2026-04": True, "2026-05": False, "2026-06": False}),
    ],
)
def test_a_month_counts_as_learned_from_when_any_of_its_days_was(until, learned):
    found = by_month(monthly(range(0, 80, 10)), lambda X: X[:, 0], until)
    assert {one["month"]: one["learned"] for one in found} == learned
