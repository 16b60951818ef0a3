"""Who may be offered what, decided before any ranking: each rule names itself and says why in a sentence."""

from typing import Final

from ml.features.parts import Rule
from ml.features.programs import Program
from mobile_contract.vocabulary import ACCESS

#: Without these a person cannot take part at all; of the other access needs the ranker takes account.
MUST_HAVE: Final = ("step_free", "accessible_toilet", "bsl", "assistance_dog")
_OTHER_ACCESS: Final = ACCESS.mask(code for code in ACCESS.codes if code not in MUST_HAVE)
#: What only a building has to offer.
_OF_BUILDINGS: Final = ACCESS.mask(("step_free", "accessible_toilet", "assistance_dog"))

#: Values that the rules and their sentences use, besides `declarations.VALUES`.
RULE_VALUES: Final[dict[str, Program]] = {
    "must_have_mask": (
        "without", ("without", "access_needs_mask", _OTHER_ACCESS), ("select", "comes_to_them", _OF_BUILDINGS, 0),
    ),
    "barred_mask": ("without", "must_have_mask", "access_mask"),
    "beyond_m": ("sub", "travel_m", ("mul", "max_km", 1000)),
    "over_budget_pence": ("sub", "cost_pence", "budget_pence"),
}  # fmt: skip

#: In the order in which they are tried; the first that applies is the one named.
RULES: Final = (
    Rule("closed", ("any", ("not", "active"), ("lt", "closes_in_days", 0)), "Not running at the moment."),
    Rule("not_open_yet", ("lt", 0, "opens_in_days"), "Opens in {opens_in_days|days}."),
    Rule(
        "no_session",
        ("all", "scheduled", ("missing", "next_days")),
        "No session in the next twelve weeks.",
    ),
    Rule(
        "need",
        ("eq", ("best", "#fit", "needs_mask", "categories_mask"), 0),
        "Answers none of the needs that were recorded.",
    ),
    Rule(
        "age",
        ("any", ("lt", "age_high", "min_age"), ("lt", "max_age", "age_low")),
        "For people of another age.",
    ),
    Rule(
        "audience",
        ("all", ("lt", 0, "audience"), ("not", ("eq", "audience", "may_join"))),
        "For one group: {audience|one:audience}.",
    ),
    Rule(
        "access",
        ("lt", 0, "barred_mask"),
        "Not known to have: {barred_mask|any:access}.",
        "If the organiser confirmed: {barred_mask|any:access}.",
    ),
    Rule(
        "language",
        ("eq", ("common", "spoken_mask", "languages_mask"), 0),
        "In {languages_mask|any:language}, which they do not speak.",
        "If an interpreter came along.",
    ),
    Rule("online", ("all", "online", ("not", "online_ok")), "Online only.", "If they were happy to meet online."),
    Rule(
        "stays_home",
        ("all", "stays_home", ("not", "comes_to_them")),
        "They stay at home, and this is elsewhere.",
        "If they had a way to get there.",
    ),
    Rule(
        "outside_area",
        (
            "all",
            "at_home",
            ("lt", 0, "district"),
            ("lt", 0, "home_district"),
            ("not", ("eq", "district", "home_district")),
        ),
        "Only visits homes in its own district.",
    ),
    Rule(
        "too_far",
        ("lt", 0, "beyond_m"),
        "{travel_m|km} away; they travel up to {max_km|whole} km.",
        "If they could travel {beyond_m|km} further.",
    ),
    Rule(
        "cost",
        ("lt", 0, "over_budget_pence"),
        "Costs {cost_pence|pounds} a session; they can pay {budget_pence|pounds}.",
        "If {over_budget_pence|pounds} of the cost could be covered.",
    ),
    Rule("full", ("eq", "places_open", 0), "No place open.", "If a place came free."),
)
