"""What is in a data set, counted part by part."""

from collections import Counter
from datetime import datetime
from typing import Any

import polars as pl

from ml.training.labels import text_of


class Tally:
    """Counts of rows, queries and labels; parts come oldest first, and no query lies in two."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rows = self.queries = self.positive = 0
        self.relevance: Counter[int] = Counter()
        self.states: Counter[str] = Counter()
        self.first: datetime | None = None
        self.last: datetime | None = None

    def take(self, part: pl.DataFrame) -> None:
        """Count the rows of `part`."""
        grouped = part.group_by("query").agg((pl.col("relevance") > 0).any())
        self.rows += len(part)
        self.queries += len(grouped)
        self.positive += int(grouped["relevance"].sum())
        self.relevance.update(dict(part["relevance"].value_counts().iter_rows()))
        self.states.update(dict(part["state"].value_counts().iter_rows()))
        self.first = self.first or part["shown_at"][0]
        self.last = part["shown_at"][-1]

    def report(self) -> dict[str, Any]:
        """The counts as a data set's report tells them."""
        return {
            "queries": self.queries,
            "queries_with_a_positive": self.positive,
            "rows": self.rows,
            "first_shown_at": text_of(self.first) if self.first else None,
            "last_shown_at": text_of(self.last) if self.last else None,
            "relevance": {str(value): count for value, count in sorted(self.relevance.items())},
            "states": dict(sorted(self.states.items())),
        }
