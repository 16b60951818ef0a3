"""Labelled slates turned into rows of a data set: what is known of them, what slices them, and their features."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import polars as pl

from ml.features import FeatureSet
from ml.training.choices import Item
from ml.training.context import CONTEXT, Providers, context_of
from ml.training.groups import META
from ml.training.labels import Label


class LabelledSlate(NamedTuple):
    """An exposure's id, its document, and the labels of those of its items that teach something."""

    name: str
    exposure: dict[str, Any]
    labels: dict[Item, Label]

    @property
    def items(self) -> list[dict[str, Any]]:
        """The items that have a label."""
        return [item for item in self.exposure["items"] if (item["kind"], item["id"]) in self.labels]


def rows_of(slates: Sequence[LabelledSlate], features: FeatureSet, providers: Providers) -> pl.DataFrame:
    """The rows of `slates`, those of one side by side; ValueError or TypeError when an input is no number."""
    X = features.matrix(features.stacked_columns([_known(slate) for slate in slates]))
    rows = [row for slate in slates for row in _rows(slate, providers)]
    frame = pl.DataFrame(rows, schema={**META, **CONTEXT}, orient="row")
    return frame.with_columns(pl.Series(name, X[:, place]) for place, name in enumerate(features.names))


def are_numbers(slate: LabelledSlate, features: FeatureSet) -> bool:
    """Whether every input of `slate` is a number, so that it can become rows."""
    try:
        features.stacked_columns([_known(slate)])
    except (TypeError, ValueError):
        return False
    return True


def _known(slate: LabelledSlate) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    return slate.exposure["query"], [item["inputs"] for item in slate.items]


def _rows(slate: LabelledSlate, providers: Providers) -> Iterator[tuple[Any, ...]]:
    exposure, items = slate.exposure, slate.items
    about = (slate.name, exposure["referral_id"], datetime.fromisoformat(exposure["shown_at"]))
    *shared, _ = context_of(exposure, items[0], providers)
    for item in items:
        key = item["kind"], item["id"]
        label = slate.labels[key]
        logged = item["position"], item["propensity"]
        yield (*about, *key, *logged, label.relevance, label.state.value, *shared, providers.get(key))
