"""Which items each referral may be shown: the ranker's own rules, asked in bulk."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ml.features import eligible
from ml.inputs import QUERY_INPUTS
from ml.metrics import Floats
from ml.training.world.asof import ItemInputs
from ml.training.world.tables import Flags, Ints, Items, Queries
from ml.training.world.utility import metres

_CHUNK: Final = 500
_WEEK: Final = 7


def eligible_rows(asked: Sequence[dict[str, Any]], queries: Queries, items: Items, inputs: ItemInputs) -> list[Ints]:
    """Return, for each referral, the rows of items that no rule excludes on its day, were places without limit.

    What comes to people's homes is offered within its own area alone, as a team's directory lists only that.

    asked : the query inputs, one mapping a referral.
    """
    near = (metres(queries, items) <= queries.max_m[:, None]) & _served(queries, items)
    rows: list[Ints] = []
    for start in range(0, len(asked), _CHUNK):
        part = slice(start, start + _CHUNK)
        query, item = np.nonzero(near[part])
        columns = _query_columns(asked[part], query) | _item_columns(inputs, queries.day[part][query], item)
        kept = eligible(columns)
        rows += [item[kept & (query == one)] for one in range(len(asked[part]))]
    return rows


def _served(queries: Queries, items: Items) -> Flags:
    served: Flags = np.logical_or(items.serves[None, :] < 0, items.serves[None, :] == queries.area[:, None])
    return served


def _query_columns(asked: Sequence[dict[str, Any]], query: Ints) -> dict[str, Floats]:
    return {name: np.array([one.get(name, np.nan) for one in asked])[query] for name in QUERY_INPUTS}


def _item_columns(inputs: ItemInputs, day: Ints, item: Ints) -> dict[str, Floats]:
    weekday = day % _WEEK
    names = inputs.by_weekday[0]
    columns = {name: np.stack([one[name] for one in inputs.by_weekday])[weekday, item] for name in names}
    return columns | {"opens_in_days": inputs.opens[item] - day}
