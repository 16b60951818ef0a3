"""Documents of people: who is supported, what they agreed to, and the referrals that brought them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from ml.training.world import names
from ml.training.world.catalogue import OTHER_LANGUAGES
from ml.training.world.directory import HISTORY_DAYS
from ml.training.world.places import AREAS, DISTRICTS, Neighbourhood, draw_neighbourhood
from mobile_contract.vocabulary import AGE_BAND_YEARS, NEEDS, SLOTS

Document = dict[str, Any]
#: What people are referred for, relative; the rest of the needs share the remainder.
_NEED_WEIGHTS: Final = {
    "loneliness": 14, "low_mood": 11, "anxiety": 10, "long_term_condition": 8, "inactivity": 7, "money": 7,
    "bereavement": 5, "caring": 5, "weight": 5, "practical_help": 4, "housing": 4, "purpose": 4, "dementia": 4,
}  # fmt: skip
_TRAVEL: Final = {"walk": 0.22, "wheelchair": 0.04, "bus": 0.30, "bicycle": 0.05, "car": 0.35, "home": 0.04}
#: How far people go by each means, kilometres, low and high.
_REACH: Final = {
    "walk": (4, 8),
    "wheelchair": (4, 10),
    "bus": (10, 22),
    "bicycle": (8, 15),
    "car": (14, 30),
    "home": (0, 0),
}
_BANDS: Final = {
    "18_24": 0.06, "25_34": 0.10, "35_44": 0.12, "45_54": 0.14, "55_64": 0.16, "65_74": 0.17, "75_84": 0.17,
    "85_over": 0.08,
}  # fmt: skip
_MATTERS: Final = (
    "Being out of the house twice a week.", "My dog, my garden and a chat.", "Not feeling like a burden.",
    "Getting back to singing.", "Being around people who have time.", "Learning at my own pace.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Referred:
    """One referral with its person, and what no ranker sees of them.

    group : 0 or 1, a protected group that shapes what is shown and looked at, never what suits.
    """

    referral_id: str
    person_id: str
    person: Document
    referral: Document
    consent: Document
    received_on: date
    group: int


def team_id(area: str) -> str:
    """Name the social prescribing team of an area."""
    return f"team-{area}"


def referred(
    rng: np.random.Generator,
    places: tuple[Neighbourhood, ...],
    count: int,
    today: date,
    prefix: str = "",
    reach: float = 1.0,
) -> list[Referred]:
    """Make up `count` referrals of as many people over the 18 months before `today`, in order of time.

    prefix : begins the ids of referrals and people. reach : how far they go, as a multiple of the usual.
    """
    days = np.sort(rng.integers(1, HISTORY_DAYS, count))[::-1]
    return [
        _one(rng, places, f"{number:05d}", prefix, today - timedelta(days=int(day)), reach)
        for number, day in enumerate(days)
    ]


def _one(
    rng: np.random.Generator,
    places: tuple[Neighbourhood, ...],
    number: str,
    prefix: str,
    received_on: date,
    reach: float,
) -> Referred:
    place = draw_neighbourhood(rng, places)
    person_id, team = f"{prefix}person-{number}", team_id(place.district.area)
    return Referred(
        referral_id=f"{prefix}referral-{number}",
        person_id=person_id,
        person=_person(rng, place, team, reach),
        referral=_referral(rng, place, person_id, team, received_on),
        consent=_consent(rng, person_id, team, received_on),
        received_on=received_on,
        group=int(rng.random() < 0.3),
    )


def _person(rng: np.random.Generator, place: Neighbourhood, team: str, reach: float) -> Document:
    given, family = names.person_name(rng)
    travel = _pick(rng, _TRAVEL)
    low, high = _REACH[travel]
    return {
        "team_id": team,
        "given_name": given,
        "family_name": family,
        **_age(rng),
        "phone": names.phone(rng),
        "channel": _pick(rng, {"call": 0.6, "sms": 0.25, "email": 0.1, "letter": 0.05}),
        "languages": sorted(["en", *(code for code, share in OTHER_LANGUAGES if rng.random() < share)]),
        "access_needs": sorted(code for code, share in _ACCESS_NEEDS.items() if rng.random() < share),
        "travel": travel,
        "max_km": round(int(rng.integers(low, high + 1)) * reach),
        "availability": _slots(rng),
        "group_preference": _pick(rng, {"any": 0.25, "one_to_one": 0.2, "small": 0.35, "large": 0.2}),
        "audience": _pick(rng, {"anyone": 0.2, "women": 0.48, "men": 0.32}),
        "online_ok": bool(rng.random() < 0.45),
        "what_matters": _MATTERS[int(rng.integers(len(_MATTERS)))],
        "made_up": True,
        **place.draw(rng),
    }


_ACCESS_NEEDS: Final = {
    "step_free": 0.15, "accessible_toilet": 0.1, "hearing_loop": 0.06, "bsl": 0.01, "quiet_space": 0.05,
    "parking": 0.06, "carer_welcome": 0.08, "dementia_friendly": 0.04,
}  # fmt: skip


def _age(rng: np.random.Generator) -> Document:
    band = _pick(rng, _BANDS)
    low, high = AGE_BAND_YEARS[band]
    if rng.random() < 0.3:
        return {"age_band": band}
    year = 2026 - int(rng.integers(low + 1, min(high, 98)))
    return {"age_band": band, "birth_on": date(year, 1 + int(rng.integers(12)), 1 + int(rng.integers(28))).isoformat()}


def _slots(rng: np.random.Generator) -> list[str]:
    """Draw when someone is free: mostly daytime for some, mostly evenings and week-ends for others."""
    works = rng.random() < 0.35
    share = {"am": 0.2, "pm": 0.25, "eve": 0.75} if works else {"am": 0.6, "pm": 0.7, "eve": 0.25}
    return sorted(slot for slot in SLOTS.codes if rng.random() < share[slot.split("_")[1]])


def _referral(rng: np.random.Generator, place: Neighbourhood, person: str, team: str, received_on: date) -> Document:
    needs = _needs(rng)
    practice = 1 + DISTRICTS.index(place.district)
    document: Document = {
        "person_id": person,
        "team_id": team,
        "referrer_organisation_id": f"practice-{practice:02d}",
        "referrer_name": f"Dr {names.person_name(rng)[1]}",
        "needs": sorted(needs),
        "main_need": needs[0],
        "urgency": _pick(rng, {"routine": 0.75, "soon": 0.2, "urgent": 0.05}),
        "received_on": received_on.isoformat(),
        "status": "received",
    }
    if rng.random() < 0.55:
        document["budget_pence"] = int(rng.choice([0, 200, 300, 500, 800]))
    return document


def _needs(rng: np.random.Generator) -> list[str]:
    """Draw one to three needs, the main one first."""
    rest = 23 / (len(NEEDS.codes) - len(_NEED_WEIGHTS))
    weights = np.array([_NEED_WEIGHTS.get(need, rest) for need in NEEDS.codes], dtype=np.float64)
    count = int(rng.choice([1, 2, 3], p=[0.4, 0.4, 0.2]))
    drawn = rng.choice(len(NEEDS.codes), count, replace=False, p=weights / weights.sum())
    return [NEEDS.codes[int(i)] for i in drawn]


def _consent(rng: np.random.Generator, person: str, team: str, given_on: date) -> Document:
    return {
        "person_id": person,
        "team_id": team,
        "keep_record": True,
        "share_with_providers": _pick(rng, {"name_and_needs": 0.7, "codes_only": 0.25, "nothing": 0.05}),
        "use_for_improvement": bool(rng.random() < 0.92),
        "method": "spoken",
        "given_on": given_on.isoformat(),
    }


def _pick(rng: np.random.Generator, shares: dict[str, float]) -> str:
    weights = np.array(list(shares.values()))
    return list(shares)[int(rng.choice(len(weights), p=weights / weights.sum()))]


__all__ = ["AREAS", "Referred", "referred", "team_id"]
