"""What was said and done: written once; a correction is a new note."""

from mobile_contract.kind import (
    Document,
    choice,
    instant,
    kind,
    line,
    long_text,
    reference,
)
from mobile_contract.merge import Merge

_FIXED = Merge.IMMUTABLE


@kind("note", scopes=("caseload:{team_id}",), writers=("prescriber", "outreach"), personal=True)
class Note(Document):
    """A note or a contact with the person."""

    person_id = reference("person", required=True, merge=_FIXED)
    referral_id = reference("referral", merge=_FIXED)
    team_id = reference(required=True, merge=_FIXED)
    type = choice("note", "call", "visit", "message", "letter", required=True, merge=_FIXED)
    text = long_text(4000, required=True, personal=True, merge=_FIXED)
    written_at = instant(required=True, past=True, merge=_FIXED)
    author_name = line(120, merge=_FIXED)
