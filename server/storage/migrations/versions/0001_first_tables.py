"""The first tables: records and their feed, what only one can have, accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    _account()
    _attempt()
    _capacity()
    _conflict()
    _deferred()
    _device()
    _device_log()
    _feed()
    _head()
    _place()
    _quarantine()
    _receipt()
    _record()
    _refresh_token()
    _scope_grant()
    _task_claim()


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("id", name(64), nullable=False),
        sa.Column("username", name(120), nullable=False),
        sa.Column("name", name(200), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("volunteer_id", name(64)),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", name(32), nullable=False),
        sa.Column("disabled_at", name(32)),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("username", name="uq_account_username"),
    )


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", name(200), nullable=False),
        sa.Column("at", name(32), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_attempt"),
    )
    op.create_index("ix_attempt_key_at", "attempt", ["key", "at"])


def _capacity() -> None:
    op.create_table(
        "capacity",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("item_id", name(64), nullable=False),
        sa.Column("total", sa.Integer()),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0 AND (total IS NULL OR taken <= total)", name="ck_capacity_never_over"),
        sa.PrimaryKeyConstraint("tenant", "item_id", name="pk_capacity"),
    )


def _conflict() -> None:
    op.create_table(
        "conflict",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("id", name(64), nullable=False),
        sa.Column("record_kind", name(40), nullable=False),
        sa.Column("record_id", name(64), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_conflict"),
    )
    op.create_index("ix_conflict_tenant_record_kind_record_id", "conflict", ["tenant", "record_kind", "record_id"])


def _deferred() -> None:
    op.create_table(
        "deferred",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("device", name(64), nullable=False),
        sa.Column("mid", name(64), nullable=False),
        sa.Column("parent_kind", name(40), nullable=False),
        sa.Column("parent_id", name(64), nullable=False),
        sa.Column("lseq", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("principal", sa.JSON(), nullable=False),
        sa.Column("received_at", name(32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "device", "mid", name="pk_deferred"),
    )
    op.create_index("ix_deferred_tenant_parent_kind_parent_id", "deferred", ["tenant", "parent_kind", "parent_id"])


def _device() -> None:
    op.create_table(
        "device",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("id", name(64), nullable=False),
        sa.Column("account_id", name(64), nullable=False),
        sa.Column("name", name(200), nullable=False),
        sa.Column("platform", name(60), nullable=False),
        sa.Column("enrolled_at", name(32), nullable=False),
        sa.Column("last_seen_at", name(32)),
        sa.Column("revoked_at", name(32)),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
    )
    op.create_index("ix_device_account_id", "device", ["account_id"])


def _device_log() -> None:
    op.create_table(
        "device_log",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("device", name(64), nullable=False),
        sa.Column("acked_lseq", sa.BigInteger(), nullable=False),
        sa.Column("clock", name(90), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "device", name="pk_device_log"),
    )


def _feed() -> None:
    op.create_table(
        "feed",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("scope", name(120), nullable=False),
        sa.Column("kind", name(40), nullable=False),
        sa.Column("id", name(64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("op", name(3), nullable=False),
        sa.Column("by_device", name(64), nullable=False),
        sa.CheckConstraint("op IN ('put', 'del', 'out')", name="ck_feed_op"),
        sa.PrimaryKeyConstraint("tenant", "scope", "kind", "id", name="pk_feed"),
    )
    op.create_index("ix_feed_tenant_scope_seq", "feed", ["tenant", "scope", "seq"])


def _head() -> None:
    op.create_table(
        "head",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("epoch", name(32), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", name="pk_head"),
    )


def _place() -> None:
    op.create_table(
        "place",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("placement_id", name(64), nullable=False),
        sa.Column("item_id", name(64), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "placement_id", name="pk_place"),
    )


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("device", name(64), nullable=False),
        sa.Column("mid", name(64), nullable=False),
        sa.Column("payload_hash", name(64), nullable=False),
        sa.Column("kind", name(40), nullable=False),
        sa.Column("id", name(64), nullable=False),
        sa.Column("reason", name(60), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", name(32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "device", "mid", "payload_hash", name="pk_quarantine"),
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("device", name(64), nullable=False),
        sa.Column("mid", name(64), nullable=False),
        sa.Column("lseq", sa.BigInteger(), nullable=False),
        sa.Column("payload_hash", name(64), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "device", "mid", name="pk_receipt"),
    )


def _record() -> None:
    op.create_table(
        "record",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("kind", name(40), nullable=False),
        sa.Column("id", name(64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("stamps", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "kind", "id", name="pk_record"),
    )


def _refresh_token() -> None:
    op.create_table(
        "refresh_token",
        sa.Column("token_hash", name(64), nullable=False),
        sa.Column("device_id", name(64), nullable=False),
        sa.Column("issued_at", name(32), nullable=False),
        sa.Column("expires_at", name(32), nullable=False),
        sa.Column("replaced_at", name(32)),
        sa.Column("successor_hash", name(64)),
        sa.PrimaryKeyConstraint("token_hash", name="pk_refresh_token"),
    )
    op.create_index("ix_refresh_token_device_id", "refresh_token", ["device_id"])


def _scope_grant() -> None:
    op.create_table(
        "scope_grant",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("account_id", name(64), nullable=False),
        sa.Column("scope", name(120), nullable=False),
        sa.Column("granted_at", name(32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "account_id", "scope", name="pk_scope_grant"),
    )


def _task_claim() -> None:
    op.create_table(
        "task_claim",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("task_id", name(64), nullable=False),
        sa.Column("claim_id", name(64), nullable=False),
        sa.Column("volunteer_id", name(64), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "task_id", name="pk_task_claim"),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    for table in (
        "account",
        "attempt",
        "capacity",
        "conflict",
        "deferred",
        "device",
        "device_log",
        "feed",
        "head",
        "place",
        "quarantine",
        "receipt",
        "record",
        "refresh_token",
        "scope_grant",
        "task_claim",
    ):
        op.drop_table(table)
