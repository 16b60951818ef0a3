"""An employee asks their employer for working time to volunteer in; the employer approves it or does not."""

from mobile_contract.kind import Document, choice, code, day, integer, kind, line, name, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import LEAVE_REASONS

_FIXED, _SERVER = Merge.IMMUTABLE, Merge.SERVER


@kind(
    "leave_request",
    scopes=("volunteer:{volunteer_id}", "employer:{employer_id}"),
    writers=("volunteer",),
    commands=("approve_leave", "decline_leave", "cancel_leave"),
    personal=True,
    since=5,
)
class LeaveRequest(Document):
    """Minutes on a day. employee : by which name or number the employer knows who asks."""

    volunteer_id = reference("volunteer", required=True, merge=_FIXED)
    employer_id = reference(required=True, merge=_FIXED)
    opportunity_id = reference("opportunity", merge=_FIXED)
    employee = name(120, required=True, personal=True, merge=_FIXED)
    leave_on = day(required=True, merge=_FIXED)
    minutes = integer(15, 24 * 60, required=True, merge=_FIXED)
    status = choice("asked", "approved", "declined", "cancelled", merge=_SERVER, load_default="asked")
    reason = code(LEAVE_REASONS, merge=_SERVER)
    decided_on = day(merge=_SERVER)
    decided_by = line(64, merge=_SERVER)
