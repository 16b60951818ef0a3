"""The people and the items as columns, read from their documents, so that effects are worked out for all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ml.metrics import Floats
from ml.training.world.directory import Directory
from ml.training.world.drift import NO_DRIFT, Drift
from ml.training.world.people import Referred
from ml.training.world.places import AREAS, DISTRICTS
from mobile_contract.vocabulary import (
    ACCESS,
    AGE_BAND_YEARS,
    CATEGORIES,
    GROUP_PREFERENCES,
    NEEDS,
    SLOTS,
    TRAVEL,
    URGENCIES,
    Vocabulary,
)

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Document = dict[str, Any]

_AREA_OF: Final = {district.code: AREAS.index(district.area) for district in DISTRICTS}
#: Someone without a limit is taken to feel a price as if this were theirs, pence.
USUAL_BUDGET: Final = 1200.0


@dataclass(frozen=True, slots=True)
class Queries:
    """One row a referral.

    place : (n, 2) metres. needs : (n, needs) weights, 1 for the main need, .5 for others. max_m : metres.
    slots : (n, slots) flags. budget : pence. access : (n, access) flags. age : years. group : protected, 0 or 1.
    day : ordinal. practice : number of the referring practice. area : number of the area. urgency : 0 to 2.
    longer : days by which waits have grown by then. dearer : what 45 minutes of journey weigh more by then.
    """

    place: Floats
    needs: Floats
    travel: Ints
    max_m: Floats
    slots: Flags
    preference: Ints
    budget: Floats
    access: Flags
    age: Floats
    group: Ints
    day: Ints
    practice: Ints
    area: Ints
    urgency: Ints
    longer: Floats
    dearer: Floats


@dataclass(frozen=True, slots=True)
class Items:
    """One row an asset or opportunity.

    categories : (n, categories) weights, 1 for the first category, .5 for others. reach : True where distance does not
    matter (online or at home). serves : the area whose homes it comes to, -1 for what is not at home. opens : ordinal
    day. wait : days. quality : latent. small : of a small provider.
    """

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    place: Floats
    categories: Floats
    slots: Flags
    cost: Floats
    size: Floats
    access: Flags
    wait: Floats
    reach: Flags
    serves: Ints
    opens: Ints
    quality: Floats
    small: Flags


def queries(people: Sequence[Referred], drift: Drift = NO_DRIFT) -> Queries:
    """Read the columns of referrals, in their order."""
    person = [one.person for one in people]
    day = np.array([one.received_on.toordinal() for one in people])
    return Queries(
        place=_places(person),
        needs=np.stack([_needs(one.referral) for one in people]),
        travel=_codes(TRAVEL, (p["travel"] for p in person)),
        max_m=np.array([p["max_km"] * 1000.0 for p in person]),
        slots=_flags(SLOTS, (p["availability"] for p in person)),
        preference=_codes(GROUP_PREFERENCES, (p["group_preference"] for p in person)),
        budget=np.array([_budget(one.referral) for one in people]),
        access=_flags(ACCESS, (p["access_needs"] for p in person)),
        age=np.array([sum(AGE_BAND_YEARS[p["age_band"]]) / 2 for p in person]),
        group=np.array([one.group for one in people]),
        day=day,
        area=np.array([_AREA_OF[p["district"]] for p in person]),
        practice=np.array([int(one.referral["referrer_organisation_id"][-2:]) for one in people]),
        urgency=_codes(URGENCIES, (one.referral["urgency"] for one in people)),
        longer=drift.longer(day),
        dearer=drift.dearer(day),
    )


def items(made: Directory) -> Items:
    """Read the columns of the directory's assets and then opportunities, each in order of id."""
    rows = [(kind, key, doc) for kind in ("asset", "opportunity") for key, doc in sorted(made.documents[kind].items())]
    docs = [doc for _, _, doc in rows]
    meetings = slots_of(made.documents["schedule"].values())
    return Items(
        ids=tuple(key for _, key, _ in rows),
        kinds=tuple(kind for kind, _, _ in rows),
        place=_places(docs),
        categories=np.stack([_categories(doc) for doc in docs]),
        slots=_flags(SLOTS, (meetings.get(key, ()) for _, key, _ in rows)),
        cost=np.array([float(doc.get("cost_pence", 0)) for doc in docs]),
        size=np.array([float(doc["group_size"]) for doc in docs]),
        access=_flags(ACCESS, (doc["access"] for doc in docs)),
        wait=np.array([made.wait[key] for _, key, _ in rows]),
        serves=np.array([_AREA_OF[doc["district"]] if doc.get("at_home") else -1 for doc in docs]),
        reach=np.array([bool(doc.get("online") or doc.get("at_home")) for doc in docs]),
        opens=np.array([date.fromisoformat(doc["opens_on"]).toordinal() for doc in docs]),
        quality=np.array([made.quality[key] for _, key, _ in rows]),
        small=np.array([made.small[key] for _, key, _ in rows]),
    )


def slots_of(schedules: Iterable[Document]) -> dict[str, set[str]]:
    """Name the slots in which each item meets, by item id."""
    meetings: dict[str, set[str]] = {}
    for schedule in schedules:
        hour = int(schedule["from_time"][:2])
        part = "am" if hour < 12 else "pm" if hour < 17 else "eve"
        meetings.setdefault(schedule["item_id"], set()).add(f"{schedule['weekday']}_{part}")
    return meetings


def _places(docs: Sequence[Document]) -> Floats:
    return np.array([[doc["easting"], doc["northing"]] for doc in docs], dtype=np.float64)


def _needs(referral: Document) -> Floats:
    row = np.zeros(len(NEEDS.codes))
    row[[NEEDS.codes.index(need) for need in referral["needs"]]] = 0.5
    row[NEEDS.codes.index(referral["main_need"])] = 1.0
    return row


def _categories(doc: Document) -> Floats:
    row = np.zeros(len(CATEGORIES.codes))
    row[[CATEGORIES.codes.index(other) for other in doc.get("other_categories", ())]] = 0.5
    row[CATEGORIES.codes.index(doc["category"])] = 1.0
    return row


def _budget(referral: Document) -> float:
    return float(referral.get("budget_pence", USUAL_BUDGET))


def _codes(vocabulary: Vocabulary, values: Iterable[str]) -> Ints:
    places = {code: place for place, code in enumerate(vocabulary.codes)}
    return np.array([places[value] for value in values])


def _flags(vocabulary: Vocabulary, sets: Iterable[Iterable[str]]) -> Flags:
    return np.array([[code in chosen for code in vocabulary.codes] for chosen in map(set, sets)])
