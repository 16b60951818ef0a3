"""An organisation asks for volunteers or for a skill; the centre publishes it as a role, or says why not."""

from mobile_contract.kind import boolean, choice, code, codes, day, integer, kind, line, long_text, reference, words
from mobile_contract.merge import Merge
from mobile_contract.schemas.place import Placed
from mobile_contract.vocabulary import CATEGORIES, COMMITMENTS, REQUEST_REASONS, ROLE_TYPES, SKILLS

_SERVER = Merge.SERVER


@kind(
    "role_request",
    scopes=("centre:{centre_id}",),
    writers=("centre", "administrator"),
    commands=("publish_request", "decline_request"),
    since=5,
)
class RoleRequest(Placed):
    """What is asked for, as it would be published. online : it can be done from anywhere. wanted : how many people.

    opportunity_id : the role that was made of it.
    """

    centre_id = reference(required=True, merge=Merge.IMMUTABLE)
    organisation_id = reference("organisation", required=True)
    name = line(200, required=True)
    description = long_text(4000)
    category = code(CATEGORIES, required=True)
    skills = codes(SKILLS)
    commitment = code(COMMITMENTS, load_default="flexible")
    role_type = code(ROLE_TYPES, load_default="recurring")
    online = boolean(load_default=False)
    wanted = integer(1, 1000, load_default=1)
    min_age = integer(0, 120)
    dbs_level = choice("none", "basic", "standard", "enhanced", load_default="none")
    training = words(20, each=64, load_default=list)
    asked_on = day(required=True)
    closes_on = day()
    status = choice("asked", "published", "declined", merge=_SERVER, load_default="asked")
    reason = code(REQUEST_REASONS, merge=_SERVER)
    opportunity_id = reference(merge=_SERVER)
