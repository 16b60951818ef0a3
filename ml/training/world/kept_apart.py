"""What is known of people and items that no ranker may see: kept in the oracle's folder, for those who judge."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np
import polars

from ml.training.world.directory import HISTORY_DAYS, Directory
from ml.training.world.people import Referred
from ml.training.world.tables import Items

#: Frames by the name of their file.
Frames = Mapping[str, polars.DataFrame]
QUINTILES: Final = 5


def kept_apart(seed: int, people: Sequence[Referred], made: Directory, items: Items, today: date) -> Frames:
    """Return ``equality``, a row a referral, and ``items``, a row an item.

    equality : protected_group 0 or 1, deprivation 1 (most) to 5 of the neighbourhood, disabled (has an access need).
    items : organisation_id, large (of a large provider), opens_on, new (opened during the history), quality, latent.
    """
    return {"equality": _equality(seed, people), "items": _items(made, items, today)}


def fifths(apart: Frames) -> dict[str, dict[str, int]]:
    """Person → in which fifth of areas by deprivation they live, as `kith export` tells it."""
    rows = apart["equality"].select("person_id", "deprivation").iter_rows()
    return {person: {"fifth": fifth} for person, fifth in rows}


def _equality(seed: int, people: Sequence[Referred]) -> polars.DataFrame:
    sectors = sorted({_sector(one) for one in people})
    drawn = np.random.default_rng([seed, 2]).integers(1, QUINTILES + 1, len(sectors))
    quintile = dict(zip(sectors, drawn.tolist(), strict=True))
    rows = [
        (one.referral_id, one.person_id, one.group, quintile[_sector(one)], bool(one.person["access_needs"]))
        for one in people
    ]
    names = ["referral_id", "person_id", "protected_group", "deprivation", "disabled"]
    return polars.DataFrame(rows, schema=names, orient="row")


def _sector(one: Referred) -> str:
    return str(one.person["postcode"])[:-2]


def _items(made: Directory, items: Items, today: date) -> polars.DataFrame:
    first = (today - timedelta(days=HISTORY_DAYS)).toordinal()
    documents = [made.documents[kind][key] for kind, key in zip(items.kinds, items.ids, strict=True)]
    return polars.DataFrame(
        {
            "item_kind": items.kinds,
            "item_id": items.ids,
            "organisation_id": [doc["organisation_id"] for doc in documents],
            "large": ~items.small,
            "opens_on": [doc["opens_on"] for doc in documents],
            "new": items.opens > first,
            "quality": items.quality,
        }
    )
