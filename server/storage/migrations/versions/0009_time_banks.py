"""The ledger of time banks: accounts, transactions and lines in minutes, which nobody changes or deletes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FIXED = ("time_transaction", "time_line")


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "time_bank",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("bank_id", name(64), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "bank_id", name="pk_time_bank"),
    )
    _accounts()
    _transactions()
    _lines()
    _fix()


def _accounts() -> None:
    op.create_table(
        "time_account",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("account_id", name(64), nullable=False),
        sa.Column("bank_id", name(64), nullable=False),
        sa.Column("type", name(12), nullable=False),
        sa.Column("owner_id", name(64)),
        sa.Column("floor_min", sa.BigInteger(), nullable=False),
        sa.Column("ceiling_min", sa.BigInteger(), nullable=False),
        sa.Column("balance_min", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "balance_min >= floor_min AND balance_min <= ceiling_min", name=op.f("ck_time_account_within_bounds")
        ),
        sa.PrimaryKeyConstraint("tenant", "account_id", name="pk_time_account"),
        sa.UniqueConstraint("tenant", "bank_id", "owner_id", name="uq_time_account_owner"),
        sa.ForeignKeyConstraint(
            ["tenant", "bank_id"], ["time_bank.tenant", "time_bank.bank_id"], name="fk_time_account_bank"
        ),
    )


def _transactions() -> None:
    op.create_table(
        "time_transaction",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("transaction_id", name(64), nullable=False),
        sa.Column("type", name(12), nullable=False),
        sa.Column("posted_at", name(32), nullable=False),
        sa.Column("day_on", name(10), nullable=False),
        sa.Column("reverses", name(64)),
        sa.Column("about_id", name(64)),
        sa.CheckConstraint(
            "reverses IS NULL OR reverses <> transaction_id", name=op.f("ck_time_transaction_reverses_another")
        ),
        sa.PrimaryKeyConstraint("tenant", "transaction_id", name="pk_time_transaction"),
        sa.UniqueConstraint("tenant", "reverses", name="uq_time_transaction_reverses"),
        sa.ForeignKeyConstraint(
            ["tenant", "reverses"],
            ["time_transaction.tenant", "time_transaction.transaction_id"],
            name="fk_time_transaction_reverses",
        ),
    )


def _lines() -> None:
    op.create_table(
        "time_line",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("transaction_id", name(64), nullable=False),
        sa.Column("pair", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("other_minutes", sa.BigInteger(), nullable=False),
        sa.Column("account_id", name(64), nullable=False),
        sa.Column("category", name(40), nullable=False),
        sa.CheckConstraint("minutes <> 0 AND minutes + other_minutes = 0", name=op.f("ck_time_line_two_sides")),
        sa.PrimaryKeyConstraint("tenant", "transaction_id", "pair", "minutes", name="pk_time_line"),
        sa.ForeignKeyConstraint(
            ["tenant", "transaction_id"],
            ["time_transaction.tenant", "time_transaction.transaction_id"],
            name="fk_time_line_transaction",
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "account_id"], ["time_account.tenant", "time_account.account_id"], name="fk_time_line_account"
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "transaction_id", "pair", "other_minutes"],
            ["time_line.tenant", "time_line.transaction_id", "time_line.pair", "time_line.minutes"],
            name="fk_time_line_other_side",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("ix_time_line_tenant_account_id", "time_line", ["tenant", "account_id"])


def _fix() -> None:
    """Let nobody change or delete what the ledger says."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION time_ledger_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'the ledger is never changed: reverse it' USING ERRCODE = 'restrict_violation'; END $$"
        )
        for table in _FIXED:
            op.execute(
                f"CREATE TRIGGER {table}_is_fixed BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION time_ledger_is_fixed()"
            )
        return
    for table in _FIXED:
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is never changed: reverse it'); END"
            )


def downgrade() -> None:
    for table in ("time_line", "time_transaction", "time_account", "time_bank"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION time_ledger_is_fixed()")
