"""What those who referred somebody have to know of what they were referred to: written by the server alone."""

from mobile_contract.kind import Document, choice, code, day, instant, kind, line, reference, time_of_day
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import CANCEL_REASONS

_SERVER = Merge.SERVER


@kind("notice", scopes=("caseload:{team_id}",), personal=True, since=5)
class Notice(Document):
    """A session or all of it is off, for one placement; `withdrawn` once it takes place after all.

    on : the day of the session, the last day of a series that ends, or None. schedule_id : of a session or a series.
    """

    placement_id = reference("placement", required=True, merge=_SERVER)
    person_id = reference("person", required=True, merge=_SERVER)
    team_id = reference(required=True, merge=_SERVER)
    item_kind = line(20, required=True, merge=_SERVER)
    item_id = reference(required=True, merge=_SERVER)
    schedule_id = reference(merge=_SERVER)
    type = choice("session_cancelled", "series_ended", "item_closed", "course_cancelled", required=True, merge=_SERVER)
    on = day(merge=_SERVER)
    from_time = time_of_day(merge=_SERVER)
    reason = code(CANCEL_REASONS, merge=_SERVER)
    note = line(200, merge=_SERVER)
    status = choice("active", "withdrawn", required=True, merge=_SERVER)
    noticed_at = instant(required=True, merge=_SERVER)
