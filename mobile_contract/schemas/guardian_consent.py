"""A guardian lets somebody under 18 volunteer: who, when, and until when; one without it takes on nothing."""

from mobile_contract.kind import Document, choice, code, day, kind, line, name, reference, restrict
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import GUARDIANS

_FIXED = Merge.IMMUTABLE


@kind(
    "guardian_consent",
    scopes=("centre:{centre_id}", "volunteer:{volunteer_id}"),
    writers=("centre", "administrator"),
    personal=True,
    since=5,
)
class GuardianConsent(Document):
    """What one guardian said. A longer time is another consent; of several, a withdrawal stands until a later one.

    until_on : the last day on which it holds. withdrawn_on : filled in by the server where nobody did.
    """

    volunteer_id = reference("volunteer", required=True, merge=_FIXED)
    centre_id = reference(required=True, merge=_FIXED)
    guardian_name = name(160, required=True, personal=True)
    relation = code(GUARDIANS, required=True, personal=True)
    phone = line(40, personal=True)
    agreed = restrict(True, False, load_default=False)
    method = choice("spoken", "signed", "online", load_default="signed")
    given_on = day(required=True, merge=_FIXED)
    until_on = day(required=True, merge=_FIXED)
    withdrawn_on = day()
