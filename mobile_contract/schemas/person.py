"""A person who is supported."""

from mobile_contract.kind import (
    birthday,
    boolean,
    code,
    codes,
    integer,
    kind,
    line,
    long_text,
    name,
    reference,
    restrict,
)
from mobile_contract.schemas.place import PrivatelyPlaced
from mobile_contract.vocabulary import (
    ACCESS,
    AGE_BANDS,
    AUDIENCES,
    CHANNELS,
    GROUP_PREFERENCES,
    LANGUAGES,
    SLOTS,
    TRAVEL,
)


@kind(
    "person",
    scopes=("caseload:{team_id}",),
    writers=("prescriber", "outreach", "administrator"),
    commands=("erase",),
    personal=True,
)
class Person(PrivatelyPlaced):
    """Who is supported: how to reach them, what they need to take part, what matters to them.

    max_km : how far they will travel. audience : groups for only some that they may join.
    """

    team_id = reference(required=True)
    given_name = name(80, required=True, personal=True)
    family_name = name(80, required=True, personal=True)
    birth_on = birthday(personal=True)
    age_band = code(AGE_BANDS, personal=True)
    phone = line(40, personal=True)
    email = line(200, personal=True)
    address = line(300, personal=True)
    channel = code(CHANNELS, personal=True)
    languages = codes(LANGUAGES, personal=True)
    access_needs = codes(ACCESS, personal=True)
    travel = code(TRAVEL, personal=True)
    max_km = integer(0, 200, personal=True)
    availability = codes(SLOTS, personal=True)
    group_preference = code(GROUP_PREFERENCES, personal=True, load_default="any")
    audience = code(AUDIENCES, personal=True, load_default="anyone")
    online_ok = boolean(personal=True, load_default=False)
    what_matters = long_text(4000, personal=True)
    do_not_contact = restrict(False, True, load_default=False)
    made_up = boolean(load_default=False)
