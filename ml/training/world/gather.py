"""What a world leaves behind when its history has run: documents, counts, the truth and a summary."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from ml.inputs import CANDIDATE_INPUTS, QUERY_INPUTS
from ml.metrics import Floats
from ml.training.world.behaviour import Slate
from ml.training.world.directory import Directory, Documents
from ml.training.world.ledger import Ledger
from ml.training.world.model import History, Summary, World
from ml.training.world.oracle import Oracle, grade
from ml.training.world.people import Referred
from ml.training.world.places import Neighbourhood, district_documents, sector_documents
from ml.training.world.tables import Ints, Items


def documents(made: Directory, people: Sequence[Referred], spots: tuple[Neighbourhood, ...]) -> Documents:
    """Return all documents before the history begins, by kind and id."""
    return {
        **made.documents,
        "district": district_documents(),
        "postcode_sector": sector_documents(spots),
        "person": {one.person_id: one.person for one in people},
        "consent": {f"consent-{one.person_id}": one.consent for one in people},
        "referral": {one.referral_id: one.referral for one in people},
        "exposure": {},
        "placement": {},
    }


def counts(made: Directory, items: Items, ledger: Ledger, today: date) -> dict[str, dict[str, Any]]:
    """Write the ``place_count`` documents as the ledger stands on `today`."""
    columns = ledger.columns()
    counted_at = f"{today - timedelta(days=1)}T23:00:00Z"
    return {
        item: {
            "district": made.documents[kind][item]["district"],
            "item_kind": kind,
            "item_id": item,
            "counted_at": counted_at,
            **{name: int(column[row_]) for name, column in columns.items() if not np.isnan(column[row_])},
        }
        for row_, (kind, item) in enumerate(zip(items.kinds, items.ids, strict=True))
    }


def truth(world: World, history: History) -> Oracle:
    """Gather every query's whole candidate set with its inputs as of then."""
    parts = [_candidates(world, *shown) for shown in history.shown]
    sizes = np.array([len(rows) for _, rows, _, _ in history.shown])
    numbers = [number for number, _, _, _ in history.shown]
    asked = {
        name: np.repeat(np.array([world.asked[number].get(name, np.nan) for number in numbers]), sizes)
        for name in QUERY_INPUTS
    }
    rows = np.concatenate([rows for _, rows, _, _ in history.shown])
    return Oracle(
        inputs=asked | {name: np.concatenate([part[name] for part in parts]) for name in CANDIDATE_INPUTS},
        utility=np.concatenate([part["utility"] for part in parts]),
        relevance=np.concatenate([grade(part["utility"]) for part in parts]),
        position=np.concatenate([part["position"] for part in parts]).astype(np.int64),
        query_sizes=sizes,
        exposure_ids=tuple(f"{world.prefix}exposure-{number:05d}" for number in numbers),
        days=world.queries.day[numbers],
        group=world.queries.group[numbers],
        item_ids=tuple(world.items.ids[item] for item in rows),
    )


def _candidates(world: World, number: int, rows: Ints, counts: dict[str, Floats], slate: Slate) -> dict[str, Floats]:
    columns = world.inputs.on(int(world.queries.day[number]), counts)
    position = np.full(len(world.items.ids), -1.0)
    position[slate.rows] = np.arange(slate.rows.size)
    inputs = {name: columns[name][rows] for name in CANDIDATE_INPUTS}
    return {**inputs, "utility": world.value[number, rows], "position": position[rows]}


def summary(world: World, history: History, seed: int) -> Summary:
    """Count what the history came to."""
    reached = len(history.shown)
    chosen = {key.rsplit("-", 1)[0] for key in history.documents["placement"]}
    old = [one for one in history.documents["referral"].values() if one["status"] == "sustained"]
    return Summary(
        seed=seed,
        dial=world.dials.name,
        referrals=len(world.people),
        exposures=reached,
        placements=len(history.documents["placement"]),
        candidates=round(float(np.mean([rows.size for _, rows, _, _ in history.shown])), 1),
        chosen=round(len(chosen) / reached, 3),
        sustained=round(len(old) / reached, 3),
    )
