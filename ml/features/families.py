"""The sentences that say why a candidate stands where it stands, one a family of features.

Each is good or bad news in plain words and is said only on that side; a fact that is neither is no sentence. What the
phone's card shows anyway (free, places, the next session) is only said when it weighs most. What became of fewer than
five people is not told, as it may point at one of them.
"""

from typing import Final

from ml.features.parts import STRONGLY_AGAINST, STRONGLY_FOR, Family, Line

#: More codes than this make no sentence.
_A_FEW: Final = 3
#: Below this a distance is no figure worth saying, and never a reason against.
_NEAR_M: Final = 500
#: More than this is no good news, less is no bad news.
_LONG_MINUTES: Final = 30
_SHORT_MINUTES: Final = 15
_FEW_LEFT: Final = ("le", ("mul", 4, "places_open"), "capacity")
_OFTEN_STARTED: Final = ("all", ("le", 5, "chosen"), ("le", "chosen", ("mul", 2, "started")))

FAMILIES: Final = (
    Family(
        "need",
        (
            Line(("lt", 0, "well_met_mask"), "Helps with: {well_met_mask|any:need}.", 1),
            Line(("lt", 0, "met_mask"), "Of some help with: {met_mask|any:need}.", 1),
            Line(("lt", 0, "unmet_mask"), "Not meant for: {unmet_mask|any:need}.", -1),
            Line(("lt", "main_fit", 3), "Only of some help with: {main_need_mask|any:need}.", -1),
        ),
    ),
    Family(
        "distance",
        (
            Line("comes_to_them", "Nowhere to travel to.", STRONGLY_FOR),
            Line(("all", ("not", "comes_to_them"), ("lt", "travel_m", _NEAR_M)), "Very near.", 1),
            Line(
                ("all", ("not", "comes_to_them"), ("le", "travel_m", "reach_m"), ("le", "minutes", _LONG_MINUTES)),
                "Within reach: {travel_m|km} away, about {minutes|whole} minutes.",
                1,
            ),
            Line(
                ("all", ("le", _NEAR_M, "travel_m"), ("le", _SHORT_MINUTES, "minutes")),
                "{travel_m|km} away, about {minutes|whole} minutes each way.",
                -1,
            ),
        ),
        (
            Line(
                ("all", ("lt", _SHORT_MINUTES, "minutes"), ("le", _NEAR_M, "travel_m"), ("not", "drives")),
                "If they could get a lift.",
            ),
        ),
    ),
    Family(
        "time",
        (
            Line(("lt", _A_FEW, "free_slots"), "At several times when they are free.", 1),
            Line(("lt", 0, "free_slots"), "At a time when they are free: {free_slots_mask|any:slot}.", 1),
            Line(
                ("all", ("not", "is_task"), ("lt", "next_days", 8)), "Next session {next_days|in_days}.", STRONGLY_FOR
            ),
            Line(("eq", "free_slots", 0), "Not at a time when they are free.", -1),
            Line(("all", ("not", "is_task"), ("lt", 7, "next_days")), "No session for {next_days|days}.", -1),
        ),
        (
            Line(
                ("all", ("eq", "free_slots", 0), ("le", "slots", _A_FEW)), "If they were free on {slots_mask|any:slot}."
            ),
            Line(("eq", "free_slots", 0), "If they were free at other times."),
        ),
    ),
    Family(
        "access",
        (
            Line(("lt", 0, "access_lacking_mask"), "Not known to have: {access_lacking_mask|any:access}.", -1),
            Line(("lt", 0, "access_met_mask"), "Has: {access_met_mask|any:access}, which they need.", 1),
        ),
        (Line(("lt", 0, "access_lacking_mask"), "If the organiser confirmed: {access_lacking_mask|any:access}."),),
    ),
    Family(
        "language",
        (
            Line(("lt", 0, "shared_mask"), "They can speak {shared_mask|any:language} there.", 1),
            Line(
                ("all", ("missing", "languages_mask"), ("not", "speaks_english"), ("lt", 0, "spoken_mask")),
                "Which languages are spoken there has not been recorded.",
                -1,
            ),
        ),
    ),
    Family(
        "setting",
        (
            Line(("all", "online", "online_ok"), "Online, which they are happy with.", 1),
            Line("online", "Online, and not face to face.", STRONGLY_AGAINST),
            Line(("all", "at_home", "stays_home"), "Comes to them, as they stay at home.", 1),
            Line("at_home", "Someone comes to their home.", STRONGLY_FOR),
        ),
    ),
    Family(
        "cost",
        (
            Line(
                ("all", "is_offer", ("eq", "cost_pence", 0)),
                "Costs no money: a time bank gives it for time.",
                STRONGLY_FOR,
            ),
            Line(("eq", "cost_pence", 0), "Free.", STRONGLY_FOR),
            Line(
                ("all", ("lt", 0, "cost_pence"), ("le", "cost_pence", "budget_pence")),
                "{cost_pence|pounds} a session, which they can pay.",
                1,
            ),
            Line(("lt", 0, "cost_pence"), "Costs {cost_pence|pounds} a session.", STRONGLY_AGAINST),
            Line(("all", "is_asset", ("missing", "cost_pence")), "What it costs has not been recorded.", -1),
        ),
        (Line(("lt", 0, "cost_pence"), "If {cost_pence|pounds} a session could be covered."),),
    ),
    Family(
        "group",
        (
            Line(("all", ("lt", 2, "group_match"), ("eq", "group_size", 1)), "One to one, as they would like.", 1),
            Line(("lt", 2, "group_match"), "A group of about {group_size|whole}, as they would like.", 1),
            Line(
                ("all", ("lt", "group_match", 2), ("eq", "group_size", 1)),
                "One to one, where they would like a group.",
                -1,
            ),
            Line(
                ("lt", "group_match", 2),
                "A group of about {group_size|whole}, which is not the size they would like.",
                -1,
            ),
            Line(
                ("all", "is_asset", ("missing", "group_size"), ("lt", "group_match", 2)),
                "How large the group is has not been recorded.",
                -1,
            ),
        ),
    ),
    Family(
        "places",
        (
            Line(("lt", 0, "wait_days"), "About {wait_days|days} to wait.", -1),
            Line(_FEW_LEFT, "Few places left: {places_open|whole}.", STRONGLY_AGAINST),
            Line(
                ("all", ("lt", 0, "places_open"), ("eq", "wait_days", 0), ("not", _FEW_LEFT)),
                "Places open: {places_open|whole}.",
                STRONGLY_FOR,
            ),
            Line(
                ("all", ("le", 5, "chosen_90d"), ("le", "places_open", "chosen_90d")),
                "Much asked for: places may go soon.",
                -1,
            ),
        ),
        (Line(("lt", 0, "wait_days"), "If a place came free sooner."),),
    ),
    Family(
        "history",
        (
            Line(("lt", "shown", 20), "New here: little is known yet of how it goes.", -1),
            Line(
                ("all", _OFTEN_STARTED, ("le", "started", ("mul", 2, "sustained"))),
                "Of {chosen|people} pointed here, {started|whole} started and {sustained|whole} stayed.",
                1,
            ),
            Line(_OFTEN_STARTED, "Of {chosen|people} pointed here, {started|whole} started.", 1),
            Line(
                ("all", ("le", 5, "chosen"), ("lt", ("mul", 2, "started"), "chosen")),
                "Of {chosen|people} pointed here, only {started|whole} started.",
                -1,
            ),
            Line(
                ("all", ("le", 5, "started"), ("lt", ("mul", 2, "sustained"), "started")),
                "Of {started|people} who started, only {sustained|whole} stayed.",
                -1,
            ),
            Line(("lt", ("mul", 10, "chosen"), "shown"), "Seldom chosen so far.", -1),
        ),
    ),
    Family(
        "kind",
        (
            Line(("eq", "kind", 1), "A volunteer role: something of their own to give.", 1),
            Line(("eq", "kind", 1), "A volunteer role, which asks something of them.", -1),
            Line("is_task", "A small task: something of their own to give.", 1),
            Line("is_task", "A small task, which asks something of them.", -1),
        ),
    ),
)
