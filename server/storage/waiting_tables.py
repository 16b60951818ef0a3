"""The table of those who wait for a place."""

from sqlalchemy import BigInteger, Column, Index, Table

from server.storage.columns import metadata, name

waiter = Table(
    "waiter",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("placement_id", name(64), primary_key=True),
    Column("item_id", name(64), nullable=False),
    Column("person_id", name(64), nullable=False),  # nobody waits twice for one thing
    Column("number", BigInteger, nullable=False),
    Column("offered_until_at", name(32)),
    Index(None, "tenant", "item_id", "person_id", unique=True),
    Index(None, "tenant", "item_id", "number", unique=True),
)
