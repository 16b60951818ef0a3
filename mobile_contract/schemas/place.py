"""Where something is: the fields that every record with a place shares."""

from typing import ClassVar

from mobile_contract.kind import Document, integer, line

#: The district code of what serves the whole county or is online.
COUNTY = "county"

#: Who moves house has another postcode, another point on the map and perhaps another district, all at once.
_PLACE = ("postcode", "easting", "northing", "district")


class Placed(Document):
    """A place in whole metres of the British National Grid, worked out once by the server or from the phone's table.

    district : GSS code of the local authority district, or ``county``.
    """

    GROUPS: ClassVar = (_PLACE,)

    district = line(9)
    postcode = line(8)
    easting = integer(0, 700_000)
    northing = integer(0, 1_300_000)


class PrivatelyPlaced(Document):
    """Where a person lives: the same fields, personal."""

    GROUPS: ClassVar = (_PLACE,)

    district = line(9, personal=True)
    postcode = line(8, personal=True)
    easting = integer(0, 700_000, personal=True)
    northing = integer(0, 1_300_000, personal=True)
