"""A local authority district: one record each, held by every phone."""

from mobile_contract.kind import Document, integer, kind, line


@kind("district", scopes=("directory:county",), writers=("administrator",))
class District(Document):
    """A district by its name; its id is its GSS code. The place is its centre."""

    name = line(100, required=True)
    easting = integer(0, 700_000)
    northing = integer(0, 1_300_000)
