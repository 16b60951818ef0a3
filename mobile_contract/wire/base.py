"""What every message shares: unknown fields are refused by name, and a problem has one shape."""

from typing import Any, Final

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from mobile_contract.accept import UNSURE, acceptor
from mobile_contract.field_types import ID_PATTERN, Whole

REMEDIES: Final = ("fix", "sign-in", "drop", "pull", "snapshot", "upgrade", "wait", "wipe")

#: As much of a name that nobody knows is repeated.
_LONGEST_NAME: Final = 60


class MessageSchema(Schema):
    """A message in which nothing may be unknown."""

    class Meta:
        unknown = RAISE

    def handle_error(self, error: ValidationError, data: Any, *, many: bool, **_: Any) -> None:
        """Name places in lists by text, as the messages travel as JSON."""
        error.messages = _as_json(error.messages)


class QuickSchema(MessageSchema):
    """A message that comes so often that marshmallow is asked only about what is not surely right."""

    def load(self, data: Any, **options: Any) -> Any:
        """Read a message; raises ValidationError when it is not right."""
        clean = UNSURE if any(options.values()) else acceptor(type(self))(data)
        return super().load(data, **options) if clean is UNSURE else clean


def _as_json(messages: Any) -> Any:
    if not isinstance(messages, dict):
        return messages
    return {str(name)[:_LONGEST_NAME]: _as_json(inner) for name, inner in messages.items()}


class ProblemSchema(MessageSchema):
    """RFC 9457 problem+json with a remedy: what the phone should do next."""

    type = fields.String(required=True, metadata={"description": "/problems/<slug>, a page that explains it"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    remedy = fields.String(required=True, validate=validate.OneOf(REMEDIES))
    errors = fields.Dict(keys=fields.String(), metadata={"description": "field → messages"})


def identifier(**options: object) -> fields.String:
    """Make the field of a record's or a device's id."""
    return fields.String(validate=Whole(f"^{ID_PATTERN}$"), **options)  # type: ignore[arg-type] # options are passed on as they came
