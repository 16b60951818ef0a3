"""Who may do what, decided before any ranking: each rule names itself and says why, to volunteer and centre alike.

No rule asks for trainings: who lacks one is kept off a list before it is ranked. Nor for the hours in which somebody is
not to be asked: whoever sends out asks checks those.
"""

from typing import Final

from ml.features.parts import Rule
from ml.features.programs import Program
from ml.features.volunteers.declarations import MUST_HAVE

#: Values that the rules and their sentences use, besides `declarations.VALUES`.
RULE_VALUES: Final[dict[str, Program]] = {
    "skills_lacking_mask": ("without", "skills_asked_mask", "skills_mask"),
    "must_lack_mask": ("without", "skills_lacking_mask", ("without", "skills_lacking_mask", MUST_HAVE)),
    "beyond_m": ("sub", "travel_m", ("mul", "max_km", 1000)),
    "until_then": ("max", 0, ("or_else", "next_days", 0)),
    "asks_check": ("lt", 0, "check_asked"),
}

#: In the order in which they are tried; the first that applies is the one named.
RULES: Final = (
    Rule("closed", ("any", ("not", "active"), ("lt", "closes_in_days", 0)), "Not open any more."),
    Rule("claimed", "claimed", "Somebody has it already.", "If it were given back."),
    Rule("not_open_yet", ("lt", 0, "opens_in_days"), "Opens in {opens_in_days|days}."),
    Rule("no_session", ("all", "scheduled", ("missing", "next_days")), "No session in the next twelve weeks."),
    Rule("not_active", ("not", "ready"), "Not an active volunteer at the moment."),
    Rule(
        "paused",
        ("lt", "until_then", "paused_days"),
        "On a break for another {paused_days|days}.",
        "If it could wait for {paused_days|days}.",
    ),
    Rule(
        "under_age",
        ("lt", "age_high", "min_age"),
        "From the age of {min_age|whole} on.",
    ),
    Rule("over_age", ("lt", "max_age", "age_low"), "Up to the age of {max_age|whole}."),
    Rule(
        "check_missing",
        ("all", "asks_check", ("lt", ("or_else", "check", 0), "check_asked")),
        "Asks for a higher background check than is held.",
        "If the background check were done.",
    ),
    Rule(
        "check_expired",
        ("all", "asks_check", ("lt", "check_days", "until_then")),
        "Asks for a background check, and the one held will have run out.",
        "If the background check were renewed.",
    ),
    Rule(
        "skill",
        ("lt", 0, "must_lack_mask"),
        "Cannot be done without: {must_lack_mask|any:skill}.",
        "If somebody came along for: {must_lack_mask|any:skill}.",
    ),
    Rule(
        "language",
        ("eq", ("common", "spoken_mask", "languages_mask"), 0),
        "In {languages_mask|any:language}, which is not spoken.",
        "If an interpreter came along.",
    ),
    Rule(
        "outside_area",
        (
            "all",
            ("not", "from_home"),
            ("missing", "ground_m"),
            ("lt", 0, "district"),
            ("lt", 0, "home_district"),
            ("not", ("eq", "district", "home_district")),
        ),
        "In another district, and how far it is has not been recorded.",
    ),
    Rule(
        "too_far",
        ("lt", 0, "beyond_m"),
        "{travel_m|km} away; the limit is {max_km|whole} km.",
        "If {beyond_m|km} further were possible.",
    ),
)
