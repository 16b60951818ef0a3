"""Pull: what changed since a cursor, in the scopes that the device may hold."""

from typing import Final

from marshmallow import fields, validate

from mobile_contract.field_types import WholeNumber
from mobile_contract.wire.base import MessageSchema, ProblemSchema, QuickSchema
from mobile_contract.wire.limits import MAX_CURSOR, MAX_PAGE_BYTES, MAX_PAGE_ROWS, PAGE_BYTES, PAGE_ROWS
from mobile_contract.wire.snapshots import loaded_snapshots, named_scopes

ROW_OPERATIONS: Final = ("put", "del", "out")


class PullSchema(QuickSchema):
    """Where the phone is: `cursor` is the opaque token of its last page, None for a first pull.

    schema : the contract that the phone speaks; one that says nothing speaks the first.
    snapshots : those that the phone has loaded; scopes that the cursor lacks go on from there.
    retake : scopes to begin again from nothing; the phone has dropped what only they held.
    """

    cursor = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=MAX_CURSOR))
    limit = WholeNumber(load_default=PAGE_ROWS, validate=validate.Range(1, MAX_PAGE_ROWS))
    max_bytes = WholeNumber(load_default=PAGE_BYTES, validate=validate.Range(1_024, MAX_PAGE_BYTES))
    schema = WholeNumber(load_default=1, validate=validate.Range(min=1))
    snapshots = loaded_snapshots()
    retake = named_scopes()


class RowSchema(MessageSchema):
    """A record as it now is: kind, id, version, put · del · out, and its document when put."""

    k = fields.String(required=True)
    i = fields.String(required=True)
    v = fields.Integer(required=True)
    op = fields.String(required=True, validate=validate.OneOf(ROW_OPERATIONS))
    d = fields.Dict(keys=fields.String(), required=True, allow_none=True)


class BudgetSchema(MessageSchema):
    """How much the device holds, when that was counted: with a new scope, and for as long as some do not fit.

    records : in the scopes that it takes; one in two counts twice. warn : more than is good for it. refused : scopes
    that do not fit, in the order in which they would come; `problem` is then ``device-full``.
    """

    records = fields.Integer(required=True)
    warn = fields.Boolean(required=True)
    refused = fields.List(fields.String(), required=True)
    problem = fields.Nested(ProblemSchema, required=True, allow_none=True)


class PageSchema(MessageSchema):
    """One page of changes. Evict first, apply the rows, store the cursor last.

    more : ask again at once. consistent : this page reaches the head. evict : scopes that the device lost.
    poll_after_s : seconds until it is worth asking again, spread so that phones do not come all at once; 0 with `more`.
    """

    cursor = fields.String(required=True)
    more = fields.Boolean(required=True)
    consistent = fields.Boolean(required=True)
    evict = fields.List(fields.String(), required=True)
    rows = fields.List(fields.Nested(RowSchema), required=True)
    acked_lseq = fields.Integer(required=True)
    poll_after_s = fields.Integer(required=True)
    budget = fields.Nested(BudgetSchema, required=True, allow_none=True)
