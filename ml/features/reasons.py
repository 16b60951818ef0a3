"""The sentences that say why a candidate stands where it stands: one a family of features, chosen by what is known.

A template holds {value|format}; the formats are in `ml.features.sentences`.
"""

from dataclasses import dataclass
from typing import Final

from ml.features.programs import Program


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a family.

    when : the program that is above 0 when the sentence is true. sign : 1 or -1 when it is only said for or only
    against, 0 for either.
    """

    when: Program
    text: str
    sign: int = 0


@dataclass(frozen=True, slots=True)
class Family:
    """The features that one reason speaks for.

    lines : the first that is true is said; the last always is. changes : what would improve matters, likewise,
    but none need be true.
    """

    name: str
    lines: tuple[Line, ...]
    changes: tuple[Line, ...] = ()


#: Values that only sentences use, besides those of the features and the rules.
REASON_VALUES: Final[dict[str, Program]] = {
    "access_lacking_mask": ("without", "access_needs_mask", "access_mask"),
    "access_met_mask": ("without", "access_needs_mask", "access_lacking_mask"),
    "shared_mask": ("without", "spoken_mask", ("without", "spoken_mask", "languages_mask")),
    "free_slots_mask": ("without", "slots_mask", ("without", "slots_mask", "availability_mask")),
}

_HELPS: Final = "Helps with: {well_met_mask|any:need}."
_LACKS: Final = "Not known to have: {access_lacking_mask|any:access}."
_NEXT: Final = "Next session {next_days|in_days}."

FAMILIES: Final = (
    Family(
        "need",
        (
            Line(("lt", 0, "well_met_mask"), _HELPS, 1),
            Line(("lt", 0, "met_mask"), "Of some help with: {met_mask|any:need}."),
            Line(1, "Not made for what they need."),
        ),
    ),
    Family(
        "distance",
        (
            Line("at_home", "Comes to their home."),
            Line("online", "Online: nowhere to travel to."),
            Line(("missing", "travel_m"), "Where it is has not been recorded."),
            Line(1, "{travel_m|km} away, about {minutes|whole} minutes."),
        ),
        (Line(("lt", 15, "minutes"), "If they could get a lift."),),
    ),
    Family(
        "time",
        (
            Line(("missing", "slots_mask"), "When it meets has not been recorded."),
            Line(("lt", 0, "free_slots_mask"), "On when they are free: {free_slots_mask|any:slot}.", 1),
            Line(("eq", "free_slots_mask", 0), "Not on when they said they are free."),
            Line(1, _NEXT),
        ),
        (Line(("eq", "free_slots_mask", 0), "If they were free on {slots_mask|any:slot}."),),
    ),
    Family(
        "access",
        (
            Line(("lt", 0, "access_lacking_mask"), _LACKS, -1),
            Line(("lt", 0, "access_met_mask"), "Has: {access_met_mask|any:access}."),
            Line(1, "No access needs were recorded that it would have to meet."),
        ),
        (Line(("lt", 0, "access_lacking_mask"), "If the organiser confirmed: {access_lacking_mask|any:access}."),),
    ),
    Family(
        "language",
        (
            Line(("lt", 0, "shared_mask"), "They can speak {shared_mask|any:language} there."),
            Line(1, "Which languages would suit has not been recorded."),
        ),
    ),
    Family(
        "setting",
        (
            Line(("all", "online", "online_ok"), "Online, which they are happy with."),
            Line("online", "Online."),
            Line("at_home", "Someone comes to them."),
            Line(1, "Meets in person."),
        ),
    ),
    Family(
        "cost",
        (
            Line(("missing", "cost_pence"), "What it costs has not been recorded."),
            Line(("eq", "cost_pence", 0), "Free."),
            Line(1, "{cost_pence|pounds} a session."),
        ),
        (Line(("lt", 0, "cost_pence"), "If {cost_pence|pounds} a session could be covered."),),
    ),
    Family(
        "group",
        (
            Line(("eq", "group_size", 1), "One to one."),
            Line(("lt", 1, "group_size"), "A group of about {group_size|whole}."),
            Line(1, "The size of the group has not been recorded."),
        ),
    ),
    Family(
        "places",
        (
            Line(("lt", 0, "wait_days"), "About {wait_days|days} to wait."),
            Line(("lt", 0, "places_open"), "Places open: {places_open|whole}."),
            Line(1, "No limit on places is known."),
        ),
        (Line(("lt", 0, "wait_days"), "If a place came free sooner."),),
    ),
    Family(
        "history",
        (
            Line(("lt", "shown", 20), "New here: little is known yet of how it goes."),
            Line(1, "Of {chosen|people} pointed here, {started|whole} started and {sustained|whole} stayed."),
        ),
    ),
    Family(
        "kind",
        (
            Line(("eq", "kind", 1), "A volunteer role."),
            Line(("eq", "kind", 2), "A small task to help with."),
            Line("referral_only", "Needs a referral."),
            Line(1, "They can simply turn up."),
        ),
    ),
)
