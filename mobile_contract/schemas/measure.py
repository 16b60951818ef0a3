"""A wellbeing measure, taken once."""

from mobile_contract.kind import Document, choice, day, integer, kind, reference
from mobile_contract.merge import Merge

_FIXED = Merge.IMMUTABLE


@kind("measure", scopes=("caseload:{team_id}",), writers=("prescriber", "outreach"), personal=True)
class Measure(Document):
    """The four ONS personal wellbeing questions (0 to 10) or the direct loneliness question (1 often to 5 never)."""

    person_id = reference("person", required=True, merge=_FIXED)
    referral_id = reference("referral", merge=_FIXED)
    team_id = reference(required=True, merge=_FIXED)
    instrument = choice("ons4", "loneliness", required=True, merge=_FIXED)
    stage = choice("baseline", "follow_up", required=True, merge=_FIXED)
    taken_on = day(required=True, merge=_FIXED)
    satisfied = integer(0, 10, merge=_FIXED, personal=True)
    worthwhile = integer(0, 10, merge=_FIXED, personal=True)
    happy = integer(0, 10, merge=_FIXED, personal=True)
    anxious = integer(0, 10, merge=_FIXED, personal=True)
    lonely = integer(1, 5, merge=_FIXED, personal=True)
