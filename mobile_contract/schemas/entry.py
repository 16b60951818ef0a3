"""A line of an account's statement: written by the server with each transaction of the ledger, for the owner."""

from mobile_contract.kind import Document, choice, code, day, instant, integer, kind, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import CATEGORIES


@kind(
    "entry",
    scopes=("timebank:{bank_id}", "volunteer:{volunteer_id}", "centre:{centre_id}"),
    commands=("reverse",),
    personal=True,
    since=5,
)
class Entry(Document):
    """What one transaction did to one account. It never changes, but for the note that it was taken back.

    minutes : in is above 0. balance_min : afterwards. reverses_id : the transaction that this one takes back.
    """

    account_id = reference("account", required=True, merge=Merge.SERVER)
    bank_id = reference("bank", required=True, merge=Merge.SERVER)
    volunteer_id = reference("volunteer", merge=Merge.SERVER)
    centre_id = reference(merge=Merge.SERVER)
    transaction_id = reference(required=True, merge=Merge.SERVER)
    type = choice("exchange", "session", "transfer", "donation", "task", "reversal", required=True, merge=Merge.SERVER)
    minutes = integer(-(2**31), required=True, merge=Merge.SERVER)
    balance_min = integer(-(2**31), required=True, merge=Merge.SERVER)
    category = code(CATEGORIES, required=True, merge=Merge.SERVER)
    day_on = day(required=True, merge=Merge.SERVER)
    posted_at = instant(required=True, merge=Merge.SERVER)
    about_id = reference(merge=Merge.SERVER)
    reverses_id = reference(merge=Merge.SERVER)
    reversed_at = instant(merge=Merge.SERVER)
