"""A dwelling on a round: a number on the list, and roughly where; never who lives there."""

from typing import ClassVar

from mobile_contract.kind import Document, hundreds, integer, kind, line, reference
from mobile_contract.merge import Merge


@kind("household", scopes=("fieldwork:{team_id}",), writers=("outreach", "administrator"), since=5)
class Household(Document):
    """One door. There is no field for a name or an address, and the place is rounded to 100 metres.

    number : its line on the round's list, by which a worker finds the door; the list itself stays on paper.
    area : GSS code of the small area that its coverage counts in.
    """

    GROUPS: ClassVar = (("easting", "northing"),)

    round_id = reference("round", required=True, merge=Merge.IMMUTABLE)
    team_id = reference(required=True, merge=Merge.IMMUTABLE)
    number = integer(1, 100_000, required=True)
    area = line(9)
    easting = hundreds(700_000)
    northing = hundreds(1_300_000)
