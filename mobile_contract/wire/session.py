"""Sign-in and refresh: a password once per phone, then short access tokens and a rotating refresh token."""

from marshmallow import fields, validate

from mobile_contract.field_types import Instant, Whole
from mobile_contract.wire.base import MessageSchema, identifier

#: Text without the null character, which PostgreSQL cannot keep.
_KEPT = Whole(r"^[^\x00]*$")


class EnrolmentSchema(MessageSchema):
    """The phone that signs in: an id it made itself, and words by which its owner knows it."""

    id = identifier(required=True)
    name = fields.String(required=True, validate=[validate.Length(min=1, max=80), _KEPT])
    platform = fields.String(load_default="", validate=[validate.Length(max=80), _KEPT])


class SignInSchema(MessageSchema):
    """Who signs in, on which phone."""

    username = fields.String(required=True, validate=[validate.Length(min=1, max=120), _KEPT])
    password = fields.String(required=True, load_only=True, validate=validate.Length(min=1, max=1_024))
    device = fields.Nested(EnrolmentSchema, required=True)


class RefreshSchema(MessageSchema):
    """The refresh token of the last answer; each is good once, with a short grace for lost answers."""

    refresh_token = fields.String(required=True, load_only=True, validate=validate.Length(min=1, max=4_096))


class AccountSchema(MessageSchema):
    """Who is signed in, as the app needs to know it."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    username = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    volunteer_id = fields.String(required=True, allow_none=True)
    team_ids = fields.List(fields.String(), required=True)
    districts = fields.List(fields.String(), required=True)
    centre_ids = fields.List(fields.String(), required=True)
    bank_ids = fields.List(fields.String(), required=True)
    hub_ids = fields.List(fields.String(), required=True)
    employer_ids = fields.List(fields.String(), required=True)
    asset_ids = fields.List(fields.String(), required=True)


class SessionSchema(MessageSchema):
    """What a sign-in and a refresh answer."""

    account = fields.Nested(AccountSchema, required=True)
    tenant = fields.String(required=True)
    device_id = fields.String(required=True)
    scopes = fields.List(fields.String(), required=True)
    access_token = fields.String(required=True)
    access_expires_at = Instant(required=True)
    refresh_token = fields.String(required=True)
