"""What was told of a round, or of a month's sessions: counts alone, made once by the server and kept as it is."""

from marshmallow import RAISE, Schema, fields, validate

from mobile_contract.field_types import Text
from mobile_contract.kind import Document, day, kind, line, nested_list, reference
from mobile_contract.merge import Merge

_SERVER = Merge.SERVER


class Count(Schema):
    """One count of households or people. value : None when it is held back."""

    class Meta:
        unknown = RAISE

    table = fields.String(required=True, validate=Text(max=40))
    group = fields.String(required=True, validate=Text(max=64))
    name = fields.String(required=True, validate=Text(max=64))
    value = fields.Integer(required=True, strict=True, allow_none=True, validate=validate.Range(0))


@kind("fieldwork_report", scopes=("fieldwork:{team_id}",), since=5)
class FieldworkReport(Document):
    """A report that never changes, so that two of different days cannot be subtracted from each other.

    team_id, round_id : of a round. month : of the sessions of all teams, such as 2026-10.
    """

    team_id = reference(merge=_SERVER)
    round_id = reference("round", merge=_SERVER)
    month = line(7, merge=_SERVER)
    made_on = day(required=True, merge=_SERVER)
    lines = nested_list(Count, 5000, merge=_SERVER, load_default=list)
