"""A session of detached youth work: where, when, how many of which age, what they spoke of."""

from typing import ClassVar

from marshmallow import fields

from mobile_contract.kind import (
    Document,
    boolean,
    codes,
    day,
    hundreds,
    integer,
    kind,
    line,
    long_text,
    name,
    reference,
    words,
)
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import THEMES


def _people() -> fields.Integer:
    """Make a count that two workers add to, each their own."""
    return integer(0, 1000, merge=Merge.DELTA, load_default=0)


@kind("session_log", scopes=("fieldwork:{team_id}",), writers=("outreach", "administrator"), since=5)
class SessionLog(Document):
    """One session. There is no field for a total: it is the sum of the ages, worked out wherever it is shown.

    place : a park, a square, never a home. minutes : how long. workers : who was there. age_… : people met by age.
    onward : referrals that came of it; never whose. helpers : ids of volunteers who helped, of the centre `centre_id`:
    a time bank that credits its work credits them these minutes, each once.
    """

    GROUPS: ClassVar = (("easting", "northing"),)

    team_id = reference(required=True, merge=Merge.IMMUTABLE)
    held_on = day(required=True)
    place = name(120, required=True)
    district = line(9)
    area = line(9)
    easting = hundreds(700_000)
    northing = hundreds(1_300_000)
    minutes = integer(1, 24 * 60)
    workers = words(20, 80, load_default=list)
    helpers = words(20, 64, load_default=list)
    centre_id = reference()
    age_under_16 = _people()
    age_16_17 = _people()
    age_18_24 = _people()
    age_25_34 = _people()
    age_35_44 = _people()
    age_45_54 = _people()
    age_55_64 = _people()
    age_65_74 = _people()
    age_75_84 = _people()
    age_85_over = _people()
    age_not_known = _people()
    themes = codes(THEMES)
    said = long_text(4000, personal=True)
    onward = integer(0, 100, merge=Merge.DELTA, load_default=0)
    made_up = boolean(load_default=False)
