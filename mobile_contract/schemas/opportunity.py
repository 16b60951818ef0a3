"""A volunteer opportunity: a role that someone could take on."""

from mobile_contract.kind import code, codes, day, kind, reference
from mobile_contract.schemas.candidate import Candidate
from mobile_contract.vocabulary import COMMITMENTS, SKILLS


@kind("opportunity", scopes=("directory:{district}",), writers=("centre", "administrator"))
class Opportunity(Candidate):
    """A volunteer role, once or recurring, near or remote."""

    organisation_id = reference("organisation")
    skills = codes(SKILLS)
    commitment = code(COMMITMENTS, load_default="flexible")
    opens_on = day()
    closes_on = day()
