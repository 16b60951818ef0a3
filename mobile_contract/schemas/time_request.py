"""What a member of a time bank asks for, as everybody may read it; never who the member is."""

from mobile_contract.kind import Document, choice, code, codes, instant, integer, kind, line, name, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import CATEGORIES, SLOTS


@kind("time_request", scopes=("directory:{district}", "timebank:{bank_id}"), since=5)
class TimeRequest(Document):
    """The public part of a request; its `request_detail` says whose it is to the bank and to the member alone."""

    bank_id = reference("bank", required=True, merge=Merge.SERVER)
    district = line(9, required=True, merge=Merge.SERVER)
    name = name(120, required=True, merge=Merge.SERVER)
    category = code(CATEGORIES, required=True, merge=Merge.SERVER)
    minutes = integer(5, 24 * 60, required=True, merge=Merge.SERVER)
    availability = codes(SLOTS, merge=Merge.SERVER)
    status = choice("open", "answered", "withdrawn", required=True, merge=Merge.SERVER)
    asked_at = instant(required=True, merge=Merge.SERVER)
