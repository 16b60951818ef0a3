"""Every feature, once: the values worked out from the inputs, and which of them the ranker sees."""

from typing import Final

import numpy as np

from ml.arrays import FloatArray
from ml.features.parts import Feature
from ml.features.programs import Program
from ml.features.taxonomy import fit_table
from mobile_contract.vocabulary import CATEGORIES, GROUP_PREFERENCES, TRAVEL


def _travel(**figures: float) -> FloatArray:
    """Return one figure for each way of travelling, and a last one for when it is not known."""
    return np.array([figures[code] for code in (*TRAVEL.codes, "unknown")], dtype=np.float64)


_GROUPS: Final = {  # fit of a group that is: one to one, small (to 8), middling (to 20), large, of unknown size
    "any": (2, 2, 2, 2, 2),
    "one_to_one": (4, 2, 1, 0, 1),
    "small": (2, 4, 2, 0, 1),
    "large": (0, 1, 3, 4, 1),
}

#: The group that people have in mind, the middle of their band; 0 for whoever has no preference.
_WANTED: Final = {"any": 0, "one_to_one": 1, "small": 5, "large": 25}

#: Tables that programs look figures up in.
TABLES: Final[dict[str, FloatArray]] = {
    "fit": fit_table(),
    "minutes_per_km": _travel(walk=15, wheelchair=18, bus=4, bicycle=5, car=2, home=60, unknown=5),
    "minutes_to_start": _travel(walk=0, wheelchair=2, bus=12, bicycle=2, car=5, home=60, unknown=8),
    "usual_km": _travel(walk=2, wheelchair=2, bus=10, bicycle=6, car=20, home=1, unknown=10),
    "bit": np.array([1 << place for place in range(len(CATEGORIES.codes))], dtype=np.float64),
    "group_fit": np.array([_GROUPS[code] for code in GROUP_PREFERENCES.codes], dtype=np.float64),
    "wanted_size": np.array([_WANTED[code] for code in GROUP_PREFERENCES.codes], dtype=np.float64),
}

_UNKNOWN_TRAVEL: Final = len(TRAVEL.codes)
_STAYS_HOME: Final = TRAVEL.codes.index("home")
_EASTWARDS: Final = ("sub", "easting", "home_easting")
_NORTHWARDS: Final = ("sub", "northing", "home_northing")

#: What nobody has recorded is taken for a middling case, never for the best one: a place at the edge of the person's
#: reach, a session in a fortnight, a usual charge. Trees that never saw a gap would read it as nought.
_UNTOLD_DAYS: Final = 14
_UNTOLD_PENCE: Final = 300
_UNTOLD_CLOSENESS: Final = 0.4
#: Whoever has no preference is about as content as with a group twice or half as large as one would like.
_NO_PREFERENCE: Final = 0.6

#: Values that several features, rules and reasons share, in order.
VALUES: Final[dict[str, Program]] = {
    "other_needs_mask": ("without", "needs_mask", "main_need_mask"),
    "main_fit": ("best", "#fit", "main_need_mask", "categories_mask"),
    "well_met_mask": ("reaching", "#fit", "needs_mask", "categories_mask", 3),
    "met_mask": ("reaching", "#fit", "needs_mask", "categories_mask", 2),
    "comes_to_them": ("any", "online", "at_home"),
    "ground_m": ("floor", ("sqrt", ("add", ("mul", _EASTWARDS, _EASTWARDS), ("mul", _NORTHWARDS, _NORTHWARDS)))),
    "travel_m": ("select", "comes_to_them", 0, "ground_m"),
    "way": ("or_else", "travel", _UNKNOWN_TRAVEL),
    "stays_home": ("eq", "way", _STAYS_HOME),
    "reach_m": ("mul", 1000, ("max", 1, ("or_else", "max_km", ("lookup", "#usual_km", "way")))),
    "likely_m": ("or_else", "travel_m", "reach_m"),
    "minutes": (
        "select", "comes_to_them", 0,
        ("floor", ("add", ("lookup", "#minutes_to_start", "way"),
                   ("div", ("mul", "likely_m", ("lookup", "#minutes_per_km", "way")), 1000))),
    ),
    "likely_days": ("or_else", "next_days", _UNTOLD_DAYS),
    "likely_pence": ("or_else", "cost_pence", _UNTOLD_PENCE),
    "size_band": (
        "select", ("missing", "group_size"), 4,
        ("add", ("lt", 1, "group_size"), ("add", ("lt", 8, "group_size"), ("lt", 20, "group_size"))),
    ),
    "wanted_size": ("lookup", "#wanted_size", "wanted_group"),
    "free_slots": ("common", "availability_mask", "slots_mask"),
    "capacity": ("max", 1, ("or_else", "places_total", 20)),
}  # fmt: skip

