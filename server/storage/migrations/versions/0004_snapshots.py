"""Snapshots, and what compaction needs to know."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_GONE = sa.text("op <> 'put'")


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_index("ix_feed_gone", "feed", ["tenant", "seq"], sqlite_where=_GONE, postgresql_where=_GONE)
    op.create_table(
        "feed_day",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("day", name(10), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "day", name="pk_feed_day"),
    )
    op.create_table(
        "snapshot",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("sha256", name(64), nullable=False),
        sa.Column("scope", name(120), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("epoch", name(32), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "sha256", name="pk_snapshot"),
    )
    op.create_index("ix_snapshot_tenant_scope", "snapshot", ["tenant", "scope"])


def downgrade() -> None:
    op.drop_table("snapshot")
    op.drop_table("feed_day")
    op.drop_index("ix_feed_gone", "feed")
