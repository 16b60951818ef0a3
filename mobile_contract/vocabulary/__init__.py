"""The coded words that phones, server and workbench share; the one part of the contract that `ml` may read.

A vocabulary has at most 31 codes, so that a set of codes fits a non-negative 32-bit mask on every
engine. Codes are only ever appended: a code's place is its bit.
"""

from typing import Final

from mobile_contract.vocabulary.asks import ASK_REASONS, OWN_REASONS
from mobile_contract.vocabulary.field import HANDOVER_REASONS, RELATIONS, SOURCES, THEMES
from mobile_contract.vocabulary.model import MASK_BITS, Vocabulary
from mobile_contract.vocabulary.offer import AUDIENCES, CATEGORIES, COMMITMENTS, SKILLS, TASK_TYPES
from mobile_contract.vocabulary.person import (
    ACCESS,
    AGE_BAND_YEARS,
    AGE_BANDS,
    CHANNELS,
    GROUP_PREFERENCES,
    LANGUAGES,
    NEEDS,
    TRAVEL,
)
from mobile_contract.vocabulary.recruiting import (
    CHECK_TYPES,
    GUARDIANS,
    LEAVE_REASONS,
    ORIGINS,
    REASONS_FOR,
    REQUEST_REASONS,
    ROLE_TYPES,
    STEP_REASONS,
    STEPS,
)
from mobile_contract.vocabulary.store import ITEM_CATEGORIES, MOVEMENT_REASONS, MOVEMENT_TYPES, UNITS
from mobile_contract.vocabulary.training import REVOKE_REASONS
from mobile_contract.vocabulary.when import CANCEL_REASONS, SLOTS, WEEKDAYS
from mobile_contract.vocabulary.work import REASONS, ROLES, URGENCIES

__all__ = [
    "ACCESS",
    "AGE_BANDS",
    "AGE_BAND_YEARS",
    "ALL",
    "ASK_REASONS",
    "AUDIENCES",
    "CANCEL_REASONS",
    "CATEGORIES",
    "CHANNELS",
    "CHECK_TYPES",
    "COMMITMENTS",
    "GROUP_PREFERENCES",
    "GUARDIANS",
    "HANDOVER_REASONS",
    "ITEM_CATEGORIES",
    "LANGUAGES",
    "LEAVE_REASONS",
    "MASK_BITS",
    "MOVEMENT_REASONS",
    "MOVEMENT_TYPES",
    "NEEDS",
    "ORIGINS",
    "OWN_REASONS",
    "RANKED",
    "REASONS",
    "REASONS_FOR",
    "RELATIONS",
    "REQUEST_REASONS",
    "REVOKE_REASONS",
    "ROLES",
    "ROLE_TYPES",
    "SKILLS",
    "SLOTS",
    "SOURCES",
    "STEPS",
    "STEP_REASONS",
    "TASK_TYPES",
    "THEMES",
    "TRAVEL",
    "UNITS",
    "URGENCIES",
    "WEEKDAYS",
    "Vocabulary",
]  # fmt: skip

#: What rankers read: a version that learned from other codes is another version. Other words come and go without them.
RANKED: Final = (
    NEEDS, CATEGORIES, ACCESS, LANGUAGES, WEEKDAYS, SLOTS, SKILLS, TRAVEL, AGE_BANDS, GROUP_PREFERENCES, AUDIENCES,
    COMMITMENTS, TASK_TYPES, URGENCIES,
)  # fmt: skip

ALL: Final = {
    vocabulary.name: vocabulary
    for vocabulary in (
        *RANKED,
        CHANNELS, REASONS, ROLES, ASK_REASONS,
        THEMES, SOURCES, RELATIONS, HANDOVER_REASONS, ITEM_CATEGORIES, UNITS, MOVEMENT_REASONS, REVOKE_REASONS,
        ORIGINS, STEPS, STEP_REASONS, GUARDIANS, ROLE_TYPES, LEAVE_REASONS, CHECK_TYPES, REQUEST_REASONS,
        CANCEL_REASONS,
    )
}  # fmt: skip
