"""From what is known of queries and candidates, row by row, to columns of numbers."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from ml.arrays import MISSING, FloatArray

#: What is known of one query or one candidate; None and what is left out are not known.
Known: TypeAlias = Mapping[str, Any]


def column(rows: Sequence[Known], name: str) -> FloatArray:
    """Return what the rows say of `name`, shape (n_rows,), NaN where it is not known."""
    return np.array([row.get(name, MISSING) for row in rows], dtype=np.float64)  # None becomes NaN here


def slate_columns(
    query: Known, items: Sequence[Known], query_names: Sequence[str], candidate_names: Sequence[str]
) -> dict[str, FloatArray]:
    """Return the columns of one slate: of shape (1,) for the query's names, (n_items,) for the candidates'."""
    shared = {name: column([query], name) for name in query_names}
    return shared | {name: column(items, name) for name in candidate_names}


def stacked(
    slates: Sequence[tuple[Known, Sequence[Known]]], query_names: Sequence[str], candidate_names: Sequence[str]
) -> dict[str, FloatArray]:
    """Return the columns of many slates under one another, each of shape (n_items of all slates,)."""
    sizes = [len(items) for _, items in slates]
    shared = {name: np.repeat(column([query for query, _ in slates], name), sizes) for name in query_names}
    everything = [item for _, items in slates for item in items]
    return shared | {name: column(everything, name) for name in candidate_names}
