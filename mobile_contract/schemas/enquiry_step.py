"""One step of an enquiry: written by the server, never changed; it names no volunteer, so that counts outlive them."""

from mobile_contract.kind import Document, code, day, integer, kind, line, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import ORIGINS, STEP_REASONS, STEPS

_SERVER = Merge.SERVER


@kind("enquiry_step", scopes=("centre:{centre_id}",), since=5)
class EnquiryStep(Document):
    """A step forwards, back or to an end. number : from 1, which is the enquiry itself and says its origin.

    from_step : the step before, None for the first. reason : why it ended or went back. by_account : who wrote it.
    """

    enquiry_id = reference("enquiry", merge=_SERVER, required=True)
    centre_id = reference(merge=_SERVER, required=True)
    number = integer(1, 100_000, merge=_SERVER, required=True)
    step = code(STEPS, merge=_SERVER, required=True)
    from_step = code(STEPS, merge=_SERVER)
    stepped_on = day(merge=_SERVER, required=True)
    reason = code(STEP_REASONS, merge=_SERVER)
    origin = code(ORIGINS, merge=_SERVER)
    opportunity_id = reference(merge=_SERVER)
    by_account = line(64, merge=_SERVER)
