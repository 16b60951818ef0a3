"""The public part of a micro-task: what, roughly where, and when; never for whom."""

from mobile_contract.kind import (
    choice,
    code,
    codes,
    instant,
    integer,
    kind,
    life_cycle,
    line,
    reference,
    words,
)
from mobile_contract.merge import Merge
from mobile_contract.schemas.place import Placed
from mobile_contract.vocabulary import CATEGORIES, SKILLS, TASK_TYPES

MOVES = {
    "open": ("claimed", "expired", "cancelled"),
    "claimed": ("open", "done", "expired", "cancelled"),
    "done": (),
    "expired": (),
    "cancelled": (),
}


@kind(
    "task",
    scopes=("tasks:{district}", "centre:{centre_id}"),
    writers=("centre", "administrator"),
    commands=("claim", "set_out", "running_late", "release", "complete"),
)
class Task(Placed):
    """A small job that a volunteer can do. The place is rounded to 100 metres.

    dbs_level, training : what whoever does it must hold; trainings by id. radius_km : from how far away volunteers are
    asked, None for as far as each of them goes. min_age : None for adults only. wave, dispatched_at : the last in which
    volunteers were asked, from 0, and when. priority : how often it was given back; such tasks go out again first.
    """

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
    dbs_level = choice("none", "basic", "standard", "enhanced", load_default="none")
    training = words(20, each=64, load_default=list)
    min_age = integer(0, 120)
    radius_km = integer(1, 200)
    wave = integer(0, 999, merge=Merge.SERVER)
    dispatched_at = instant(merge=Merge.SERVER)
    priority = integer(0, 9, merge=Merge.SERVER, load_default=0)
