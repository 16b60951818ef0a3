"""The tables of employers' allowances: minutes granted and used in a year, and what uses them."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Table

from server.storage.columns import metadata, name

allowance = Table(
    "allowance",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("employer_id", name(64), primary_key=True),
    Column("year", name(10), primary_key=True),
    Column("granted", BigInteger, nullable=False),
    Column("used", BigInteger, nullable=False),
    CheckConstraint("used >= 0 AND used <= granted", name="never_overdrawn"),
)

allowance_use = Table(
    "allowance_use",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("use_id", name(64), primary_key=True),
    Column("employer_id", name(64), nullable=False),
    Column("year", name(10), nullable=False),
    Column("minutes", BigInteger, nullable=False),
    CheckConstraint("minutes > 0", name="something"),
)
