"""What volunteers were ranked by when they were asked."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "asked_inputs",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("task_id", name(64), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", name(64), nullable=False),
        sa.Column("asked_at", name(32), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "task_id", "wave", "volunteer_id", name="pk_asked_inputs"),
    )
    op.create_index("ix_asked_inputs_tenant_volunteer_id", "asked_inputs", ["tenant", "volunteer_id"])
    op.create_index("ix_asked_inputs_tenant_asked_at", "asked_inputs", ["tenant", "asked_at"])


def downgrade() -> None:
    op.drop_table("asked_inputs")
