"""What kinds of groups the made-up county has: one profile for each category."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Profile:
    """How groups of one category look.

    weight : how many there are, relative. size : people at a session, low and high. cost : pence, low and high.
    parts : parts of the day when they meet. ages : lowest and highest age, None for no bound.
    reach : where it happens: a venue, at home or online. other : further categories it may carry.
    """

    category: str
    title: str
    weight: float
    size: tuple[int, int]
    cost: tuple[int, int]
    parts: str
    ages: tuple[int | None, int | None] = (18, None)
    reach: str = "venue"
    referral_only: float = 0.1
    other: tuple[str, ...] = ()


PROFILES: Final = (
    Profile("befriending", "Befriending", 16, (1, 1), (0, 0), "am pm", reach="home", referral_only=0.8),
    Profile("social_group", "Coffee Morning", 26, (8, 30), (0, 300), "am pm", other=("befriending", "arts")),
    Profile("walking", "Wellbeing Walk", 20, (6, 25), (0, 100), "am pm", other=("exercise",)),
    Profile("exercise", "Gentle Exercise", 24, (8, 25), (200, 800), "am eve", other=("condition_group",)),
    Profile("sport", "Walking Football", 12, (10, 30), (200, 600), "eve pm", other=("exercise",)),
    Profile("arts", "Craft Table", 20, (5, 15), (0, 700), "am pm eve", other=("social_group",)),
    Profile("music", "Singing for Pleasure", 14, (10, 40), (0, 500), "pm eve", other=("social_group",)),
    Profile("gardening", "Community Garden", 14, (4, 15), (0, 200), "am pm", other=("wellbeing",)),
    Profile("cooking", "Cook and Eat", 10, (4, 12), (0, 500), "pm eve", other=("food_aid", "social_group")),
    Profile("food_aid", "Pantry", 12, (10, 60), (0, 400), "am pm", ages=(None, None), referral_only=0.4),
    Profile("money_advice", "Money Advice", 14, (1, 1), (0, 0), "am pm", referral_only=0.4, other=("housing_advice",)),
    Profile("housing_advice", "Housing Advice", 8, (1, 1), (0, 0), "am pm", referral_only=0.4),
    Profile("job_club", "Job Club", 9, (4, 15), (0, 0), "am pm", ages=(16, 67), other=("course",)),
    Profile("course", "Learning Course", 14, (6, 18), (0, 1500), "am eve", ages=(16, None)),
    Profile("digital_help", "Digital Help", 12, (1, 8), (0, 0), "am pm", other=("course",)),
    Profile("library", "Library Afternoon", 10, (5, 25), (0, 0), "am pm", ages=(None, None), other=("social_group",)),
    Profile("carers_group", "Carers' Break", 12, (4, 14), (0, 200), "am pm", other=("wellbeing",)),
    Profile("bereavement_group", "Bereavement Circle", 9, (3, 10), (0, 0), "pm eve", referral_only=0.3),
    Profile("wellbeing", "Wellbeing Space", 20, (1, 12), (0, 500), "am pm eve", ages=(16, None), referral_only=0.4),
    Profile("condition_group", "Living Well Group", 14, (5, 20), (0, 300), "am pm", other=("exercise",)),
    Profile("memory_cafe", "Memory Café", 11, (8, 25), (0, 300), "am pm", ages=(50, None), other=("carers_group",)),
    Profile("family", "Stay and Play", 12, (6, 25), (0, 300), "am", ages=(16, 60), other=("social_group",)),
    Profile("transport", "Community Car Scheme", 8, (1, 4), (200, 1000), "am pm", reach="home"),
    Profile("home_help", "Hands at Home", 10, (1, 1), (0, 1500), "am pm", reach="home", referral_only=0.5),
    Profile("recovery", "Recovery Meeting", 8, (5, 20), (0, 0), "eve pm", referral_only=0.2),
    Profile("language_class", "Conversation Class", 9, (5, 16), (0, 300), "am eve", ages=(16, None), other=("course",)),
    Profile("safety_support", "Safe Harbour", 5, (1, 1), (0, 0), "am pm", reach="online", referral_only=0.7),
    Profile("other", "Repair Café", 7, (8, 30), (0, 200), "am pm", ages=(None, None), other=("social_group",)),
)

#: Roles a volunteer could take on: title, category, skills, commitment.
ROLES: Final = (
    ("Befriender", "befriending", ("listening",), "weekly"),
    ("Volunteer Driver", "transport", ("driving",), "flexible"),
    ("Garden Helper", "gardening", ("gardening",), "weekly"),
    ("Pantry Helper", "food_aid", ("lifting",), "weekly"),
    ("Digital Champion", "digital_help", ("digital", "teaching"), "hour"),
    ("Walk Leader", "walking", ("first_aid",), "weekly"),
    ("Lunch Club Cook", "cooking", ("cooking",), "monthly"),
    ("Reception Helper", "volunteering", ("admin",), "weekly"),
    ("Choir Helper", "music", ("music",), "weekly"),
    ("Craft Helper", "arts", ("crafts",), "monthly"),
    ("Form-filling Friend", "money_advice", ("forms",), "hour"),
    ("Fête Steward", "volunteering", ("lifting",), "once"),
)

#: Micro-tasks: type, words, category, skills, minutes, how to do it.
TASKS: Final = (
    ("shopping", "Pick up a small shop", "home_help", ("lifting",), 45, "The list is on the hall table."),
    ("prescription", "Collect a prescription", "home_help", (), 30, "Ring twice and wait; the door takes a while."),
    ("lift", "A lift to the surgery", "transport", ("driving",), 60, "Folding walker; park by the kerb."),
    ("dog_walk", "Walk a small dog", "home_help", ("dogs",), 40, "Biscuit pulls to the left near squirrels."),
    ("phone_call", "A friendly phone call", "befriending", ("listening",), 20, "Afternoons are best."),
    ("company", "Company for an hour", "befriending", ("listening",), 60, "Likes cards and old maps."),
    ("garden", "Tidy a front garden", "gardening", ("gardening",), 90, "Tools are in the shed."),
    ("repair", "Change a light bulb", "home_help", ("diy",), 30, "Bring a step stool."),
    ("form", "Help with a form", "money_advice", ("forms",), 60, "The form is about a bus pass."),
    ("phone_help", "Set up a new phone", "digital_help", ("digital",), 60, "It is still in its box."),
    ("meal", "Take a meal round", "food_aid", ("driving",), 40, "Collect from the pantry first."),
)

#: Languages other than English that groups offer and people speak, with their share.
OTHER_LANGUAGES: Final = (("pl", 0.04), ("ro", 0.03), ("bn", 0.02), ("ur", 0.02), ("tr", 0.01), ("uk", 0.01))
