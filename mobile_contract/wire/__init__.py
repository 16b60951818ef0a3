"""What travels between phone and server: one schema a message, unknown fields refused by name."""

from mobile_contract.wire.base import MessageSchema, ProblemSchema
from mobile_contract.wire.devices import DeviceListSchema, DeviceSchema
from mobile_contract.wire.limits import (
    MAX_BODY_BYTES,
    MAX_CURSOR,
    MAX_MUTATIONS,
    MAX_PAGE_BYTES,
    MAX_PAGE_ROWS,
    MAX_SCOPES,
    PAGE_BYTES,
    PAGE_ROWS,
    limits,
)
from mobile_contract.wire.manifest import ManifestSchema
from mobile_contract.wire.pull import PageSchema, PullSchema, RowSchema
from mobile_contract.wire.push import (
    CommandSchema,
    FieldConflictSchema,
    LaterSchema,
    MutationSchema,
    PushAnswerSchema,
    PushSchema,
    ResultSchema,
)
from mobile_contract.wire.session import AccountSchema, EnrolmentSchema, RefreshSchema, SessionSchema, SignInSchema
from mobile_contract.wire.snapshots import (
    SnapshotHeaderSchema,
    SnapshotListSchema,
    SnapshotQuerySchema,
    SnapshotSchema,
)
from mobile_contract.wire.sync import SyncAnswerSchema, SyncSchema
from mobile_contract.wire.verify import ScopeDigestSchema, VerifyAnswerSchema, VerifySchema

__all__ = [
    "MAX_BODY_BYTES", "MAX_CURSOR", "MAX_MUTATIONS", "MAX_PAGE_BYTES", "MAX_PAGE_ROWS", "MAX_SCOPES", "PAGE_BYTES",
    "PAGE_ROWS", "AccountSchema", "CommandSchema", "DeviceListSchema", "DeviceSchema", "EnrolmentSchema",
    "FieldConflictSchema", "LaterSchema", "ManifestSchema", "MessageSchema", "MutationSchema", "PageSchema",
    "ProblemSchema", "PullSchema", "PushAnswerSchema", "PushSchema", "RefreshSchema", "ResultSchema", "RowSchema",
    "ScopeDigestSchema", "SessionSchema", "SignInSchema", "SnapshotHeaderSchema", "SnapshotListSchema",
    "SnapshotQuerySchema", "SnapshotSchema", "SyncAnswerSchema", "SyncSchema", "VerifyAnswerSchema", "VerifySchema",
    "limits",
]  # fmt: skip
