"""How good an order is by slice: for which needs, districts and urgencies, and at finding which sorts of item.

A slice of queries is measured on its queries. A slice of items is measured on the queries in which one of its items had
a label, with the labels of all others put at 0: how high it is put among everything that was shown.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import polars as pl

from ml import metrics
from ml.arrays import BoolArray, FloatArray
from ml.audit.directory import SMALL
from ml.training.groups import Dataset
from mobile_contract.vocabulary import URGENCIES

#: A slice with fewer judged queries is named, and its figures are left out: they would tell of people, not of orders.
FEWEST: Final = 20
_RESAMPLES: Final = 1000
_K: Final = 10

#: What a slice's rows are, by the name of its group and of the slice.
Slices = Mapping[str, Mapping[str, BoolArray]]


def slices_of(dataset: Dataset) -> dict[str, dict[str, BoolArray]]:
    """The slices that the columns of a data set can tell, each as shape (n_rows,); a row may lie in none of a group."""
    rows = dataset.rows
    groups = {
        "need": _by_value(rows, "need"),
        "district": _by_value(rows, "district", form="E{:08d}"),
        "urgency": _by_value(rows, "urgency", names=URGENCIES.codes),
        "kind": _by_value(rows, "kind"),
    }
    if "provider_items" in rows.columns and rows["provider_items"].is_not_null().any():
        known, small = rows["provider_items"].is_not_null(), rows["provider_items"] < SMALL
        groups["provider"] = {"large": _rows(known & ~small), "small": _rows(known & small)}
    if "untried" in dataset.feature_names:
        untried = dataset.feature("untried") > 0
        groups["item"] = {"tried": _rows(~untried), "untried": _rows(untried)}
    return {group: found for group, found in groups.items() if len(found) > 1}


def by_slice(
    slices: Slices, gain: FloatArray, scores: Mapping[str, FloatArray], dataset: Dataset, *, seed: int
) -> dict[str, dict[str, Any]]:
    """NDCG@10 of each order in each slice, and the paired lead of the first order over the others.

    gain : shape (n_rows,). scores : order → shape (n_rows,). A slice with fewer than `FEWEST` judged queries has only
    the reason why it is not told. Returns group → slice → {queries, quality, over} or {suppressed}.
    """
    sizes = dataset.query_sizes
    return {
        group: {name: _one(np.where(rows, gain, 0.0), scores, sizes, seed) for name, rows in found.items()}
        for group, found in slices.items()
    }


def _one(gain: FloatArray, scores: Mapping[str, FloatArray], sizes: Any, seed: int) -> dict[str, Any]:
    values = {name: metrics.ndcg(gain, score, sizes, _K) for name, score in scores.items()}
    first, *others = values
    judged = int((~np.isnan(values[first])).sum())
    if judged < FEWEST:
        return {"suppressed": f"fewer than {FEWEST} judged queries"}
    return {
        "queries": judged,
        "quality": {name: _interval(found, seed) for name, found in values.items()},
        "over": {name: _interval(values[first] - values[name], seed) for name in others},
    }


def _by_value(
    rows: pl.DataFrame, column: str, *, names: tuple[str, ...] = (), form: str = "{}"
) -> dict[str, BoolArray]:
    """One slice a value that occurs. names : of values that are places in them. form : of the others' names."""
    if column not in rows.columns:
        return {}
    values = rows[column].drop_nulls().unique().sort().to_list()
    return {names[value] if names else form.format(value): _rows(rows[column] == value) for value in values}


def _rows(column: pl.Series) -> BoolArray:
    return np.asarray(column.fill_null(False).to_numpy())


def _interval(values: FloatArray, seed: int) -> dict[str, float]:
    return metrics.interval(values, seed=seed, resamples=_RESAMPLES).as_dict()
