"""Which numbers a restore took back, so that what was made on them waits for its record to be sent again."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "lost_numbers",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "first", name="pk_lost_numbers"),
    )


def downgrade() -> None:
    op.drop_table("lost_numbers")
