"""Who waits and what is there: from exported tables to the values that places are shared by."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from ml.arrays import FloatArray
from ml.inputs import RANKED_KINDS, candidate_inputs, columns, query_inputs
from ml.models.walker import Pack
from ml.training.tables import Tables

#: States of a referral in which it waits for something to be found.
WAITING: Final = ("received", "contacted", "shortlisted")
#: States of a placement that is over.
_OVER: Final = ("declined", "ended")
#: The tables that are read, where they are there.
READ: Final = ("referral", "person", "exposure", "placement", *RANKED_KINDS, "schedule", "place_count")


@dataclass(frozen=True, slots=True)
class Batch:
    """Waiting referrals beside everything with places.

    referrals : ids, the longest wait first. waited_days : (n_referrals,). unknown : waiting referrals of which nothing
    is known to rank by. items : (kind, id, name). places : (n_items,), infinite for no limit. value : (n_referrals,
    n_items), NaN where a rule speaks against it. calibrated : whether values are chances or only places in an order.
    """

    referrals: tuple[str, ...]
    waited_days: FloatArray
    unknown: tuple[str, ...]
    items: tuple[tuple[str, str, str], ...]
    places: FloatArray
    value: FloatArray
    calibrated: bool


def batch_of(tables: Tables, pack: Pack, today: date) -> Batch:
    """Read who waits and what there is on the date `today`; TableError when a table is missing or damaged."""
    asked, unknown = _waiting(tables, today)
    items, inputs, places = _items(tables, today)
    ordered = sorted(asked, key=lambda name: (-asked[name][0], name))
    rows = [_values(pack, asked[name][1], inputs) for name in ordered]
    return Batch(
        referrals=tuple(ordered),
        waited_days=np.array([asked[name][0] for name in ordered], dtype=np.float64),
        unknown=tuple(sorted(unknown)),
        items=tuple(items),
        places=places,
        value=np.array(rows, dtype=np.float64).reshape(len(ordered), len(items)),
        calibrated=pack.calibration is not None,
    )


def _waiting(tables: Tables, today: date) -> tuple[dict[str, tuple[float, Mapping[str, Any]]], list[str]]:
    """Return for each waiting referral its days and what is known of it, and those of which nothing is."""
    placed = {doc["referral_id"] for _, doc in tables.documents("placement", optional=True) if _stands(doc)}
    people = dict(tables.documents("person", optional=True))  # an export leaves them behind
    shown = {doc["referral_id"]: doc for _, doc in _by_time(tables)}
    known: dict[str, tuple[float, Mapping[str, Any]]] = {}
    unknown = []
    for name, doc in tables.documents("referral"):
        if doc.get("status", "received") not in WAITING or name in placed or doc["received_on"] > today.isoformat():
            continue
        waited = float((today - date.fromisoformat(doc["received_on"])).days)
        if (person := people.get(doc["person_id"])) is not None:
            known[name] = waited, query_inputs(doc, person, today=today)
        elif name in shown:
            known[name] = waited, shown[name]["query"]
        else:
            unknown.append(name)
    return known, unknown


def _by_time(tables: Tables) -> list[tuple[str, dict[str, Any]]]:
    return sorted(tables.documents("exposure", optional=True), key=lambda each: (each[1]["shown_at"], each[0]))


def _stands(placement: Mapping[str, Any]) -> bool:
    return placement.get("status", "chosen") not in _OVER


def _items(tables: Tables, today: date) -> tuple[list[tuple[str, str, str]], list[dict[str, float]], FloatArray]:
    """Return every item in order of id with what is known of it and its places open."""
    schedules: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for _, doc in tables.documents("schedule", optional=True):
        schedules[doc["item_id"]].append(doc)
    counts = dict(tables.documents("place_count", optional=True))
    found = sorted(
        (name, kind, doc) for kind in RANKED_KINDS for name, doc in tables.documents(kind, optional=True)
    )  # no two have both name and kind in common
    inputs = [
        candidate_inputs(kind, doc, schedules.get(name, ()), counts.get(name), today=today) for name, kind, doc in found
    ]
    places = [inf_if_none(counts.get(name, {}).get("places_open")) for name, _, _ in found]
    return [(kind, name, doc["name"]) for name, kind, doc in found], inputs, np.array(places, dtype=np.float64)


def inf_if_none(places: float | None) -> float:
    """Return places open, infinite where there is no limit."""
    return np.inf if places is None else float(places)


def _values(pack: Pack, query: Mapping[str, Any], inputs: list[dict[str, float]]) -> FloatArray:
    """Return what each item is worth to a query, NaN where a rule speaks against it.

    A chance where the pack has learned to tell chances, else its place among the eligible: 1 for the best, above 0.
    """
    value = np.full(len(inputs), np.nan)
    if not inputs:
        return value
    known = pack.known(columns(query, inputs))
    eligible = np.flatnonzero(pack.first_rule(known) < 0)
    score = pack.score(pack.matrix(known)[eligible])
    chance = pack.chance(score)
    value[eligible] = _ranked(score) if chance is None else chance
    return value


def _ranked(score: FloatArray) -> FloatArray:
    """Return 1 for the best, then less by equal steps, above 0: scores of two queries do not compare."""
    rank = np.empty(score.size)
    rank[np.argsort(-score, kind="stable")] = np.arange(score.size)
    return 1.0 - rank / max(1, score.size)
