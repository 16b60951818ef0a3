"""Somebody asks to volunteer: where they came from, and how far they are on the way to a role."""

from mobile_contract.kind import Document, boolean, code, day, integer, kind, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import ORIGINS, STEPS

_FIXED, _SERVER = Merge.IMMUTABLE, Merge.SERVER


@kind(
    "enquiry",
    scopes=("centre:{centre_id}", "volunteer:{volunteer_id}"),
    writers=("centre", "administrator"),
    commands=("take_step", "erase"),
    personal=True,
    since=5,
)
class Enquiry(Document):
    """One enquiry of a volunteer; they may have several, one after the other. What moves it on is `take_step`.

    opportunity_id : the role that it is about; a step says another. status : the step that it stands at. reached : the
    one before an end. steps : how many there were. placed_on : when they began. check_on : from when it can be said
    whether they are still there.
    """

    volunteer_id = reference("volunteer", required=True, merge=_FIXED)
    centre_id = reference(required=True, merge=_FIXED)
    origin = code(ORIGINS, required=True, merge=_FIXED)
    enquired_on = day(required=True, merge=_FIXED)
    opportunity_id = reference("opportunity", merge=_FIXED)
    status = code(STEPS, merge=_SERVER, load_default="enquiry")
    reached = code(STEPS, merge=_SERVER, load_default="enquiry")
    steps = integer(merge=_SERVER, load_default=1)
    stepped_on = day(merge=_SERVER)
    placed_on = day(merge=_SERVER)
    check_on = day(merge=_SERVER)
    made_up = boolean(load_default=False)
