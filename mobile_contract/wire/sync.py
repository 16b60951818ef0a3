"""Push and pull in one round trip, for thin signals."""

from marshmallow import fields

from mobile_contract.wire.base import MessageSchema
from mobile_contract.wire.pull import PageSchema, PullSchema
from mobile_contract.wire.push import PushAnswerSchema, PushSchema


class SyncSchema(MessageSchema):
    """A push, then a pull that already sees it."""

    push = fields.Nested(PushSchema, required=True)
    pull = fields.Nested(PullSchema, required=True)


class SyncAnswerSchema(MessageSchema):
    """The answers to both."""

    push = fields.Nested(PushAnswerSchema, required=True)
    pull = fields.Nested(PageSchema, required=True)
