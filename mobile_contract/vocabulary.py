"""The coded words that phones, server and workbench share; the one module of the contract that `ml` may read.

A vocabulary has at most 31 codes, so that a set of codes fits a non-negative 32-bit mask on every
engine. Codes are only ever appended: a code's place is its bit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MASK_BITS: Final = 31


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A named, ordered list of codes, each with the words a person reads."""

    name: str
    labels: dict[str, str]

    def __post_init__(self) -> None:
        if len(self.labels) > MASK_BITS:
            raise ValueError(f"{self.name} has {len(self.labels)} codes; a mask holds {MASK_BITS}")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in order; a code's place is its bit."""
        return tuple(self.labels)

    def mask(self, codes: Iterable[str]) -> int:
        """Pack `codes` into an integer, bit i for the i-th code; an unknown code raises KeyError."""
        places = {code: place for place, code in enumerate(self.labels)}
        bits = 0
        for code in codes:
            bits |= 1 << places[code]
        return bits


NEEDS: Final = Vocabulary(
    "need",
    {
        "loneliness": "Feeling lonely",
        "low_mood": "Low mood",
        "anxiety": "Worry and anxiety",
        "bereavement": "Loss of someone close",
        "inactivity": "Getting more active",
        "weight": "Weight and eating well",
        "long_term_condition": "Living with a health condition",
        "pain": "Living with pain",
        "falls": "Fear of falling",
        "dementia": "Memory and dementia",
        "caring": "Caring for someone",
        "money": "Money and debt",
        "housing": "Housing",
        "work": "Finding work",
        "learning": "Learning something new",
        "digital": "Getting online",
        "food": "Enough food",
        "transport": "Getting about",
        "english": "Learning English",
        "parenting": "Being a parent",
        "purpose": "Something worthwhile to do",
        "practical_help": "Help at home",
        "alcohol_drugs": "Alcohol or drugs",
        "safety": "Feeling safe at home",
    },
)

CATEGORIES: Final = Vocabulary(
    "category",
    {
        "befriending": "Befriending",
        "social_group": "Social group",
        "walking": "Walking group",
        "exercise": "Exercise class",
        "sport": "Sport",
        "arts": "Arts and crafts",
        "music": "Music and singing",
        "gardening": "Gardening and nature",
        "cooking": "Cooking and eating together",
        "food_aid": "Food bank or pantry",
        "money_advice": "Money and benefits advice",
        "housing_advice": "Housing advice",
        "job_club": "Job club",
        "course": "Course",
        "digital_help": "Digital help",
        "library": "Library",
        "carers_group": "Carers' group",
        "bereavement_group": "Bereavement support",
        "wellbeing": "Mental wellbeing",
        "condition_group": "Condition support group",
        "memory_cafe": "Memory café",
        "family": "Parents and children",
        "transport": "Community transport",
        "home_help": "Help at home",
        "recovery": "Recovery from alcohol or drugs",
        "volunteering": "Volunteering",
        "language_class": "English class",
        "safety_support": "Safety support",
        "community_venue": "Community venue",
        "other": "Something else",
    },
)

ACCESS: Final = Vocabulary(
    "access",
    {
        "step_free": "Step-free",
        "accessible_toilet": "Accessible toilet",
        "hearing_loop": "Hearing loop",
        "bsl": "British Sign Language",
        "quiet_space": "Quiet space",
        "parking": "Disabled parking",
        "carer_welcome": "Carers welcome",
        "dementia_friendly": "Dementia-friendly",
        "assistance_dog": "Assistance dogs welcome",
    },
)

LANGUAGES: Final = Vocabulary(
    "language",
    {
        "en": "English",
        "pl": "Polish",
        "ro": "Romanian",
        "bn": "Bengali",
        "ur": "Urdu",
        "pa": "Punjabi",
        "gu": "Gujarati",
        "tr": "Turkish",
        "pt": "Portuguese",
        "lt": "Lithuanian",
        "uk": "Ukrainian",
        "ar": "Arabic",
        "fr": "French",
        "es": "Spanish",
        "zh": "Chinese",
    },
)

_DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_DAYPARTS = {"am": "morning", "pm": "afternoon", "eve": "evening"}

WEEKDAYS: Final = Vocabulary("weekday", _DAYS)

#: A slot is a weekday and a part of the day: am before 12:00, pm from 12:00, eve from 17:00.
SLOTS: Final = Vocabulary(
    "slot",
    {f"{day}_{part}": f"{_DAYS[day]} {_DAYPARTS[part]}" for day in _DAYS for part in _DAYPARTS},
)

