"""The tables of a hub's stock: how much there is of an item, and what of it is kept for whom."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Table

from server.storage.columns import metadata, name

stock = Table(
    "stock",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("item_id", name(64), primary_key=True),
    Column("there", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    CheckConstraint("there >= 0 AND there <= 1000000000 AND held >= 0 AND held <= there", name="never_below"),
)

stock_hold = Table(
    "stock_hold",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("reservation_id", name(64), primary_key=True),
    Column("item_id", name(64), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("until_at", name(32), nullable=False),
    CheckConstraint("quantity > 0", name="something"),
    Index(None, "tenant", "item_id"),
)
