"""A group of one employer's staff on one role on one day: asked for by one side, agreed by the other."""

from mobile_contract.kind import Document, choice, code, day, integer, kind, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import LEAVE_REASONS

_FIXED, _SERVER = Merge.IMMUTABLE, Merge.SERVER


@kind(
    "team_event",
    scopes=("employer:{employer_id}", "centre:{centre_id}"),
    writers=("employer", "centre", "administrator"),
    commands=("agree_event", "decline_event", "cancel_event", "close_event"),
    since=5,
)
class TeamEvent(Document):
    """So many people for so many minutes each, and no names. asked_by : which side did. attended : how many came."""

    employer_id = reference("employer", required=True, merge=_FIXED)
    centre_id = reference(required=True, merge=_FIXED)
    opportunity_id = reference("opportunity", required=True, merge=_FIXED)
    held_on = day(required=True, merge=_FIXED)
    places = integer(2, 500, required=True, merge=_FIXED)
    minutes = integer(15, 24 * 60, required=True, merge=_FIXED)
    asked_by = choice("employer", "centre", merge=_SERVER)
    status = choice("asked", "agreed", "declined", "cancelled", "held", merge=_SERVER, load_default="asked")
    reason = code(LEAVE_REASONS, merge=_SERVER)
    attended = integer(0, 500, merge=_SERVER)
