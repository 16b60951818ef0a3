"""How much a category really helps with a need: hidden from every ranker.

The table is this world's own. It agrees with common sense, and so with the features' taxonomy, but not in detail: a
seeded jitter moves every cell, and a few pairs help far more or less than anyone would guess.
"""

from typing import Final

import numpy as np

from ml.metrics import Floats
from mobile_contract.vocabulary import CATEGORIES, NEEDS

#: need → categories that help most, then those that help somewhat.
_HELPS: Final = {
    "loneliness": ("befriending social_group", "music arts walking memory_cafe library gardening cooking"),
    "low_mood": ("wellbeing walking", "gardening arts music exercise social_group"),
    "anxiety": ("wellbeing", "gardening arts walking befriending library"),
    "bereavement": ("bereavement_group", "befriending social_group wellbeing walking"),
    "inactivity": ("exercise walking sport", "gardening"),
    "weight": ("exercise cooking", "walking sport condition_group"),
    "long_term_condition": ("condition_group", "exercise walking wellbeing social_group"),
    "pain": ("condition_group exercise", "wellbeing walking"),
    "falls": ("exercise", "home_help condition_group transport"),
    "dementia": ("memory_cafe", "music carers_group befriending arts"),
    "caring": ("carers_group", "wellbeing befriending home_help memory_cafe"),
    "money": ("money_advice", "food_aid housing_advice job_club"),
    "housing": ("housing_advice", "money_advice safety_support"),
    "work": ("job_club", "course volunteering digital_help"),
    "learning": ("course", "library arts digital_help language_class"),
    "digital": ("digital_help", "library course"),
    "food": ("food_aid", "cooking money_advice"),
    "transport": ("transport", "befriending home_help"),
    "english": ("language_class", "library course social_group"),
    "parenting": ("family", "social_group library cooking"),
    "purpose": ("volunteering", "gardening arts course food_aid music"),
    "practical_help": ("home_help", "befriending transport"),
    "alcohol_drugs": ("recovery", "wellbeing sport walking"),
    "safety": ("safety_support", "housing_advice wellbeing money_advice"),
}


def affinity(rng: np.random.Generator) -> Floats:
    """Draw the hidden table, shape (needs, categories), each cell 0 to 1."""
    table = np.full((len(NEEDS.codes), len(CATEGORIES.codes)), 0.08)
    for need, (most, some) in _HELPS.items():
        row = NEEDS.codes.index(need)
        table[row, _columns(some)] = 0.55
        table[row, _columns(most)] = 0.95
    jitter = rng.normal(0.0, 0.05, table.shape)
    surprise = np.where(rng.random(table.shape) < 0.02, rng.normal(0.0, 0.3, table.shape), 0.0)
    return np.clip(table + jitter + surprise, 0.0, 1.0)


def _columns(categories: str) -> list[int]:
    return [CATEGORIES.codes.index(category) for category in categories.split()]
