"""The postcodes of one sector in one district, so that a phone finds a place without a signal."""

from marshmallow import fields, validate

from mobile_contract.field_types import Whole
from mobile_contract.kind import Document, kind, line
from mobile_contract.merge import Merge


@kind("postcode_sector", scopes=("directory:{district}",), writers=("administrator",))
class PostcodeSector(Document):
    """A sector such as ``CM1 4``; its id is ``<district>.<outward>-<sector digit>``.

    units : the last two letters of each postcode → [easting, northing] in whole metres.
    """

    district = line(9, required=True)
    sector = line(6, required=True)
    units = fields.Dict(
        keys=fields.String(validate=Whole(r"^[A-Z]{2}$")),
        values=fields.List(fields.Integer(strict=True), validate=validate.Length(equal=2)),
        required=True,
        metadata={"merge": Merge.SCALAR, "personal": False},
    )
