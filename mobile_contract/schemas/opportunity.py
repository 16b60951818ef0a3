"""A volunteer opportunity: a role that someone could take on."""

from mobile_contract.kind import choice, code, codes, day, kind, reference, words
from mobile_contract.schemas.candidate import Candidate
from mobile_contract.vocabulary import COMMITMENTS, ROLE_TYPES, SKILLS


@kind(
    "opportunity",
    scopes=("directory:{district}",),
    writers=("centre", "administrator"),
    commands=("express_interest",),
)
class Opportunity(Candidate):
    """A volunteer role, once or recurring, near or remote.

    dbs_level, training : what whoever takes it on must hold, as for tasks; trainings by id.
    role_type : the sort of role; `online` says that it can be done from anywhere. min_age : of `Candidate`; None for
    adults only.
    """

    role_type = code(ROLE_TYPES)
    organisation_id = reference("organisation")
    skills = codes(SKILLS)
    commitment = code(COMMITMENTS, load_default="flexible")
    opens_on = day()
    closes_on = day()
    dbs_level = choice("none", "basic", "standard", "enhanced", load_default="none")
    training = words(20, each=64, load_default=list)
