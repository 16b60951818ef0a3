"""The ranker's inputs: what is known of a query and of a candidate today, as plain finite numbers.

An exposure logs them, so that training sees exactly what ranking saw. A set of codes is a mask (bit i for the i-th
code of its vocabulary), a code is its place in its vocabulary, a truth value is 1 or 0. What is not known is left
out, and becomes NaN in a column; so is a code of a newer contract, as one strange record must not spoil a slate.
`mobile_contract/typescript/ranker/inputs.ts` says the same in TypeScript.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from ml.arrays import FloatArray
from ml.codes import ages_of, days_until, district_of, known, mask_of, place_of, slots_between
from ml.columns import slate_columns, stacked
from ml.sessions import next_sessions, slot_bit
from mobile_contract.vocabulary import (
    ACCESS,
    AUDIENCES,
    CATEGORIES,
    GROUP_PREFERENCES,
    LANGUAGES,
    NEEDS,
    SLOTS,
    TRAVEL,
    URGENCIES,
)

Document = Mapping[str, Any]

#: The kinds that one shortlist ranks; the input `kind` is the place here.
RANKED_KINDS: Final = ("asset", "opportunity", "task", "offer")

QUERY_INPUTS: Final = (
    "needs_mask", "main_need_mask", "home_easting", "home_northing", "home_district", "max_km", "travel",
    "availability_mask", "access_needs_mask", "spoken_mask", "budget_pence", "wanted_group", "may_join", "online_ok",
    "age_low", "age_high", "urgency",
)  # fmt: skip
CANDIDATE_INPUTS: Final = (
    "kind", "category", "categories_mask", "easting", "northing", "district", "slots_mask", "scheduled", "next_days",
    "access_mask", "languages_mask", "cost_pence", "group_size", "min_age", "max_age", "audience", "online", "at_home",
    "referral_only", "active", "opens_in_days", "closes_in_days", "places_total", "places_open", "wait_days", "shown",
    "chosen", "started", "sustained", "chosen_90d",
)  # fmt: skip
INPUTS: Final = QUERY_INPUTS + CANDIDATE_INPUTS

#: Whoever gives time takes part in these; of other categories (advice, aid) they give and do not receive.
TAKING_PART: Final = CATEGORIES.mask(
    ("befriending", "social_group", "walking", "exercise", "sport", "arts", "music", "gardening", "cooking", "library",
     "community_venue", "volunteering")
)  # fmt: skip
_OTHER: Final = CATEGORIES.codes.index("other")
_GIVING: Final = CATEGORIES.codes.index("volunteering")
_VOLUNTEERING: Final = CATEGORIES.mask(("volunteering",))


def query_inputs(referral: Document, person: Document, *, today: date) -> dict[str, float]:
    """Return what ranking may know of a referral and its person; see `QUERY_INPUTS`.

    Without a main need every need is a main one.
    """
    needs = mask_of(NEEDS, referral.get("needs"))
    low, high = ages_of(person, today)
    return known(
        needs_mask=needs,
        main_need_mask=mask_of(NEEDS, [referral.get("main_need")]) or needs,
        home_easting=person.get("easting"),
        home_northing=person.get("northing"),
        home_district=district_of(person),
        max_km=person.get("max_km"),
        travel=place_of(TRAVEL, person.get("travel")),
        availability_mask=mask_of(SLOTS, person.get("availability")) or None,
        access_needs_mask=mask_of(ACCESS, person.get("access_needs")),
        spoken_mask=mask_of(LANGUAGES, person.get("languages")) or None,
        budget_pence=referral.get("budget_pence"),
        wanted_group=place_of(GROUP_PREFERENCES, person.get("group_preference") or "any"),
        may_join=place_of(AUDIENCES, person.get("audience") or "anyone"),
        online_ok=bool(person.get("online_ok")),
        age_low=low,
        age_high=high,
        urgency=place_of(URGENCIES, referral.get("urgency") or "routine"),
    )


def candidate_inputs(
    kind: str, doc: Document, schedules: Sequence[Document], place_count: Document | None, *, today: date
) -> dict[str, float]:
    """Return what ranking may know of an asset, opportunity, task or offer; see `CANDIDATE_INPUTS`.

    schedules : the documents of its regular times. place_count : the document of its counts, None before the first.
    Raises ValueError when `kind` is not ranked.
    """
    when = task_times(doc, today) if kind == "task" else times_of(schedules, today)
    when |= {"slots_mask": mask_of(SLOTS, doc.get("availability")) or None} if kind == "offer" else {}
    return known(
        kind=RANKED_KINDS.index(kind),
        **_categories(kind, doc),
        easting=doc.get("easting"),
        northing=doc.get("northing"),
        district=district_of(doc),
        **when,
        **_terms(doc),
        active=doc.get("status", "active") in ("active", "open"),
        opens_in_days=days_until(doc.get("opens_on"), today),
        **({} if kind == "task" else {"closes_in_days": days_until(doc.get("closes_on"), today)}),
        **_counts(place_count or {}),
    )


def columns(query: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> dict[str, FloatArray]:
    """Return the columns of one slate for `ml.features.matrix`.

    Query inputs have shape (1,), candidate inputs (n_items,). What is left out or None is NaN.
    """
    return slate_columns(query, items, QUERY_INPUTS, CANDIDATE_INPUTS)


def stacked_columns(slates: Sequence[tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]]) -> dict[str, FloatArray]:
    """Return the columns of many slates under one another, each of shape (n_items of all slates,)."""
    return stacked(slates, QUERY_INPUTS, CANDIDATE_INPUTS)


def _categories(kind: str, doc: Document) -> dict[str, float]:
    known_first = place_of(CATEGORIES, doc["category"])
    first = _OTHER if known_first is None else known_first
    mask = mask_of(CATEGORIES, doc.get("other_categories")) | 1 << first
    if kind in ("asset", "offer"):  # what a person receives
        return {"category": first, "categories_mask": mask}
    return {
        "category": first if TAKING_PART >> first & 1 else _GIVING,
        "categories_mask": mask & TAKING_PART | _VOLUNTEERING,
    }


def times_of(schedules: Sequence[Document], today: date) -> dict[str, float | None]:
    """Read the next of each regular time."""
    coming = next_sessions(schedules, today)
    slots = 0
    for session in coming:
        slots |= slot_bit(session.on, session.from_time)
    return {
        "slots_mask": slots or None,
        "scheduled": bool(schedules),
        "next_days": (coming[0].on - today).days if coming else None,
    }


def task_times(doc: Document, today: date) -> dict[str, float | None]:
    """Read a task's window, in UTC: an hour's error in summer moves no daypart that matters."""
    opens, closes = (datetime.fromisoformat(doc[name]) for name in ("window_from_at", "window_until_at"))
    return {
        "slots_mask": slots_between(opens, min(closes, opens + timedelta(days=7))),
        "scheduled": True,
        "next_days": max(0, (opens.date() - today).days),
        "closes_in_days": (closes.date() - today).days,
    }


def _terms(doc: Document) -> dict[str, float | None]:
    return {
        "access_mask": mask_of(ACCESS, doc["access"]) if "access" in doc else None,  # a task says nothing of it
        "languages_mask": mask_of(LANGUAGES, doc.get("languages")) or None,
        "cost_pence": doc.get("cost_pence", 0),
        "group_size": doc.get("group_size"),
        "min_age": doc.get("min_age"),
        "max_age": doc.get("max_age"),
        "audience": place_of(AUDIENCES, doc.get("audience") or "anyone"),
        "online": bool(doc.get("online")),
        "at_home": bool(doc.get("at_home")),
        "referral_only": bool(doc.get("referral_only")),
    }


def _counts(count: Document) -> dict[str, float | None]:
    so_far = ("wait_days", "shown", "chosen", "started", "sustained", "chosen_90d")
    known = {name: count.get(name) for name in ("places_total", "places_open")}
    return known | {name: count.get(name) or 0 for name in so_far}
