"""The sentences that say why a task and a volunteer suit each other, worded for either of them to read."""

from typing import Final

from ml.features.parts import STRONGLY_AGAINST, STRONGLY_FOR, Family, Line
from ml.features.programs import Program

_A_FEW: Final = 3
_NEAR_M: Final = 500
_LONG_MINUTES: Final = 30
_SHORT_MINUTES: Final = 15
#: Fewer asks than this say little of what somebody agrees to.
_ENOUGH_ASKS: Final = 5

#: Values that only sentences use, besides those of the features and the rules, in order.
REASON_VALUES: Final[dict[str, Program]] = {
    "skills_met_mask": ("without", "skills_asked_mask", "skills_lacking_mask"),
    "free_slots_mask": ("without", "slots_mask", ("without", "slots_mask", "availability_mask")),
    "shared_mask": ("without", "languages_mask", ("without", "languages_mask", "spoken_mask")),
}

FAMILIES: Final = (
    Family(
        "skill",
        (
            Line(("lt", 0, "skills_met_mask"), "Uses these skills: {skills_met_mask|any:skill}.", 1),
            Line(("eq", "skills_asked", 0), "No special skill needed.", STRONGLY_FOR),
            Line(("lt", 0, "skills_lacking_mask"), "Also needs: {skills_lacking_mask|any:skill}.", -1),
        ),
        (Line(("lt", 0, "skills_lacking_mask"), "If somebody helped with: {skills_lacking_mask|any:skill}."),),
    ),
    Family(
        "distance",
        (
            Line("from_home", "Can be done from home.", 1),
            Line(("lt", "travel_m", _NEAR_M), "Very near.", 1),
            Line(
                ("all", ("le", "travel_m", "reach_m"), ("le", "travel_minutes", _LONG_MINUTES)),
                "Within reach: {travel_m|km} away, about {travel_minutes|whole} minutes.",
                1,
            ),
            Line(
                ("all", ("le", _NEAR_M, "travel_m"), ("le", _SHORT_MINUTES, "travel_minutes")),
                "{travel_m|km} away, about {travel_minutes|whole} minutes each way.",
                -1,
            ),
        ),
        (Line(("all", ("not", "from_home"), ("lt", _LONG_MINUTES, "travel_minutes")), "If there were a lift."),),
    ),
    Family(
        "time",
        (
            Line(("lt", _A_FEW, "free_slots"), "At several free times.", 1),
            Line(("lt", 0, "free_slots"), "At a free time: {free_slots_mask|any:slot}.", 1),
            Line(("eq", "free_slots", 0), "Not at a free time.", -1),
        ),
        (Line(("eq", "free_slots", 0), "If another time were possible."),),
    ),
    Family(
        "urgency",
        (
            Line(("eq", "closes_in_days", 0), "Has to be done today."),
            Line(("le", "closes_in_days", 2), "Has to be done within {closes_in_days|days}."),
        ),
    ),
    Family("language", (Line(("lt", 0, "shared_mask"), "In a shared language: {shared_mask|any:language}.", 1),)),
    Family("check", (Line(("all", "asks_check", ("le", "check_asked", "check")), "The background check is held.", 1),)),
    Family(
        "wish",
        (
            Line(
                ("lt", 1, ("div", "likely_minutes", "wish_minutes")),
                "Takes {minutes|whole} minutes, longer than wished for.",
                -1,
            ),
            Line(
                ("all", ("not", "is_role"), ("le", "minutes", "wish_minutes")),
                "Takes {minutes|whole} minutes, as wished for.",
                1,
            ),
            Line("is_role", "A role of the kind that is wished for.", 1),
            Line("is_role", "A role, which asks for more than is wished for.", -1),
        ),
    ),
    Family(
        "kind",
        (
            Line(("not", "is_role"), "Of the kind: {type|one:task_type}.", STRONGLY_FOR),
            Line(("not", "is_role"), "Of the kind: {type|one:task_type}, which fewer take up.", STRONGLY_AGAINST),
        ),
    ),
    Family(
        "history",
        (
            Line(("lt", 0, "done_before"), "Done before: {type|one:task_type}.", 1),
            Line(
                ("all", ("le", _ENOUGH_ASKS, "asked"), ("le", "asked", ("mul", 2, "agreed"))),
                "Of {asked|whole} times asked, agreed {agreed|whole} times.",
                1,
            ),
            Line("new_here", "New: little is known yet of how it goes.", STRONGLY_AGAINST),
        ),
    ),
    Family(
        "load",
        (
            Line(("all", ("eq", "asks_30d", 0), ("missing", "asked_days_ago")), "Nothing asked so far.", 1),
            Line(("eq", "asks_30d", 0), "Nothing asked for {asked_days_ago|days}.", 1),
            Line(("lt", 0, "holding"), "Has other tasks at the moment: {holding|whole}.", -1),
            Line(("lt", 1, "asks_30d"), "Called on {asks_30d|whole} times in the last 30 days.", -1),
        ),
    ),
)
