"""A time-bank offer: what a member will do for credits; never who the member is."""

from mobile_contract.kind import codes, integer, kind, reference
from mobile_contract.schemas.candidate import Candidate
from mobile_contract.vocabulary import SLOTS


@kind("offer", scopes=("directory:{district}",), writers=("centre", "broker", "administrator"), since=4)
class Offer(Candidate):
    """What somebody of a time bank will do for others, as its public list tells it.

    Whoever offers it has no name, number or address here; a place is where it is done, rounded to 100 metres.
    bank_id : the time bank that it is asked for at. organisation_id : who runs the bank. minutes : what it usually
    takes; 60 minutes are one credit. availability : when it can be had, nothing when that has to be agreed. What a
    member offers themselves (`offer_help`) has no place, and an `offer_detail` that says to the bank whose it is.
    """

    bank_id = reference(required=True)
    organisation_id = reference("organisation")
    minutes = integer(5, 24 * 60, required=True)
    availability = codes(SLOTS)
