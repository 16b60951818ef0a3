"""Receipts of a push in one row, the greatest mid of each device, and a cheaper check of the feed's rows."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_LAST = """
    UPDATE device_log SET last_mid = coalesce((
        SELECT max(mid) FROM receipt WHERE receipt.tenant = device_log.tenant AND receipt.device = device_log.device
    ), '')
"""


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "receipt_run",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("device", name(64), nullable=False),
        sa.Column("last_mid", name(64), nullable=False),
        sa.Column("receipts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "device", "last_mid", name="pk_receipt_run"),
    )
    op.add_column("device_log", sa.Column("last_mid", name(64), nullable=False, server_default=""))
    op.execute(_LAST)
    if op.get_bind().dialect.name == "sqlite":  # PostgreSQL's check is as quick either way
        _lay_feed_out_anew("op = 'put' OR op = 'del' OR op = 'out'")


def _lay_feed_out_anew(check: str) -> None:
    """Copy the feed into a table with another check: SQLite cannot change one."""
    op.execute("ALTER TABLE feed RENAME TO old_feed")
    for index in ("ix_feed_tenant_scope_seq", "ix_feed_gone"):
        op.execute(f"DROP INDEX {index}")
    texts = {"tenant": 64, "scope": 120, "kind": 40, "id": 64}
    op.create_table(
        "feed",
        *(sa.Column(column, name(length), nullable=False) for column, length in texts.items()),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("op", name(3), nullable=False),
        sa.Column("by_device", name(64), nullable=False),
        sa.PrimaryKeyConstraint(*texts, name="pk_feed"),
        sa.CheckConstraint(check, name="ck_feed_op"),
    )
    columns = "tenant, scope, kind, id, seq, op, by_device"
    op.execute(f"INSERT INTO feed ({columns}) SELECT {columns} FROM old_feed")  # noqa: S608 # no value in it
    op.execute("DROP TABLE old_feed")
    op.create_index("ix_feed_tenant_scope_seq", "feed", ["tenant", "scope", "seq"])
    op.create_index("ix_feed_gone", "feed", ["tenant", "seq"], sqlite_where=sa.text("op <> 'put'"))


def downgrade() -> None:
    receipt = sa.table("receipt", *map(sa.column, ("tenant", "device", "mid", "lseq", "payload_hash", "outcome")))
    names = [column.name for column in receipt.c]
    for tenant, device, run in op.get_bind().execute(sa.text("SELECT tenant, device, receipts FROM receipt_run")).all():
        rows = [
            (tenant, device, mid, lseq, payload_hash, json.dumps(outcome, separators=(",", ":")))
            for mid, lseq, payload_hash, outcome in json.loads(run)
        ]
        op.bulk_insert(receipt, [dict(zip(names, row, strict=True)) for row in rows])
    op.drop_table("receipt_run")
    op.drop_column("device_log", "last_mid")
    if op.get_bind().dialect.name == "sqlite":
        _lay_feed_out_anew("op IN ('put', 'del', 'out')")
