"""The ledger of time banks: typed tables in which the database itself refuses what must not be.

Both sides of a movement share a pair's number, and each names the minutes of the other: a deferred foreign key on the
table itself lets no side be committed alone, so that lines sum to 0 by constraint. Triggers of the migration refuse to
change or delete a transaction or a line.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)

from server.storage.columns import metadata, name


def _refers(table: str, *columns: str, to: tuple[str, ...], **options: Any) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant", *columns], [f"{table}.tenant", *(f"{table}.{one}" for one in to)], **options)


time_bank = Table(
    "time_bank",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("bank_id", name(64), primary_key=True),
    Column("closed", Boolean, nullable=False),
)

time_account = Table(
    "time_account",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("account_id", name(64), primary_key=True),
    Column("bank_id", name(64), nullable=False),
    Column("type", name(12), nullable=False),
    Column("owner_id", name(64)),  # no name of anybody; empty once its owner was erased
    Column("owner_kind", name(12)),  # a volunteer and an organisation may have one id
    Column("floor_min", BigInteger, nullable=False),
    Column("ceiling_min", BigInteger, nullable=False),
    Column("balance_min", BigInteger, nullable=False),
    Column("closed", Boolean, nullable=False),
    CheckConstraint("balance_min >= floor_min AND balance_min <= ceiling_min", name="within_bounds"),
    CheckConstraint("owner_id IS NULL OR owner_kind IS NOT NULL", name="owner_has_kind"),
    UniqueConstraint("tenant", "bank_id", "owner_kind", "owner_id", name="uq_time_account_owner"),
    _refers("time_bank", "bank_id", to=("bank_id",), name="fk_time_account_bank"),
)

time_transaction = Table(
    "time_transaction",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("transaction_id", name(64), primary_key=True),
    Column("type", name(12), nullable=False),
    Column("posted_at", name(32), nullable=False),
    Column("day_on", name(10), nullable=False),
    Column("reverses", name(64)),
    Column("about_id", name(64)),
    CheckConstraint("reverses IS NULL OR reverses <> transaction_id", name="reverses_another"),
    UniqueConstraint("tenant", "reverses", name="uq_time_transaction_reverses"),
    _refers("time_transaction", "reverses", to=("transaction_id",), name="fk_time_transaction_reverses"),
)

time_line = Table(
    "time_line",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("transaction_id", name(64), primary_key=True),
    Column("pair", Integer, primary_key=True),
    Column("minutes", BigInteger, primary_key=True),
    Column("other_minutes", BigInteger, nullable=False),
    Column("account_id", name(64), nullable=False),
    Column("category", name(40), nullable=False),
    CheckConstraint("minutes <> 0 AND minutes + other_minutes = 0", name="two_sides"),
    _refers("time_transaction", "transaction_id", to=("transaction_id",), name="fk_time_line_transaction"),
    _refers("time_account", "account_id", to=("account_id",), name="fk_time_line_account"),
    _refers(
        "time_line", "transaction_id", "pair", "other_minutes", to=("transaction_id", "pair", "minutes"),
        name="fk_time_line_other_side", deferrable=True, initially="DEFERRED",
    ),
    Index(None, "tenant", "account_id"),
)  # fmt: skip
