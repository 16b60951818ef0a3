"""A volunteer opportunity: a role that someone could take on."""

from mobile_contract.kind import choice, code, codes, day, kind, reference, words
from mobile_contract.schemas.candidate import Candidate
from mobile_contract.vocabulary import COMMITMENTS, SKILLS


@kind("opportunity", scopes=("directory:{district}",), writers=("centre", "administrator"))
class Opportunity(Candidate):
    """A volunteer role, once or recurring, near or remote.

    dbs_level, training : what whoever takes it on must hold, as for tasks; trainings by id.
    min_age : of `Candidate`; None for adults only.
    """

    organisation_id = reference("organisation")
    skills = codes(SKILLS)
    commitment = code(COMMITMENTS, load_default="flexible")
    opens_on = day()
    closes_on = day()
    dbs_level = choice("none", "basic", "standard", "enhanced", load_default="none")
    training = words(20, each=64, load_default=list)
