"""What tells one slice of slates from another, and no ranker learns from: need, district, size of the provider."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from ml.training.tables import Tables
from mobile_contract.vocabulary import NEEDS

#: Columns of a data set's rows that are no features: the same for all rows of a query, but for the last.
CONTEXT: Final[dict[str, pl.DataType]] = {
    "policy": pl.String(),
    "need": pl.String(),
    "district": pl.Int32(),
    "urgency": pl.Int8(),
    "provider_items": pl.Int32(),
}

#: Kinds whose documents name who provides them.
_PROVIDED: Final = ("asset", "opportunity")
Providers = Mapping[tuple[str, str], int]


def provider_sizes(tables: Tables) -> dict[tuple[str, str], int]:
    """How many items the provider of each runs, by kind and id; empty where no directory is exported."""
    of_item: dict[tuple[str, str], str] = {}
    for kind in _PROVIDED:
        for name, document in tables.documents(kind, optional=True):
            if document.get("organisation_id"):
                of_item[kind, name] = document["organisation_id"]
    counts = Counter(of_item.values())
    return {item: counts[provider] for item, provider in of_item.items()}


def context_of(exposure: Mapping[str, Any], item: Mapping[str, Any], providers: Providers) -> tuple[Any, ...]:
    """The values of `CONTEXT` for one shown item; None where something is not known."""
    query = exposure["query"]
    return (
        exposure.get("policy"),
        _main_need(query.get("main_need_mask")),
        _whole(query.get("home_district")),
        _whole(query.get("urgency")),
        providers.get((item["kind"], item["id"])),
    )


def _main_need(mask: float | None) -> str | None:
    """The code of the main need; None where there is none, or more than one because no main one was told."""
    places = [place for place in range(len(NEEDS.codes)) if int(mask or 0) >> place & 1]
    return NEEDS.codes[places[0]] if len(places) == 1 else None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
