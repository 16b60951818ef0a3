"""Every feature of a volunteer and a task together, once; more about them is in `ml.features.declarations`."""

from typing import Final

import numpy as np

from ml.arrays import FloatArray
from ml.features.declarations import TABLES as PEOPLES_TABLES
from ml.features.parts import Feature
from ml.features.programs import Program
from mobile_contract.vocabulary import COMMITMENTS, SKILLS, TASK_TYPES, TRAVEL


def _by_type(*codes: str) -> FloatArray:
    """Return 1 for the task types named, 0 for others."""
    return np.array([float(code in codes) for code in TASK_TYPES.codes])


def _by_wish(**figures: float) -> FloatArray:
    return np.array([figures[code] for code in COMMITMENTS.codes])


#: How far a role of each commitment (across) is what each volunteer wishes for (down): 0 not at all, to 2.
_WISHES: Final = {
    "once": (2, 1, 0, 0, 1),
    "hour": (2, 2, 1, 1, 1),
    "weekly": (1, 1, 2, 1, 1),
    "monthly": (1, 1, 1, 2, 1),
    "flexible": (2, 2, 2, 2, 2),
}
#: Skills that nothing else makes up for.
MUST_HAVE: Final = SKILLS.mask(("driving", "interpreting"))

TABLES: Final[dict[str, FloatArray]] = {
    **{name: PEOPLES_TABLES[name] for name in ("minutes_per_km", "minutes_to_start", "usual_km")},
    "wish_minutes": _by_wish(once=180, hour=60, weekly=120, monthly=240, flexible=240),
    "wish_fit": np.array([_WISHES[code] for code in COMMITMENTS.codes], dtype=np.float64),
    "type_bit": np.array([1 << place for place in range(len(TASK_TYPES.codes))], dtype=np.float64),
    "from_home": _by_type("phone_call"),
    "errand": _by_type("shopping", "prescription", "lift", "meal"),
    "company": _by_type("phone_call", "company", "dog_walk"),
    "handiwork": _by_type("garden", "repair", "form", "phone_help"),
}

_UNKNOWN_TRAVEL: Final = len(TRAVEL.codes)
_EASTWARDS: Final = ("sub", "easting", "home_easting")
_NORTHWARDS: Final = ("sub", "northing", "home_northing")
#: A job of unknown length is taken for an hour; a day that is not known for a week ahead.
_UNTOLD_MINUTES: Final = 60
_UNTOLD_DAYS: Final = 7
#: Whoever was not asked for this long, or never, is rested.
RESTED_DAYS: Final = 30

#: Values that several features, rules and reasons share, in order.
VALUES: Final[dict[str, Program]] = {
    "is_role": ("eq", "kind", 1),
    "skills_met": ("common", "skills_asked_mask", "skills_mask"),
    "skills_asked": ("common", "skills_asked_mask", "skills_asked_mask"),
    "from_home": ("any", "online", ("lookup", "#from_home", "type")),
    "ground_m": ("floor", ("sqrt", ("add", ("mul", _EASTWARDS, _EASTWARDS), ("mul", _NORTHWARDS, _NORTHWARDS)))),
    "travel_m": ("select", "from_home", 0, "ground_m"),
    "way": ("or_else", "travel", _UNKNOWN_TRAVEL),
    "reach_m": ("mul", 1000, ("max", 1, ("or_else", "max_km", ("lookup", "#usual_km", "way")))),
    "likely_m": ("or_else", "travel_m", "reach_m"),
    "travel_minutes": (
        "select", "from_home", 0,
        ("floor", ("add", ("lookup", "#minutes_to_start", "way"),
                   ("div", ("mul", "likely_m", ("lookup", "#minutes_per_km", "way")), 1000))),
    ),
    "free_slots": ("common", "availability_mask", "slots_mask"),
    "likely_days": ("or_else", "closes_in_days", ("or_else", "next_days", _UNTOLD_DAYS)),
    "likely_minutes": ("or_else", "minutes", _UNTOLD_MINUTES),
    "wish_minutes": ("lookup", "#wish_minutes", ("or_else", "commitment", COMMITMENTS.codes.index("flexible"))),
    "wanted": ("or_else", "wanted_commitment", COMMITMENTS.codes.index("once")),
    "done_before": ("common", "types_mask", ("lookup", "#type_bit", "type")),
    "new_here": ("lt", ("add", "asked", "done"), 3),
    "rested_days": ("min", RESTED_DAYS, ("or_else", "asked_days_ago", RESTED_DAYS)),
}  # fmt: skip

