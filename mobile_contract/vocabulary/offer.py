"""Words about what there is: assets, roles and tasks."""

from typing import Final

from mobile_contract.vocabulary.model import Vocabulary

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

#: Groups that only some people may join; eligibility reads it, ranking never does.
AUDIENCES: Final = Vocabulary("audience", {"anyone": "Anyone", "women": "Women", "men": "Men"})

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
