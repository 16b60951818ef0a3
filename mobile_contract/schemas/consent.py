"""What a person has agreed to: the most restrictive of two edits wins."""

from mobile_contract.kind import Document, choice, day, kind, reference, restrict
from mobile_contract.merge import Merge


@kind("consent", scopes=("caseload:{team_id}",), writers=("prescriber", "outreach", "administrator"), personal=True)
class Consent(Document):
    """Purposes a person agreed to and what may be shared."""

    person_id = reference("person", required=True, merge=Merge.IMMUTABLE)
    team_id = reference(required=True)
    keep_record = restrict(True, False, load_default=False)
    share_with_providers = restrict("name_and_needs", "codes_only", "nothing", load_default="nothing")
    use_for_improvement = restrict(True, False, load_default=False)
    method = choice("spoken", "signed", "online", load_default="spoken")
    given_on = day()
