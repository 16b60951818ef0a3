"""How well each category of help answers each need, from 0 (not at all) to 4 (made for it)."""

from typing import Final

import numpy as np

from ml.arrays import FloatArray
from mobile_contract.vocabulary import CATEGORIES, NEEDS

#: Categories that resemble one another; a relative of a good answer is worth a look.
FAMILIES: Final = {
    "company": ("befriending", "social_group", "cooking", "memory_cafe", "library", "community_venue"),
    "active": ("walking", "exercise", "sport", "gardening"),
    "creative": ("arts", "music", "course"),
    "advice": ("money_advice", "housing_advice", "food_aid"),
    "learning": ("job_club", "digital_help", "language_class", "volunteering"),
    "support": ("carers_group", "bereavement_group", "wellbeing", "condition_group", "recovery", "safety_support",
                "family"),
    "practical": ("transport", "home_help"),
}  # fmt: skip

#: Places of many uses: never ruled out, as nothing is known against them.
OPEN_ENDED: Final = ("community_venue", "other")

_ANSWERS: Final = {
    "loneliness": {4: "befriending social_group", 3: "cooking walking arts music gardening volunteering",
                   2: "library memory_cafe exercise sport family carers_group bereavement_group community_venue"},
    "low_mood": {4: "wellbeing", 3: "social_group walking arts music gardening exercise",
                 2: "befriending volunteering sport cooking bereavement_group"},
    "anxiety": {4: "wellbeing", 3: "walking arts gardening music", 2: "befriending exercise social_group"},
    "bereavement": {4: "bereavement_group", 3: "befriending wellbeing", 2: "social_group walking cooking"},
    "inactivity": {4: "exercise walking", 3: "sport gardening", 2: "wellbeing condition_group"},
    "weight": {4: "exercise", 3: "walking cooking sport", 2: "gardening condition_group wellbeing"},
    "long_term_condition": {4: "condition_group", 3: "exercise walking wellbeing", 2: "social_group course gardening"},
    "pain": {4: "condition_group", 3: "exercise wellbeing", 2: "walking arts"},
    "falls": {4: "exercise", 3: "home_help condition_group", 2: "walking befriending"},
    "dementia": {4: "memory_cafe", 3: "music carers_group condition_group", 2: "arts befriending home_help"},
    "caring": {4: "carers_group", 3: "wellbeing memory_cafe", 2: "money_advice befriending home_help family"},
    "money": {4: "money_advice", 3: "food_aid job_club", 2: "housing_advice"},
    "housing": {4: "housing_advice", 3: "money_advice", 2: "safety_support"},
    "work": {4: "job_club", 3: "course volunteering digital_help", 2: "language_class library money_advice"},
    "learning": {4: "course", 3: "library digital_help language_class arts", 2: "music job_club cooking"},
    "digital": {4: "digital_help", 3: "library", 2: "course job_club"},
    "food": {4: "food_aid", 3: "cooking", 2: "money_advice home_help gardening"},
    "transport": {4: "transport", 2: "home_help befriending"},
    "english": {4: "language_class", 3: "library", 2: "course social_group volunteering"},
    "parenting": {4: "family", 2: "library social_group wellbeing"},
    "purpose": {4: "volunteering", 3: "gardening arts course social_group music", 2: "job_club cooking library"},
    "practical_help": {4: "home_help", 3: "transport", 2: "befriending food_aid"},
    "alcohol_drugs": {4: "recovery", 3: "wellbeing", 2: "social_group walking volunteering"},
    "safety": {4: "safety_support", 3: "housing_advice", 2: "wellbeing family money_advice"},
}  # fmt: skip


def fit_table() -> FloatArray:
    """Return the fit of each category to each need, shape (n_needs, n_categories), 0 to 4."""
    return np.array([_fits(need) for need in NEEDS.codes], dtype=np.float64)


def _fits(need: str) -> list[int]:
    named = {category: fit for fit, words in _ANSWERS[need].items() for category in words.split()}
    kin = {category for family in FAMILIES.values() if _answers_well(family, named) for category in family}
    return [named.get(category, int(category in kin or category in OPEN_ENDED)) for category in CATEGORIES.codes]


def _answers_well(family: tuple[str, ...], named: dict[str, int]) -> bool:
    return any(named.get(category, 0) >= 3 for category in family)
