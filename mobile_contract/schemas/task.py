"""The public part of a micro-task: what, roughly where, and when; never for whom."""

from mobile_contract.kind import (
    code,
    codes,
    instant,
    integer,
    kind,
    life_cycle,
    line,
    reference,
)
from mobile_contract.merge import Merge
from mobile_contract.schemas.place import Placed
from mobile_contract.vocabulary import CATEGORIES, SKILLS, TASK_TYPES

MOVES = {
    "open": ("claimed", "expired", "cancelled"),
    "claimed": ("open", "done", "cancelled"),
    "done": (),
    "expired": (),
    "cancelled": (),
}


@kind(
    "task",
    scopes=("tasks:{district}", "centre:{centre_id}"),
    writers=("centre", "administrator"),
    commands=("claim", "release", "complete"),
)
class Task(Placed):
    """A small job that a volunteer can do. The place is rounded to 100 metres."""

    name = line(200, required=True)
    type = code(TASK_TYPES, required=True)
    category = code(CATEGORIES, required=True)
    centre_id = reference(required=True)
    skills = codes(SKILLS)
    minutes = integer(5, 24 * 60, required=True)
    window_from_at = instant(required=True)
    window_until_at = instant(required=True)
    status = life_cycle(MOVES)
    claimed_at = instant(merge=Merge.SERVER)