FEATURES: Final = (
    # what they can do, against what it asks
    Feature("skills_met", "skill", 1, "skills_met"),
    Feature("skills_lacking", "skill", -1, ("sub", "skills_asked", "skills_met")),
    Feature("skills_share", "skill", 1, ("div", ("add", "skills_met", 1), ("add", "skills_asked", 1))),
    # how far it is
    Feature("distance_m", "distance", -1, "likely_m"),
    Feature("distance_of_reach", "distance", -1, ("div", "likely_m", "reach_m")),
    Feature("travel_minutes", "distance", -1, "travel_minutes"),
    Feature("nearness", "distance", 1, ("div", 1, ("add", 1, ("div", "likely_m", 1000)))),
    Feature("travel_of_task", "distance", -1, ("div", "travel_minutes", ("max", 15, "likely_minutes"))),
    # when it is
    Feature("slots_common", "time", 1, "free_slots"),
    Feature("slots_any", "time", 1, ("lt", 0, "free_slots")),
    Feature("slots_share", "time", 1, ("div", "free_slots", ("max", 1, ("common", "slots_mask", "slots_mask")))),
    Feature("times_unknown", "time", 0, ("any", ("missing", "slots_mask"), ("missing", "availability_mask"))),
    Feature("soonness", "urgency", 0, ("div", 2, ("add", 2, ("max", 0, "likely_days")))),
    Feature("next_days", "urgency", 0, ("or_else", "next_days", _UNTOLD_DAYS)),
    # in which languages
    Feature("languages_common", "language", 1, ("common", "spoken_mask", "languages_mask")),
    # checks held against checks asked
    Feature("check_spare", "check", 0, ("sub", ("or_else", "check", 0), ("or_else", "check_asked", 0))),
    # how long it takes, against what they wish for
    Feature("minutes", "wish", 0, "likely_minutes"),
    Feature("minutes_of_wish", "wish", -1, ("div", "likely_minutes", "wish_minutes")),
    Feature("minutes_over_wish", "wish", -1, ("max", 0, ("sub", "likely_minutes", "wish_minutes"))),
    Feature("wish_fit", "wish", 1,
            ("lookup", "#wish_fit", ("or_else", "commitment", COMMITMENTS.codes.index("flexible")), "wanted")),
    # what it is
    Feature("role", "kind", 0, "is_role"),
    Feature("errand", "kind", 0, ("lookup", "#errand", "type")),
    Feature("company", "kind", 0, ("lookup", "#company", "type")),
    Feature("handiwork", "kind", 0, ("lookup", "#handiwork", "type")),
    # what they took up before, counted until then and smoothed
    Feature("done_before", "history", 1, "done_before"),
    Feature("agree_rate", "history", 1, ("div", ("add", "agreed", 2), ("add", "asked", 5))),
    Feature("keep_rate", "history", 1, ("div", ("add", "done", 4), ("add", ("add", "done", "given_back"), 5))),
    Feature("new_here", "history", 0, "new_here"),
    # how much was asked of them of late
    Feature("asks_30d", "load", -1, "asks_30d"),
    Feature("rested_days", "load", 1, "rested_days"),
    Feature("holding", "load", -1, "holding"),
)  # fmt: skip
