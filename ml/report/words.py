"""What the page calls what the code calls otherwise: orders, slices, features."""

from collections.abc import Mapping
from typing import Final

from ml.training.world.places import DISTRICTS
from mobile_contract.vocabulary import NEEDS, URGENCIES

_ORDERS: Final = {"version": "this version", "champion": "the champion"}
_FEATURES: Final = {
    "main_fit": "fit to the main need",
    "first_category_fit": "fit of its first sort",
    "other_fit": "fit to the other needs",
    "needs_well_met": "needs it meets well",
    "needs_met": "needs it meets",
    "distance_m": "distance, metres",
    "distance_of_reach": "distance, of the reach",
    "travel_minutes": "minutes of travel",
    "travel_band": "travel, in five bands",
    "slots_common": "times they share",
    "slots_any": "any time they share",
    "times_unknown": "times not known",
    "slots_share": "times that suit, share",
    "next_days": "days until the next",
    "soonness": "how soon it is",
    "access_met": "access needs it meets",
    "access_lacking": "access needs it lacks",
    "languages_common": "languages they share",
    "online_wanted": "online, and welcome",
    "nearness": "nearness",
    "online": "is online",
    "at_home": "comes to their home",
    "home_wanted": "at home, as they need",
    "cost_pence": "cost, pence",
    "cost_of_budget": "cost, of their budget",
    "free": "costs nothing",
    "group_fit": "fit of its size",
    "group_closeness": "nearness of its size",
    "places_share": "share of places open",
    "wait_days": "days to wait",
    "urgent_wait_days": "days to wait, if urgent",
    "load": "chosen or asked lately",
    "take_up": "taken up before",
    "start_rate": "share that began",
    "sustain_rate": "share that kept it up",
    "untried": "hardly shown yet",
    "opportunity": "is a volunteer role",
    "task": "is a task",
    "referral_only": "by referral alone",
    "skills_met": "skills it asks that they have",
    "skills_lacking": "skills it asks that they lack",
    "skills_share": "skills it asks, share",
    "travel_of_task": "travel, of the task's length",
    "check_spare": "a higher check than it asks",
    "minutes_of_wish": "length, of what they wish",
    "minutes_over_wish": "minutes more than they wish",
    "wish_fit": "fit to how often they wish",
    "role": "is a role",
    "done_before": "such a task done before",
    "agree_rate": "agreed before, share",
    "keep_rate": "kept before, share",
    "new_here": "new here",
    "asks_30d": "asks in 30 days",
    "rested_days": "days since the last ask",
    "holding": "tasks they have now",
}
_SLICES: Final[Mapping[str, Mapping[str, str]]] = {
    "need": NEEDS.labels,
    "urgency": URGENCIES.labels,
    "district": {one.code: one.name for one in DISTRICTS},
    "kind": {"asset": "groups", "opportunity": "volunteer roles", "task": "tasks", "offer": "offers"},
    "item": {"tried": "shown before", "untried": "hardly shown yet"},
}


def words(name: str) -> str:
    """A name of the code as people read it."""
    return _ORDERS.get(name) or _FEATURES.get(name) or name.replace("_", " ")


def slice_words(group: str, name: str) -> str:
    """A slice as people read it; one of a place that is not known here keeps its code."""
    return _SLICES.get(group, {}).get(name, name.replace("_", " "))
