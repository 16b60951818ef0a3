"""Push: the mutations that a phone made, and what became of each.

A mutation's envelope is checked here; its kind and its fields are judged one by one by the sync core. One bad mutation
never holds up the others: one that cannot even be read as such, but says its mid and lseq, is handed on as it came.
"""

from typing import Any, Final

from marshmallow import ValidationError, fields, validate

from mobile_contract.field_types import ID_PATTERN, Counted, Instant, Whole, WholeNumber
from mobile_contract.wire.base import MessageSchema, ProblemSchema, QuickSchema, identifier
from mobile_contract.wire.limits import MAX_MUTATIONS
from mobile_contract.wire.pull import RowSchema
from mobile_contract.wire.spoilt import spoilt_alone

OPERATIONS: Final = ("create", "patch", "delete", "command")
OUTCOMES: Final = ("applied", "merged", "duplicate", "conflict", "rejected", "deferred")
UUID_PATTERN: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
#: Milliseconds since 1970, a counter, and the device: text order is the order of the clock.
HLC_PATTERN: Final = rf"\d{{13}}-[0-9a-f]{{4}}-{ID_PATTERN}"
#: Numbers that every engine holds exactly.
MAX_SAFE_INTEGER: Final = 2**53 - 1


class CommandSchema(MessageSchema):
    """Something that the server alone decides, such as a claim. After `valid_until` it is refused."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=40))
    args = fields.Dict(keys=fields.String(), load_default=dict)
    valid_until = Instant(load_default=None, allow_none=True)


class MutationSchema(MessageSchema):
    """One change made on a phone.

    mid : UUIDv7 in lower case, never used again. lseq : 1, 2, 3… of this device, without holes.
    base : version of the record that was edited, 0 when it is new. set : fields and values; of a set of codes a patch
    gives ``{"add": […], "remove": […]}``, of a counter ``{"delta": n}``.
    """

    mid = fields.String(required=True, validate=Whole(f"^{UUID_PATTERN}$"))
    lseq = WholeNumber(required=True, validate=validate.Range(1, MAX_SAFE_INTEGER))
    kind = fields.String(required=True, validate=validate.Length(min=1, max=40))
    id = identifier(required=True)
    op = fields.String(required=True, validate=validate.OneOf(OPERATIONS))
    base = WholeNumber(load_default=0, validate=validate.Range(0, MAX_SAFE_INTEGER))
    set = fields.Dict(keys=fields.String(), load_default=dict)
    hlc = fields.String(required=True, validate=Whole(f"^{HLC_PATTERN}$"))
    command = fields.Nested(CommandSchema, load_default=None, allow_none=True)


class PushSchema(QuickSchema):
    """The mutations of one device in the order of their lseq.

    schema : the contract version that the phone speaks. ask : mids that were answered ``deferred`` before; the answer
    says under ``later`` what has become of them since.
    """

    device = identifier(required=True)
    sent_at = Instant(required=True)
    schema = WholeNumber(required=True, validate=validate.Range(min=1))
    mutations = Counted(fields.Nested(MutationSchema), MAX_MUTATIONS, "in one push", required=True)
    ask = Counted(fields.String(validate=Whole(f"^{UUID_PATTERN}$")), MAX_MUTATIONS, "in one push", load_default=list)

    def load(self, data: Any, **options: Any) -> Any:
        """Read a push; a mutation that is wrong by itself is given as ``{"sent": …, "wrong": {field: messages}}``."""
        try:
            return super().load(data, **options)
        except ValidationError as error:
            wrong = spoilt_alone(error.messages, data)
            if not wrong:
                raise
        sent = data["mutations"]
        right = super().load({**data, "mutations": [one for place, one in enumerate(sent) if place not in wrong]})
        rest = iter(right["mutations"])
        given = [{"sent": sent[at], "wrong": wrong[at]} if at in wrong else next(rest) for at in range(len(sent))]
        return {**right, "mutations": given}


class FieldConflictSchema(MessageSchema):
    """One field on which two edits met: what came, what was there, what stands, by which rule."""

    field = fields.String(required=True)
    mine = fields.Raw(required=True, allow_none=True)
    theirs = fields.Raw(required=True, allow_none=True)
    kept = fields.Raw(required=True, allow_none=True)
    rule = fields.String(required=True)


class ResultSchema(MessageSchema):
    """What became of one mutation. row : the record as it now is, None when the phone may not see it."""

    mid = fields.String(required=True)
    lseq = fields.Integer(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    version = fields.Integer(required=True)
    row = fields.Nested(RowSchema, required=True, allow_none=True)
    conflicts = fields.List(fields.Nested(FieldConflictSchema), required=True)
    problem = fields.Nested(ProblemSchema, required=True, allow_none=True)


class LaterSchema(MessageSchema):
    """What became of a mutation that was deferred, once that is known."""

    mid = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    problem = fields.Nested(ProblemSchema, required=True, allow_none=True)


class PushAnswerSchema(MessageSchema):
    """An outcome for each mutation, and how far this device's lseq has been answered without a hole.

    clock_offset_ms : server time minus the phone's when that is more than five minutes, so that the phone can say so.
    """

    results = fields.List(fields.Nested(ResultSchema), required=True)
    acked_lseq = fields.Integer(required=True)
    clock_offset_ms = fields.Integer(required=True, allow_none=True)
    later = fields.List(fields.Nested(LaterSchema), required=True)
