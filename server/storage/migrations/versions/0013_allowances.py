"""Employers' allowances: minutes granted and used in a year, and what uses them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "allowance",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("employer_id", name(64), nullable=False),
        sa.Column("year", name(10), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "employer_id", "year", name="pk_allowance"),
        sa.CheckConstraint("used >= 0 AND used <= granted", name=op.f("ck_allowance_never_overdrawn")),
    )
    op.create_table(
        "allowance_use",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("use_id", name(64), nullable=False),
        sa.Column("employer_id", name(64), nullable=False),
        sa.Column("year", name(10), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "use_id", name="pk_allowance_use"),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_allowance_use_something")),
    )


def downgrade() -> None:
    op.drop_table("allowance_use")
    op.drop_table("allowance")
