"""Files that travel in pieces."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("id", name(32), nullable=False),
        sa.Column("device", name(64), nullable=False),
        sa.Column("attachment_id", name(64), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("metadata", sa.Text(), nullable=False),
        sa.Column("created_at", name(32), nullable=False),
        sa.Column("expires_at", name(32), nullable=False),
        sa.Column("sha256", name(64), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_upload"),
    )
    op.create_index("ix_upload_tenant_device", "upload", ["tenant", "device"])
    op.create_index("ix_upload_expires_at", "upload", ["expires_at"])
    op.create_table(
        "kept_file",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("sha256", name(64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", name(40), nullable=False),
        sa.Column("kept_at", name(32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "sha256", name="pk_kept_file"),
    )
    op.create_table(
        "file_use",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("attachment_id", name(64), nullable=False),
        sa.Column("sha256", name(64), nullable=False),
        sa.Column("gone_at", name(32), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "attachment_id", name="pk_file_use"),
    )
    op.create_index("ix_file_use_tenant_sha256", "file_use", ["tenant", "sha256"])


def downgrade() -> None:
    for table in ("file_use", "kept_file", "upload"):
        op.drop_table(table)
