"""What the directory tells of shown items: how large their provider is, and how new they are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from ml.arrays import BoolArray
from ml.audit.slates import Slates
from ml.training.tables import Tables

#: A provider that runs fewer things than this is small.
SMALL: Final = 5
#: An item is new for so many days after it opened.
NEW_DAYS: Final = 180

_KINDS: Final = ("asset", "opportunity", "task")


def sides_of(slates: Slates, tables: Tables | None) -> dict[str, BoolArray | None]:
    """The rows on the first side of each pair that exposure is shared between, None where it cannot be told.

    tables : where the directory lies, None when only the log is at hand.
    """
    sides: dict[str, BoolArray | None] = {"untried : tried": slates.feature("untried") > 0}
    documents = _documents(tables) if tables else {}
    known = [documents.get(item, {}) for item in slates.items]
    days = np.repeat(slates.days, slates.query_sizes).tolist()
    return sides | {"new : old": _new(known, days), "small : large": _small(known, documents)}


def _documents(tables: Tables) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(kind, name): doc for kind in _KINDS for name, doc in tables.documents(kind, optional=True)}


def _new(known: Sequence[Mapping[str, Any]], days: Sequence[int]) -> BoolArray | None:
    opened = [one.get("opens_on") for one in known]
    if not any(opened):
        return None
    return np.array(
        [
            on is not None and day - date.fromisoformat(on).toordinal() < NEW_DAYS
            for on, day in zip(opened, days, strict=True)
        ]
    )


def _small(
    known: Sequence[Mapping[str, Any]], documents: Mapping[tuple[str, str], Mapping[str, Any]]
) -> BoolArray | None:
    runs = Counter(doc["organisation_id"] for doc in documents.values() if doc.get("organisation_id"))
    if not runs:
        return None
    return np.array([runs.get(one.get("organisation_id"), 0) < SMALL for one in known])
