"""Stock of a hub: units of an item, and what of them is kept for whom."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "stock",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("item_id", name(64), nullable=False),
        sa.Column("there", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "item_id", name="pk_stock"),
        sa.CheckConstraint(
            "there >= 0 AND there <= 1000000000 AND held >= 0 AND held <= there", name=op.f("ck_stock_never_below")
        ),
    )
    op.create_table(
        "stock_hold",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("reservation_id", name(64), nullable=False),
        sa.Column("item_id", name(64), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("until_at", name(32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "reservation_id", name="pk_stock_hold"),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_hold_something")),
    )
    op.create_index("ix_stock_hold_tenant_item_id", "stock_hold", ["tenant", "item_id"])


def downgrade() -> None:
    op.drop_table("stock_hold")
    op.drop_table("stock")
