"""Whose an account is: a volunteer and an organisation that happen to have one id are two owners."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ACCOUNT = "time_account"
_UNIQUE = "uq_time_account_owner"
_KIND = (
    "CASE WHEN owner_id IS NULL THEN NULL WHEN type = 'person' THEN 'volunteer' WHEN type = 'pot' THEN 'bank' "
    "ELSE 'organisation' END"
)
_HAS_KIND, _KINDS = "ck_time_account_owner_has_kind", "owner_id IS NULL OR owner_kind IS NOT NULL"
_COLUMNS = "tenant, account_id, bank_id, type, owner_id, floor_min, ceiling_min, balance_min, closed"
_BACK = "INSERT INTO time_account ({0}) SELECT {0} FROM time_account_before"
_BACK_WITH_KIND = "INSERT INTO time_account ({0}, owner_kind) SELECT {0}, {1} FROM time_account_before"


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        kinds = sa.CheckConstraint(_KINDS, name=op.f(_HAS_KIND))
        _make_anew(sa.Column("owner_kind", name(12)), kinds, unique=("owner_kind", "owner_id"))
        return
    op.add_column(_ACCOUNT, sa.Column("owner_kind", name(12)))
    op.execute(f"UPDATE time_account SET owner_kind = {_KIND}")  # noqa: S608 # both are constants of this file
    op.drop_constraint(_UNIQUE, _ACCOUNT)
    op.create_unique_constraint(_UNIQUE, _ACCOUNT, ["tenant", "bank_id", "owner_kind", "owner_id"])
    op.create_check_constraint(op.f(_HAS_KIND), _ACCOUNT, _KINDS)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(unique=("owner_id",))
        return
    op.drop_constraint(_UNIQUE, _ACCOUNT)
    op.create_unique_constraint(_UNIQUE, _ACCOUNT, ["tenant", "bank_id", "owner_id"])
    op.drop_constraint(op.f(_HAS_KIND), _ACCOUNT)
    op.drop_column(_ACCOUNT, "owner_kind")


def _make_anew(*more: sa.schema.SchemaItem, unique: tuple[str, ...]) -> None:
    """Make the table again, as SQLite drops no constraint; lines find their accounts again before the commit."""
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TABLE time_account_before AS SELECT * FROM time_account")
    op.drop_table(_ACCOUNT)
    op.create_table(
        _ACCOUNT,
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("account_id", name(64), nullable=False),
        sa.Column("bank_id", name(64), nullable=False),
        sa.Column("type", name(12), nullable=False),
        sa.Column("owner_id", name(64)),
        sa.Column("floor_min", sa.BigInteger(), nullable=False),
        sa.Column("ceiling_min", sa.BigInteger(), nullable=False),
        sa.Column("balance_min", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        *more,
        sa.CheckConstraint(
            "balance_min >= floor_min AND balance_min <= ceiling_min", name=op.f("ck_time_account_within_bounds")
        ),
        sa.PrimaryKeyConstraint("tenant", "account_id", name="pk_time_account"),
        sa.UniqueConstraint("tenant", "bank_id", *unique, name=_UNIQUE),
        sa.ForeignKeyConstraint(
            ["tenant", "bank_id"], ["time_bank.tenant", "time_bank.bank_id"], name="fk_time_account_bank"
        ),
    )
    op.execute((_BACK_WITH_KIND if more else _BACK).format(_COLUMNS, _KIND))
    op.drop_table("time_account_before")
