"""How what is asked is shared: over volunteers, and over the districts and areas that they live in.

The load of a volunteer is how often they were asked, whatever came of it. Groups of fewer than `FEWEST` are not told.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import numpy as np

from ml import metrics
from ml.arrays import FloatArray
from ml.training.tables import Tables
from ml.training.volunteers.asked import times_asked
from ml.training.volunteers.sharing import gini
from ml.training.world.places import DISTRICTS

#: Fewer than this are not told.
FEWEST: Final = 5
#: Fewer volunteers than this in a group say more of themselves than of how it fares: it is shown and not judged.
FEWEST_JUDGED: Final = 20
#: A group is asked evenly enough when its share lies between these, 1 being that of all.
EVEN: Final = (0.8, 1.25)
#: Where volunteers live as `kith export` tells it, and else their own records, as a made-up centre has them.
_AREAS: Final = ("volunteer_area", "volunteer")
_FIFTHS: Final = {1: "most deprived fifth", 2: "second", 3: "third", 4: "fourth", 5: "least deprived fifth"}
_NAMES: Final = {one.code: one.name for one in DISTRICTS}
_LOTS: Final = 200


def load(tables: Tables, day: date, *, seed: int = 1) -> dict[str, Any]:
    """Return how asks up to the end of `day` were shared among the active volunteers of `tables`, plain values.

    gini_by_lot : what as many asks would come to if each went to anybody by lot, the mean of 200 such. lorenz : the
    share of all asks that went to each tenth, least asked first, adding up. groups : asks a head of each group, in
    proportion to that of all, with its interval, over volunteers. None is what is not told.
    """
    people = dict(_active(tables))
    asked = times_asked(tables, day)
    counts = np.array([asked[name] for name in people] or list(asked.values()), dtype=np.float64)
    if len(counts) < FEWEST or not counts.sum():
        return dict.fromkeys(("volunteers", "gini", "gini_by_lot", "never_asked", "lorenz")) | {"groups": {}}
    return {
        "volunteers": len(counts),
        "asks": int(sum(asked.values())),
        "gini": _rounded(gini(counts)),
        "gini_by_lot": _rounded(_by_lot(counts, seed)),
        "never_asked": _share_of(int((counts == 0).sum()), len(counts)),
        "most_asked_tenth": _rounded(np.sort(counts)[-max(1, len(counts) // 10) :].sum() / counts.sum()),
        "lorenz": _lorenz(counts),
        "groups": {
            what: _groups(counts, people, of) for what, of in (("district", _district), ("deprivation", _fifth))
        },
    }


def verdict(found: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Say of what `load` told whether groups are asked evenly: even, uneven or not judged, with the reasons."""
    judged = [
        (what, name, one)
        for what, groups in found["groups"].items()
        for name, one in groups.items()
        if one is not None and one["volunteers"] >= FEWEST_JUDGED
    ]
    low, high = EVEN
    uneven = [(what, name, one) for what, name, one in judged if one["high"] < low or one["low"] > high]
    if len(judged) <= 1:
        return "not judged", ["Too few volunteers live in known districts or areas for any two groups to be compared."]
    reasons = [
        f"{name} ({what}): asked {one['mean']:.2f} times as often as all ({one['low']:.2f} to {one['high']:.2f})."
        for what, name, one in uneven
    ]
    where = "A district that has fewer tasks is asked less too: these figures cannot tell that from being passed over."
    return ("uneven", [*reasons, where]) if reasons else ("even", [])


def _active(tables: Tables) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield id and record of each volunteer who gives time, from the first table that is there."""
    there = next((kind for kind in _AREAS if tables.hashes((kind,))[kind]), _AREAS[0])
    for name, doc in tables.documents(there, optional=True):
        if doc.get("status", "active") == "active":
            yield name, doc


def _district(doc: Mapping[str, Any]) -> str | None:
    code = doc.get("district")
    return None if code is None else _NAMES.get(code, str(code))


def _fifth(doc: Mapping[str, Any]) -> str | None:
    return _FIFTHS.get(doc.get("fifth") or 0)


def _groups(counts: FloatArray, people: Mapping[str, Mapping[str, Any]], of: Any) -> dict[str, dict[str, Any] | None]:
    names = np.array([of(doc) or "" for doc in people.values()])
    mean = counts.mean()
    found = {}
    for name in sorted(set(names.tolist()) - {""}):
        theirs = counts[names == name] / mean
        told = len(theirs) >= FEWEST
        found[name] = _share_of_all(theirs) if told else None
    return found


def _share_of_all(theirs: FloatArray) -> dict[str, Any]:
    found = metrics.interval(theirs, seed=1)
    kept = {"mean": found.mean, "low": found.low, "high": found.high}
    return {name: _rounded(value) for name, value in kept.items()} | {"volunteers": len(theirs)}


def _by_lot(counts: FloatArray, seed: int) -> float:
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(int(counts.sum()), np.full(len(counts), 1 / len(counts)), size=_LOTS)
    return float(np.mean([gini(one.astype(np.float64)) for one in drawn]))


def _lorenz(counts: FloatArray) -> list[float]:
    running = np.concatenate(([0.0], np.cumsum(np.sort(counts)))) / counts.sum()
    at = np.linspace(0, 1, 11)
    return [_rounded(value) for value in np.interp(at, np.linspace(0, 1, len(running)), running)]


def _share_of(count: int, of: int) -> float | None:
    return None if 0 < count < FEWEST or 0 < of - count < FEWEST else _rounded(count / of)


def _rounded(value: float) -> float:
    return round(float(value), 6)
