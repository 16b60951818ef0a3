"""An agreed piece of help between two members of a time bank: confirmed by both, then settled in the ledger."""

from mobile_contract.kind import Document, choice, code, day, instant, integer, kind, line, long_text, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import CATEGORIES


@kind(
    "exchange",
    scopes=(
        "timebank:{bank_id}", "timebank:{receiver_bank_id}", "volunteer:{giver_volunteer_id}",
        "volunteer:{receiver_volunteer_id}", "centre:{giver_centre_id}", "centre:{receiver_centre_id}",
    ),
    commands=("confirm_exchange", "decline_exchange", "cancel_exchange", "reverse"),
    personal=True,
    since=5,
)  # fmt: skip
class Exchange(Document):
    """Who helps whom, for how long, and how far it has come. All of it is the server's: members say it by commands.

    bank_id : the giver's bank; receiver_bank_id : the receiver's, empty when it is the same. giver : who helps and
    receives the minutes. session_id : what several exchanges belong to when one gives to many. status : proposed, then
    confirmed by one side, then settled by the other's confirmation; or declined, cancelled, reversed.
    """

    bank_id = reference("bank", required=True, merge=Merge.SERVER)
    receiver_bank_id = reference("bank", merge=Merge.SERVER)
    giver_account_id = reference("account", required=True, merge=Merge.SERVER)
    receiver_account_id = reference("account", required=True, merge=Merge.SERVER)
    giver_volunteer_id = reference("volunteer", merge=Merge.SERVER)
    receiver_volunteer_id = reference("volunteer", merge=Merge.SERVER)
    giver_centre_id = reference(merge=Merge.SERVER)
    receiver_centre_id = reference(merge=Merge.SERVER)
    giver_name = line(200, merge=Merge.SERVER, personal=True)
    receiver_name = line(200, merge=Merge.SERVER, personal=True)
    offer_id = reference("offer", merge=Merge.SERVER)
    request_id = reference("time_request", merge=Merge.SERVER)
    session_id = reference(merge=Merge.SERVER)
    minutes = integer(1, 24 * 60, required=True, merge=Merge.SERVER)
    category = code(CATEGORIES, required=True, merge=Merge.SERVER)
    day_on = day(required=True, merge=Merge.SERVER)
    note = long_text(1000, merge=Merge.SERVER, personal=True)
    proposed_by = choice("giver", "receiver", required=True, merge=Merge.SERVER)
    status = choice(
        "proposed", "confirmed", "settled", "declined", "cancelled", "reversed", required=True, merge=Merge.SERVER
    )
    giver_confirmed_at = instant(merge=Merge.SERVER)
    receiver_confirmed_at = instant(merge=Merge.SERVER)
    transaction_id = reference(merge=Merge.SERVER)
    ended_at = instant(merge=Merge.SERVER)
