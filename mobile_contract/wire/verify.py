"""Verify: does the phone hold what the server has for it? Counts and digests, no documents."""

from marshmallow import fields, validate

from mobile_contract.field_types import Whole, WholeNumber
from mobile_contract.wire.base import MessageSchema
from mobile_contract.wire.limits import MAX_CURSOR, MAX_SCOPES


class ScopeDigestSchema(MessageSchema):
    """What the phone holds of a scope.

    digest : the first 16 bytes of SHA-256 of "kind, newline, id, newline, version" of each record, XORed together, in
    32 hexadecimal digits; 32 zeros for none.
    """

    count = WholeNumber(required=True, validate=validate.Range(min=0))
    digest = fields.String(required=True, validate=Whole("^[0-9a-f]{32}$"))


class VerifySchema(MessageSchema):
    """Where the phone is, and what it holds of each scope."""

    cursor = fields.String(required=True, validate=validate.Length(1, MAX_CURSOR))
    scopes = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 120)),
        values=fields.Nested(ScopeDigestSchema),
        required=True,
        validate=validate.Length(max=MAX_SCOPES),
    )


class VerifyAnswerSchema(MessageSchema):
    """at_head : the phone has every change of its scopes, so that the rest can be judged at all.

    mismatched : scopes to be taken again, by naming them in `retake` of the next pull.
    """

    at_head = fields.Boolean(required=True)
    mismatched = fields.List(fields.String(), required=True)
