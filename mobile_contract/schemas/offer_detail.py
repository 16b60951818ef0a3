"""The private part of what a member of a time bank offers: held by the bank and the member."""

from mobile_contract.kind import Document, kind, long_text, reference
from mobile_contract.merge import Merge


@kind(
    "offer_detail",
    scopes=("timebank:{bank_id}", "volunteer:{volunteer_id}", "centre:{centre_id}"),
    commands=("withdraw_offer",),
    personal=True,
    since=5,
)
class OfferDetail(Document):
    """Whose offer it is. It has the id of its offer."""

    offer_id = reference("offer", required=True, merge=Merge.SERVER)
    account_id = reference("account", required=True, merge=Merge.SERVER)
    bank_id = reference("bank", required=True, merge=Merge.SERVER)
    volunteer_id = reference("volunteer", merge=Merge.SERVER)
    centre_id = reference(merge=Merge.SERVER)
    note = long_text(1000, merge=Merge.SERVER, personal=True)
