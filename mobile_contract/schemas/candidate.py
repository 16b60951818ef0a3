"""The fields that assets, opportunities and offers share, so that one ranker orders them all."""

from mobile_contract.kind import boolean, choice, code, codes, integer, line, long_text
from mobile_contract.schemas.place import Placed
from mobile_contract.vocabulary import ACCESS, AUDIENCES, CATEGORIES, LANGUAGES


class Candidate(Placed):
    """Something that may suit a person.

    cost_pence : what one session costs the person, None when nobody has said. group_size : people at a usual session,
    1 for one to one. min_age, max_age : years, both ends included. referral_only : False when one may simply turn up.
    """

    name = line(200, required=True)
    description = long_text(4000)
    category = code(CATEGORIES, required=True)
    other_categories = codes(CATEGORIES)
    access = codes(ACCESS)
    languages = codes(LANGUAGES, load_default=lambda: ["en"])
    cost_pence = integer(0, 100_000, load_default=0, allow_none=True)
    group_size = integer(1, 1000)
    min_age = integer(0, 120)
    max_age = integer(0, 120)
    audience = code(AUDIENCES, load_default="anyone")
    online = boolean(load_default=False)
    at_home = boolean(load_default=False)
    referral_only = boolean(load_default=False)
    status = choice("active", "paused", "closed", load_default="active")
    made_up = boolean(load_default=False)
