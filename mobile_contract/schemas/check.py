"""A reference or a document that a centre asks for before somebody begins: asked for, received, good until a day."""

from mobile_contract.kind import Document, choice, code, day, kind, line, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import CHECK_TYPES

_FIXED = Merge.IMMUTABLE


@kind("check", scopes=("centre:{centre_id}",), writers=("centre", "administrator"), personal=True, since=5)
class Check(Document):
    """One reference or check of a volunteer, whom it is not shown to: references are given in confidence.

    until_on : the last day on which it is good, None for ever. The level of a background check (DBS) and its last day
    stand with the volunteer, as tasks and roles ask for them. referee : who gave a reference, or what was shown.
    """

    volunteer_id = reference("volunteer", required=True, merge=_FIXED)
    centre_id = reference(required=True, merge=_FIXED)
    type = code(CHECK_TYPES, required=True, merge=_FIXED)
    referee = line(160, personal=True)
    requested_on = day(required=True, merge=_FIXED)
    received_on = day()
    until_on = day()
    status = choice("requested", "received", "unsatisfactory", load_default="requested")
