"""The phones of an account, so that a lost one can be shut out."""

from marshmallow import fields

from mobile_contract.field_types import Instant
from mobile_contract.wire.base import MessageSchema


class DeviceSchema(MessageSchema):
    """One enrolled phone."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    platform = fields.String(required=True)
    enrolled_at = Instant(required=True)
    last_seen_at = Instant(required=True, allow_none=True)
    revoked_at = Instant(required=True, allow_none=True)
    current = fields.Boolean(required=True, metadata={"description": "the phone that asks"})


class DeviceListSchema(MessageSchema):
    """Every phone of the account that asks."""

    devices = fields.List(fields.Nested(DeviceSchema), required=True)
