"""Words about a person: what they need, what helps them take part, how to reach them."""

from typing import Final

from mobile_contract.vocabulary.model import Vocabulary

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

CHANNELS: Final = Vocabulary(
    "channel", {"call": "Phone call", "sms": "Text message", "email": "E-mail", "letter": "Letter", "app": "App"}
)
