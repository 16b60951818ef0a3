"""A referral joined to what was chosen for it, and what came of that."""

from mobile_contract.kind import (
    Document,
    choice,
    code,
    day,
    instant,
    integer,
    kind,
    life_cycle,
    long_text,
    reference,
)
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import REASONS

MOVES = {
    "chosen": ("offered", "started", "declined", "ended"),
    "offered": ("accepted", "declined", "ended"),
    "accepted": ("started", "declined", "ended"),
    "started": ("sustained", "ended"),
    "sustained": ("ended",),
    "declined": (),
    "ended": (),
}


@kind(
    "placement",
    scopes=("caseload:{team_id}",),
    writers=("prescriber", "outreach"),
    commands=("offer_place", "accept_place", "decline_place", "enrol"),
    personal=True,
)
class Placement(Document):
    """One choice from a slate. Places are taken and given back by commands alone.

    attended : sessions so far, changed by differences; counted by the server where there is a register.
    wellbeing_gain : a paired measure went up. course_id : the course of the asset in which the place is, or is waited
    for. waiting_position : from 1, while one waits. offered_until_at : until when a place that came free is kept.
    """

    referral_id = reference("referral", required=True, merge=Merge.IMMUTABLE)
    person_id = reference("person", required=True, merge=Merge.IMMUTABLE)
    team_id = reference(required=True)
    exposure_id = reference("exposure", merge=Merge.IMMUTABLE)
    item_kind = choice("asset", "opportunity", "task", "offer", required=True, merge=Merge.IMMUTABLE)
    item_id = reference(required=True, merge=Merge.IMMUTABLE)
    position = integer(0, 499, merge=Merge.IMMUTABLE)
    chosen_at = instant(required=True, past=True, merge=Merge.IMMUTABLE)
    status = life_cycle(MOVES)
    place_held = choice("none", "offered", "accepted", "waiting", merge=Merge.SERVER, load_default="none")
    course_id = reference(merge=Merge.SERVER)
    waiting_position = integer(1, 100_000, merge=Merge.SERVER)
    offered_until_at = instant(merge=Merge.SERVER)
    attended = integer(0, 1000, merge=Merge.DELTA, load_default=0)
    started_on = day()
    outcome_on = day()
    wellbeing_gain = choice("unknown", "no", "yes", load_default="unknown")
    reason = code(REASONS)
    comment = long_text(2000, personal=True)
