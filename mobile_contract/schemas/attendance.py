"""Whether somebody came to one session: one record for each placement and day, whoever writes it."""

from mobile_contract.kind import Document, choice, day, kind, reference
from mobile_contract.merge import Merge

_FIXED = Merge.IMMUTABLE


@kind("attendance", scopes=("caseload:{team_id}",), writers=("prescriber", "outreach"), personal=True, since=5)
class Attendance(Document):
    """One line of a register. Its id is the placement's, a full stop and the day, so that two phones write one."""

    placement_id = reference("placement", required=True, merge=_FIXED)
    person_id = reference("person", required=True, merge=_FIXED)
    team_id = reference(required=True)
    on = day(required=True, merge=_FIXED)
    state = choice("came", "absent", "excused", required=True)
