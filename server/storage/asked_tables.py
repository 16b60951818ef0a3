"""The table of what volunteers were ranked by when they were asked: beside the asks, which travel to phones."""

from sqlalchemy import Column, Index, Integer, Table, Text

from server.storage.columns import metadata, name

asked_inputs = Table(
    "asked_inputs",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("task_id", name(64), primary_key=True),
    Column("wave", Integer, primary_key=True),
    Column("volunteer_id", name(64), primary_key=True),
    Column("asked_at", name(32), nullable=False),
    Column("inputs", Text, nullable=False),
    Index(None, "tenant", "volunteer_id"),  # erasure looks for it
    Index(None, "tenant", "asked_at"),  # as does forgetting
)
