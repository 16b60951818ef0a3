"""Documents of the directory: organisations, locations, assets with schedules, and volunteer opportunities."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from ml.training.world import names, organisations
from ml.training.world.catalogue import OTHER_LANGUAGES, PROFILES, ROLES, Profile
from ml.training.world.dials import USUAL, Dials
from ml.training.world.places import Neighbourhood, draw_neighbourhood
from mobile_contract.vocabulary import ACCESS, WEEKDAYS

Document = dict[str, Any]
#: kind → id → document.
Documents = dict[str, dict[str, Document]]

HISTORY_DAYS: Final = 546
COUNTY: Final = "county"
_STARTS: Final = {"am": ("09:30", "10:00", "11:00"), "pm": ("13:30", "14:00", "15:00"), "eve": ("18:00", "19:00")}


@dataclass(frozen=True, slots=True)
class Directory:
    """The directory's documents, and what no ranker sees of an item.

    quality : item id → latent quality, about -2 to 2. small : item id → True for a provider of few groups.
    wait : item id → days until a place is likely. total : item id → places, NaN without a limit.
    """

    documents: Documents
    quality: dict[str, float] = field(default_factory=dict)
    small: dict[str, bool] = field(default_factory=dict)
    wait: dict[str, float] = field(default_factory=dict)
    total: dict[str, float] = field(default_factory=dict)


def directory(
    rng: np.random.Generator, places: tuple[Neighbourhood, ...], today: date, dials: Dials = USUAL
) -> Directory:
    """Make up the directory as it stands on `today`."""
    made = Directory({"organisation": {}, "location": {}, "asset": {}, "schedule": {}, "opportunity": {}})
    organisations.centres(rng, places, made.documents["organisation"])
    organisations.practices(rng, places, made.documents["organisation"])
    providers = organisations.providers(rng, places, made.documents["organisation"], dials)
    _assets(rng, places, providers, made, today, dials)
    _opportunities(rng, places, providers, made, today, dials)
    return made


def _assets(
    rng: np.random.Generator,
    places: tuple[Neighbourhood, ...],
    providers: list[tuple[str, bool]],
    made: Directory,
    today: date,
    dials: Dials,
) -> None:
    for number, profile in enumerate(_spread(rng, dials)):
        asset, place = f"asset-{number:04d}", draw_neighbourhood(rng, places)
        provider, small = organisations.provider(rng, providers, dials.runs)
        _latent(rng, made, asset, small, dials)
        document = _asset(rng, profile, place, provider, today, dials.late)
        if profile.reach == "venue":
            location = f"location-{number:04d}"
            made.documents["location"][location] = _location(rng, place, provider, document)
            document["location_id"] = location
        made.documents["asset"][asset] = document
        for index, schedule in enumerate(_schedules(rng, profile, asset, document["district"])):
            made.documents["schedule"][f"{asset}.{index}"] = schedule


def _latent(rng: np.random.Generator, made: Directory, item: str, small: bool, dials: Dials) -> None:
    """Draw what no document of the item says, and its places: most have a limit, a few have none left for anyone."""
    made.quality[item] = float(rng.normal(0.0, 1.0))
    made.small[item] = small
    made.wait[item] = float(rng.choice([0, 7, 14, 28], p=[0.6, 0.2, 0.12, 0.08]))
    limit = float(rng.integers(3, 16)) if rng.random() > 0.04 else 0.0
    made.total[item] = limit if rng.random() < dials.limited else np.nan


def _spread(rng: np.random.Generator, dials: Dials) -> list[Profile]:
    """Give every category its share of the assets, at least three each, in a seeded order."""
    total = sum(profile.weight for profile in PROFILES)
    counts = [max(3, round(dials.assets * profile.weight / total)) for profile in PROFILES]
    spread = [profile for profile, count in zip(PROFILES, counts, strict=True) for _ in range(count)]
    return [spread[i] for i in rng.permutation(len(spread))]


def _asset(
    rng: np.random.Generator, profile: Profile, place: Neighbourhood, provider: str, today: date, late: float
) -> Document:
    low, high = profile.size
    cost = int(rng.integers(profile.cost[0] // 50, profile.cost[1] // 50 + 1)) * 50 if rng.random() < 0.6 else 0
    document: Document = {
        "name": f"{place.name} {profile.title}",
        "description": f"{profile.title} run by neighbours in {place.name}. Made up for demonstration.",
        "category": profile.category,
        "other_categories": sorted(other for other in profile.other if rng.random() < 0.5),
        "access": sorted(code for code in ACCESS.codes if rng.random() < _ACCESS_SHARE.get(code, 0.2)),
        "languages": sorted(["en", *(code for code, share in OTHER_LANGUAGES if rng.random() < share * 4)]),
        "cost_pence": cost,
        "group_size": int(rng.integers(low, high + 1)),
        "audience": str(rng.choice(["anyone", "women", "men"], p=[0.92, 0.05, 0.03])),
        "online": profile.reach == "online",
        "at_home": profile.reach == "home",
        "referral_only": bool(rng.random() < profile.referral_only),
        "organisation_id": provider,
        "phone": names.phone(rng),
        "opens_on": _opening(rng, today, late),
        "assured_on": (today - timedelta(days=int(rng.integers(10, 360)))).isoformat(),
        "next_check_on": (today + timedelta(days=int(rng.integers(5, 180)))).isoformat(),
        "made_up": True,
        **place.draw(rng),
    }
    _bound_ages(document, profile)
    if profile.reach == "online":
        document["district"] = COUNTY
    return document


_ACCESS_SHARE: Final = {
    "step_free": 0.8, "accessible_toilet": 0.7, "hearing_loop": 0.3, "bsl": 0.08, "quiet_space": 0.3, "parking": 0.6,
    "carer_welcome": 0.75, "dementia_friendly": 0.4, "assistance_dog": 0.7,
}  # fmt: skip


def _bound_ages(document: Document, profile: Profile) -> None:
    low, high = profile.ages
    if low is not None:
        document["min_age"] = low
    if high is not None:
        document["max_age"] = high


def _opening(rng: np.random.Generator, today: date, share: float) -> str:
    """Draw an opening day; that `share` opens during the history, a few of them after it, the others before."""
    late = rng.random() < share
    before = int(rng.integers(-30, HISTORY_DAYS) if late else rng.integers(HISTORY_DAYS + 30, HISTORY_DAYS + 2500))
    return (today - timedelta(days=before)).isoformat()


def _location(rng: np.random.Generator, place: Neighbourhood, provider: str, asset: Document) -> Document:
    hall = names.HALLS[int(rng.integers(len(names.HALLS)))]
    street = names.STREETS[int(rng.integers(len(names.STREETS)))]
    address = f"{place.name} {hall}, {int(rng.integers(1, 90))} {street}"
    asset["address"] = address
    spot = {name: asset[name] for name in ("district", "postcode", "easting", "northing", "access")}
    return {"name": f"{place.name} {hall}", "address": address, "organisation_id": provider, "made_up": True, **spot}


def _schedules(rng: np.random.Generator, profile: Profile, item: str, district: str) -> Iterator[Document]:
    days = [day for day in WEEKDAYS.codes if day not in ("sat", "sun") or rng.random() < 0.4]
    for day in sorted(rng.choice(days, int(rng.choice([1, 2, 3], p=[0.6, 0.3, 0.1])), replace=False)):
        part = str(rng.choice(profile.parts.split()))
        start = str(rng.choice(_STARTS[part]))
        yield {
            "district": district,
            "item_kind": "asset",
            "item_id": item,
            "frequency": "weekly",
            "weekday": str(day),
            "from_time": start,
            "until_time": f"{int(start[:2]) + int(rng.choice([1, 2])):02d}{start[2:]}",
        }


def _opportunities(
    rng: np.random.Generator,
    places: tuple[Neighbourhood, ...],
    providers: list[tuple[str, bool]],
    made: Directory,
    today: date,
    dials: Dials,
) -> None:
    for number in range(round(dials.opportunities)):
        title, category, skills, commitment = ROLES[number % len(ROLES)]
        opportunity, place = f"opportunity-{number:03d}", draw_neighbourhood(rng, places)
        provider, small = organisations.provider(rng, providers, dials.runs)
        _latent(rng, made, opportunity, small, dials)
        made.documents["opportunity"][opportunity] = {
            "name": f"{title}, {place.name}",
            "description": f"{title} wanted in {place.name}. Made up for demonstration.",
            "category": "volunteering",
            "other_categories": [category] if category != "volunteering" else [],
            "access": sorted(code for code in ACCESS.codes if rng.random() < _ACCESS_SHARE.get(code, 0.2)),
            "group_size": int(rng.integers(2, 12)),
            "min_age": 16,
            "organisation_id": provider,
            "skills": sorted(skills),
            "commitment": commitment,
            "opens_on": _opening(rng, today, dials.late),
            "made_up": True,
            **place.draw(rng),
        }
        profile = next(profile for profile in PROFILES if profile.category == "gardening")
        for index, schedule in enumerate(_schedules(rng, profile, opportunity, place.district.code)):
            made.documents["schedule"][f"{opportunity}.{index}"] = {**schedule, "item_kind": "opportunity"}
