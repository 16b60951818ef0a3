"""From what is known of queries and candidates, row by row, to columns of numbers."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
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
    asked = _table([query for query, _ in slates], query_names)
    given = _table([item for _, items in slates for item in items], candidate_names)
    shared = {name: np.repeat(asked[:, place], sizes) for place, name in enumerate(query_names)}
    return shared | {name: np.ascontiguousarray(given[:, place]) for place, name in enumerate(candidate_names)}


def _table(rows: Sequence[Known], names: Sequence[str]) -> FloatArray:
    """Return a column a name, shape (n_rows, n_names): as `column` gives them, but rows that know the same at once."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(rows):
        alike.setdefault(tuple(row), []).append(place)
    filled = np.full((len(rows), len(names)), MISSING)
    for told, places in alike.items():
        known = [name for name in names if name in told]
        if known:
            pick = itemgetter(*known) if len(known) > 1 else lambda row, only=known[0]: (row[only],)
            values = np.array([pick(rows[place]) for place in places], dtype=np.float64)
            filled[np.ix_(places, [names.index(name) for name in known])] = values
    return filled
