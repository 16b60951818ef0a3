"""The manifest: what a phone needs to know before it syncs, cheap enough to ask often."""

from typing import Final

from marshmallow import fields, validate

from mobile_contract.field_types import Instant
from mobile_contract.wire.base import MessageSchema

WIPES: Final = ("none", "soft", "hard")


class VersionsSchema(MessageSchema):
    """The oldest contract that the server still serves, and its own."""

    min = fields.Integer(required=True)
    current = fields.Integer(required=True)


class LimitsSchema(MessageSchema):
    """What one request may hold; see ``limits.py``."""

    mutations = fields.Integer(required=True)
    body_bytes = fields.Integer(required=True)
    page_rows = fields.Integer(required=True)
    page_bytes = fields.Integer(required=True)
    journal_days = fields.Integer(required=True)
    device_records_warn = fields.Integer(required=True)
    device_records_max = fields.Integer(required=True)


class ModelSchema(MessageSchema):
    """The ranker that phones should hold."""

    version = fields.String(required=True)
    pack_sha256 = fields.String(required=True)


class ManifestSchema(MessageSchema):
    """What the server tells before a sync.

    wipe : hard asks the phone to forget everything, soft to take its scopes again and keep its outbox.
    live : path of the stream of pokes, null where there is none.
    """

    server_time = Instant(required=True)
    epoch = fields.String(required=True)
    head = fields.Integer(required=True)
    schema = fields.Nested(VersionsSchema, required=True)
    kinds = fields.List(fields.String(), required=True)
    scopes = fields.List(fields.String(), required=True)
    limits = fields.Nested(LimitsSchema, required=True)
    poll_after_s = fields.Integer(required=True)
    live = fields.String(required=True, allow_none=True)
    wipe = fields.String(required=True, validate=validate.OneOf(WIPES))
    model = fields.Nested(ModelSchema, required=True, allow_none=True)
