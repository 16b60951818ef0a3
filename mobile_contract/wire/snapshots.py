"""Snapshots: a scope as it was at a place in the feed, packed once for everybody who begins it."""

from marshmallow import fields, validate

from mobile_contract.field_types import Whole
from mobile_contract.wire.base import MessageSchema
from mobile_contract.wire.limits import MAX_SCOPES

SHA256_PATTERN = "[0-9a-f]{64}"


def sha256(**options: object) -> fields.String:
    """Make the field of a file's SHA-256, which is its address."""
    return fields.String(validate=Whole(f"^{SHA256_PATTERN}$"), **options)  # type: ignore[arg-type] # options are passed on as they came


class SnapshotQuerySchema(MessageSchema):
    """Which scopes, separated by commas; all that are granted when none is named."""

    scopes = fields.String(load_default="", validate=Whole("^[A-Za-z0-9_.:,-]{0,4000}$"))


class SnapshotSchema(MessageSchema):
    """One snapshot. seq : pull goes on from here. sha256, bytes : of the file as it is served, gzipped."""

    scope = fields.String(required=True)
    sha256 = sha256(required=True)
    seq = fields.Integer(required=True)
    epoch = fields.String(required=True)
    schema = fields.Integer(required=True)
    rows = fields.Integer(required=True)
    bytes = fields.Integer(required=True)


class SnapshotListSchema(MessageSchema):
    """The newest snapshot of each granted scope that has a good one."""

    snapshots = fields.List(fields.Nested(SnapshotSchema), required=True)


class SnapshotHeaderSchema(MessageSchema):
    """The first line of a snapshot. checksum : SHA-256 of all bytes after this line, unpacked."""

    tenant = fields.String(required=True)
    scope = fields.String(required=True)
    epoch = fields.String(required=True)
    seq = fields.Integer(required=True)
    schema = fields.Integer(required=True)
    rows = fields.Integer(required=True)
    checksum = sha256(required=True)


def named_scopes() -> "fields.List[str]":
    """Make the field of a list of scopes."""
    one = fields.String(validate=validate.Length(1, 120))
    return fields.List(one, load_default=list, validate=validate.Length(max=MAX_SCOPES))


def loaded_snapshots() -> "fields.List[str]":
    """Make the field of a list of snapshots."""
    return fields.List(sha256(), load_default=list, validate=validate.Length(max=MAX_SCOPES))
