"""A volunteer: what they can do, when and how far."""

from mobile_contract.kind import (
    Document,
    birthday,
    boolean,
    choice,
    code,
    codes,
    day,
    integer,
    kind,
    line,
    name,
    nested_list,
    reference,
    time_of_day,
)
from mobile_contract.merge import Merge
from mobile_contract.schemas.place import PrivatelyPlaced
from mobile_contract.vocabulary import COMMITMENTS, LANGUAGES, SKILLS, SLOTS, TRAVEL

#: Nobody vouches for themselves.
_STAFF = ("centre", "administrator")


class Trained(Document):
    """A training that is held. until_on : the last day on which it is good, None for ever."""

    training_id = reference(required=True)
    until_on = day()


@kind(
    "volunteer",
    scopes=("volunteer:{id}", "centre:{centre_id}"),
    writers=("volunteer", "centre", "administrator"),
    personal=True,
)
class Volunteer(PrivatelyPlaced):
    """Someone who gives time.

    quiet_from, quiet_until : local times between which they are not to be asked about tasks, over midnight when the
    first is the later one; None for the usual ones, equal for never quiet.
    trained : the trainings that a centre has verified, each once, as the completions say; what has run out stays with
    its day.
    employer_id : whose staff they are, if they volunteer in working time.
    guardian_until_on : of somebody under 18, the last day on which a guardian's consent holds; None without one.
    """

    centre_id = reference(required=True, writers=_STAFF)
    given_name = name(80, required=True, personal=True)
    family_name = name(80, required=True, personal=True)
    phone = line(40, personal=True)
    email = line(200, personal=True)
    skills = codes(SKILLS, personal=True)
    languages = codes(LANGUAGES, personal=True)
    availability = codes(SLOTS, personal=True)
    travel = code(TRAVEL, personal=True)
    max_km = integer(0, 200, personal=True)
    birth_on = birthday(personal=True, writers=_STAFF)
    employer_id = reference(writers=_STAFF)
    guardian_until_on = day(merge=Merge.SERVER)
    commitment = code(COMMITMENTS, load_default="flexible")
    dbs_level = choice("none", "basic", "standard", "enhanced", load_default="none", writers=_STAFF)
    dbs_until_on = day(writers=_STAFF)
    paused_until_on = day()
    quiet_from = time_of_day(personal=True)
    quiet_until = time_of_day(personal=True)
    trained = nested_list(Trained, 200, merge=Merge.SERVER, load_default=list)
    status = choice("enquiry", "active", "paused", "left", load_default="active", writers=_STAFF)
    made_up = boolean(load_default=False)
