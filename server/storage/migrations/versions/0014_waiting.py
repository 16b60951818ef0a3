"""Who waits for a place on a course, in which order, and until when one is kept for them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "waiter",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("placement_id", name(64), nullable=False),
        sa.Column("item_id", name(64), nullable=False),
        sa.Column("person_id", name(64), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("offered_until_at", name(32)),
        sa.PrimaryKeyConstraint("tenant", "placement_id", name="pk_waiter"),
    )
    op.create_index("ix_waiter_tenant_item_id_person_id", "waiter", ["tenant", "item_id", "person_id"], unique=True)
    op.create_index("ix_waiter_tenant_item_id_number", "waiter", ["tenant", "item_id", "number"], unique=True)


def downgrade() -> None:
    op.drop_table("waiter")