FEATURES: Final = (
    # how well it answers the needs, 0 to 4
    Feature("main_fit", "need", 1, "main_fit"),
    Feature("first_category_fit", "need", 1,
            ("best", "#fit", "main_need_mask", ("lookup", "#bit", "category"))),
    Feature("other_fit", "need", 1, ("best", "#fit", "other_needs_mask", "categories_mask")),
    Feature("needs_well_met", "need", 1, ("common", "well_met_mask", "well_met_mask")),
    Feature("needs_met", "need", 1, ("common", "met_mask", "met_mask")),
    # how far it is
    Feature("distance_m", "distance", -1, "likely_m"),
    Feature("distance_of_reach", "distance", -1, ("div", "likely_m", "reach_m")),
    Feature("travel_minutes", "distance", -1, "minutes"),
    Feature("travel_band", "distance", -1,
            ("add", ("add", ("lt", 10, "minutes"), ("lt", 20, "minutes")),
             ("add", ("lt", 30, "minutes"), ("lt", 45, "minutes")))),
    Feature("nearness", "distance", 1, ("div", 1, ("add", 1, ("div", "likely_m", 1000)))),
    # when it is
    Feature("slots_common", "time", 1, "free_slots"),
    Feature("slots_any", "time", 1, ("lt", 0, "free_slots")),
    Feature("times_unknown", "time", 0, ("missing", "slots_mask")),
    Feature("slots_share", "time", 1, ("div", "free_slots", ("max", 1, ("common", "slots_mask", "slots_mask")))),
    Feature("next_days", "time", -1, "likely_days"),
    Feature("soonness", "time", 1, ("div", 7, ("add", 7, "likely_days"))),
    # who can take part
    Feature("access_met", "access", 1, ("common", "access_needs_mask", "access_mask")),
    Feature("access_lacking", "access", -1, ("lacking", "access_needs_mask", "access_mask")),
    Feature("languages_common", "language", 1, ("common", "spoken_mask", "languages_mask")),
    # where it is
    Feature("online", "setting", 0, "online"),
    Feature("online_wanted", "setting", 1, ("mul", "online", "online_ok")),
    Feature("at_home", "setting", 0, "at_home"),
    Feature("home_wanted", "setting", 1, ("mul", "at_home", "stays_home")),
    # what it costs
    Feature("cost_pence", "cost", -1, "likely_pence"),
    Feature("cost_of_budget", "cost", -1, ("div", "likely_pence", ("max", 1, ("or_else", "budget_pence", 1000)))),
    Feature("free", "cost", 1, ("eq", "cost_pence", 0)),
    # with whom
    Feature("group_fit", "group", 1, ("lookup", "#group_fit", "wanted_group", "size_band")),
    # how near its size is to the wanted one: 1 the same, .5 four times as large or small; bands see only jumps
    Feature("group_closeness", "group", 1,
            ("select", ("lt", 0, "wanted_size"),
             ("select", ("missing", "group_size"), _UNTOLD_CLOSENESS,
              ("sqrt", ("div", ("min", "group_size", "wanted_size"), ("max", "group_size", "wanted_size")))),
             _NO_PREFERENCE)),
    # whether there is room
    Feature("places_share", "places", 1, ("div", ("or_else", "places_open", "capacity"), "capacity")),
    Feature("wait_days", "places", -1, "wait_days"),
    Feature("urgent_wait_days", "places", -1, ("mul", "urgency", "wait_days")),
    Feature("load", "places", 0, ("div", "chosen_90d", "capacity")),
    # how it went for others, counted until then and smoothed
    Feature("take_up", "history", 1, ("div", ("add", "chosen", 1), ("add", "shown", 10))),
    Feature("start_rate", "history", 1, ("div", ("add", "started", 2), ("add", "chosen", 4))),
    Feature("sustain_rate", "history", 1, ("div", ("add", "sustained", 2), ("add", "started", 4))),
    Feature("untried", "history", 0, ("lt", "shown", 20)),
    # what it is
    Feature("opportunity", "kind", 0, ("eq", "kind", 1)),
    Feature("task", "kind", 0, ("eq", "kind", 2)),
    Feature("referral_only", "kind", 0, "referral_only"),
)  # fmt: skip
