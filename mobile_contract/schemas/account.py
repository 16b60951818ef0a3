"""An account in a time bank: a person's, a group's, an organisation's or the community pot."""

from mobile_contract.kind import Document, boolean, choice, instant, integer, kind, name, reference
from mobile_contract.merge import Merge


@kind(
    "account",
    scopes=("timebank:{bank_id}", "volunteer:{volunteer_id}", "centre:{centre_id}"),
    commands=("propose_exchange", "log_session", "transfer", "donate", "ask_help", "offer_help", "close_account"),
    personal=True,
    since=5,
)
class Account(Document):
    """How many minutes somebody has, as the server's ledger says; its id is the number that members give each other.

    owner_kind, owner_id : whose it is: a volunteer, an organisation or the bank itself. volunteer_id, centre_id : on
    whose phones it is besides the bank's. balance_min : from floor_min to ceiling_min, always.
    """

    bank_id = reference("bank", required=True, merge=Merge.SERVER)
    type = choice("person", "group", "organisation", "pot", required=True, merge=Merge.SERVER)
    owner_kind = choice("volunteer", "organisation", "bank", required=True, merge=Merge.SERVER)
    owner_id = reference(required=True, kind_in="owner_kind", merge=Merge.SERVER)
    volunteer_id = reference("volunteer", merge=Merge.SERVER)
    centre_id = reference(merge=Merge.SERVER)
    name = name(200, required=True, merge=Merge.SERVER, personal=True)
    balance_min = integer(-(2**31), merge=Merge.SERVER, load_default=0)
    floor_min = integer(-(2**31), merge=Merge.SERVER, load_default=-600)
    ceiling_min = integer(merge=Merge.SERVER, load_default=3000)
    status = choice("open", "closed", merge=Merge.SERVER, load_default="open")
    opened_at = instant(required=True, merge=Merge.SERVER)
    made_up = boolean(merge=Merge.SERVER, load_default=False)
