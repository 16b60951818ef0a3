"""Foretold chances are held against what came of first places, and only against what is known."""

from datetime import UTC, datetime, timedelta

import polars as pl

from ml.report.chances import reliability
from ml.training.groups import META, Dataset

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)


class Foretelling:
    """Gives everybody the chance of one half."""

    def score(self, X):
        return X[:, 0]

    def chance(self, score):
        return score * 0 + 0.5


def first_places(days_ago, states):
    rows = [
        (f"q{n:03}", f"r{n:03}", AS_OF - timedelta(days=days_ago), "asset", "i", 0, 1.0, grade, state, 0.0)
        for n, (state, grade) in enumerate(states)
    ]
    frame = pl.DataFrame(rows, schema={**META, "near": pl.Float64()}, orient="row")
    return Dataset(frame, {"as_of": AS_OF.date().isoformat(), "features": {"names": ["near"]}})


def test_what_is_still_awaited_counts_neither_as_come_nor_as_not():
    judged = first_places(120, [("mature", 2)] * 20 + [("mature", 0)] * 20 + [("waiting", 1)] * 40)
    found = reliability(Foretelling(), judged)
    assert (found.count.sum(), found.came.tolist(), found.error) == (40.0, [0.5], 0.0)


def test_slates_that_may_still_have_late_choices_tell_nothing():
    judged = first_places(90, [("mature", 2)] * 20 + [("skipped", 0)] * 20)
    assert reliability(Foretelling(), judged) is None
