"""What answers of both rankers have in common: for a person with a referral, and between volunteers and tasks."""

from marshmallow import Schema, fields


class ReasonSchema(Schema):
    """A plain sentence, and what its family of features added to the score: below 0 it speaks against."""

    text = fields.String(required=True)
    contribution = fields.Float(required=True)


class LineSchema(Schema):
    """One line of what was ranked: where it stands, with which chance it stands there, and why."""

    kind = fields.String(required=True)
    id = fields.String(required=True)
    position = fields.Integer(required=True)
    score = fields.Float(required=True)
    propensity = fields.Float(required=True)
    reasons = fields.List(fields.Nested(ReasonSchema), required=True)
    contributions = fields.Dict(keys=fields.String(), values=fields.Float(), required=True)
    change = fields.String(required=True, allow_none=True)
    distance_km = fields.Float(required=True, allow_none=True)


class RuledOutSchema(Schema):
    """What may not be offered, by which rule, and what would bring it back."""

    kind = fields.String(required=True)
    id = fields.String(required=True)
    rule = fields.String(required=True)
    text = fields.String(required=True)
    change = fields.String(required=True, allow_none=True)


class RankedSchema(Schema):
    """What was ranked by what, and what a rule kept off the list."""

    excluded = fields.List(fields.Nested(RuledOutSchema), required=True)
    model_version = fields.String(required=True)
    pack_sha256 = fields.String(required=True, allow_none=True)
    policy = fields.String(required=True)
    base = fields.Float(required=True)
    notice = fields.String(required=True, allow_none=True)