SKILLS: Final = Vocabulary(
    "skill",
    {
        "driving": "Driving",
        "listening": "Listening",
        "cooking": "Cooking",
        "gardening": "Gardening",
        "diy": "Small repairs",
        "digital": "Computers and phones",
        "forms": "Filling in forms",
        "first_aid": "First aid",
        "lifting": "Carrying",
        "teaching": "Teaching",
        "admin": "Office work",
        "dogs": "Dogs",
        "sport": "Leading exercise",
        "music": "Music",
        "crafts": "Crafts",
        "interpreting": "Interpreting",
    },
)

TRAVEL: Final = Vocabulary(
    "travel",
    {
        "walk": "On foot",
        "wheelchair": "By wheelchair",
        "bus": "By bus",
        "bicycle": "By bicycle",
        "car": "By car",
        "home": "Stays at home",
    },
)

AGE_BANDS: Final = Vocabulary(
    "age_band",
    {
        "under_16": "Under 16",
        "16_17": "16 to 17",
        "18_24": "18 to 24",
        "25_34": "25 to 34",
        "35_44": "35 to 44",
        "45_54": "45 to 54",
        "55_64": "55 to 64",
        "65_74": "65 to 74",
        "75_84": "75 to 84",
        "85_over": "85 and over",
    },
)

#: The ages that each band spans, both ends included.
AGE_BAND_YEARS: Final = {
    "under_16": (0, 15),
    "16_17": (16, 17),
    "18_24": (18, 24),
    "25_34": (25, 34),
    "35_44": (35, 44),
    "45_54": (45, 54),
    "55_64": (55, 64),
    "65_74": (65, 74),
    "75_84": (75, 84),
    "85_over": (85, 120),
}

GROUP_PREFERENCES: Final = Vocabulary(
    "group_preference",
    {"any": "No preference", "one_to_one": "One to one", "small": "A small group", "large": "A large group"},
)

#: Groups that only some people may join; eligibility reads it, ranking never does.
AUDIENCES: Final = Vocabulary("audience", {"anyone": "Anyone", "women": "Women", "men": "Men"})

COMMITMENTS: Final = Vocabulary(
    "commitment",
    {"once": "Once", "hour": "An hour now and then", "weekly": "Weekly", "monthly": "Monthly", "flexible": "Flexible"},
)

TASK_TYPES: Final = Vocabulary(
    "task_type",
    {
        "shopping": "Shopping",
        "prescription": "Collecting a prescription",
        "lift": "A lift",
        "dog_walk": "Walking a dog",
        "phone_call": "A phone call",
        "company": "Company for an hour",
        "garden": "Help in the garden",
        "repair": "A small repair",
        "form": "Help with a form",
        "phone_help": "Help with a phone or computer",
        "meal": "Taking a meal round",
    },
)

URGENCIES: Final = Vocabulary("urgency", {"routine": "Routine", "soon": "Soon", "urgent": "Urgent"})

CHANNELS: Final = Vocabulary(
    "channel", {"call": "Phone call", "sms": "Text message", "email": "E-mail", "letter": "Letter", "app": "App"}
)

#: Why a placement or a referral came to an end; capacity and transport are not a matter of taste.
REASONS: Final = Vocabulary(
    "reason",
    {
        "not_interested": "Not what the person wanted",
        "full": "No place left",
        "too_far": "Too far",
        "no_transport": "No way to get there",
        "cost": "Too expensive",
        "time": "At the wrong time",
        "unwell": "Not well enough",
        "access": "Not accessible",
        "no_contact": "Could not be reached",
        "moved": "Moved away",
        "completed": "Completed",
        "nothing_suitable": "Nothing suitable",
        "other": "Another reason",
    },
)

ROLES: Final = Vocabulary(
    "role",
    {
        "prescriber": "Social prescriber",
        "outreach": "Outreach worker",
        "volunteer": "Volunteer",
        "asset_owner": "Group organiser",
        "centre": "Volunteer centre",
        "hub": "Hub staff",
        "commissioner": "Commissioner",
        "data_scientist": "Data scientist",
        "administrator": "Administrator",
    },
)

ALL: Final = {
    vocabulary.name: vocabulary
    for vocabulary in (
        NEEDS, CATEGORIES, ACCESS, LANGUAGES, WEEKDAYS, SLOTS, SKILLS, TRAVEL, AGE_BANDS, GROUP_PREFERENCES,
        AUDIENCES, COMMITMENTS, TASK_TYPES, URGENCIES, CHANNELS, REASONS, ROLES,
    )
}  # fmt: skip
