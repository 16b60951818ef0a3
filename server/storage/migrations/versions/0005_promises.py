"""What the promises of content need: reviews, what became of what waited, the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("quarantine", sa.Column("state", name(10), nullable=False, server_default="open"))
    op.add_column("quarantine", sa.Column("settled_at", name(32)))
    op.add_column("quarantine", sa.Column("settled_by", name(64)))
    op.create_index("ix_quarantine_tenant_state", "quarantine", ["tenant", "state"])
    op.create_index("ix_deferred_tenant_received_at", "deferred", ["tenant", "received_at"])
    _later()
    _audit()


def _later() -> None:
    op.create_table(
        "later",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("device", name(64), nullable=False),
        sa.Column("mid", name(64), nullable=False),
        sa.Column("outcome", name(10), nullable=False),
        sa.Column("problem", name(60)),
        sa.PrimaryKeyConstraint("tenant", "device", "mid", name="pk_later"),
    )


def _audit() -> None:
    texts = {"tenant": 64, "day": 10, "account": 64, "device": 64, "what": 20, "scope": 120, "kind": 40, "id": 64}
    op.create_table(
        "audit",
        *(sa.Column(column, name(length), nullable=False) for column, length in texts.items()),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("first_at", name(32), nullable=False),
        sa.Column("last_at", name(32), nullable=False),
        sa.PrimaryKeyConstraint(*texts, name="pk_audit"),
    )
    op.create_index("ix_audit_tenant_kind_id", "audit", ["tenant", "kind", "id"])
    op.create_index("ix_audit_tenant_scope", "audit", ["tenant", "scope"])


def downgrade() -> None:
    op.drop_table("audit")
    op.drop_table("later")
    op.drop_index("ix_deferred_tenant_received_at", "deferred")
    op.drop_index("ix_quarantine_tenant_state", "quarantine")
    for column in ("settled_by", "settled_at", "state"):
        op.drop_column("quarantine", column)
