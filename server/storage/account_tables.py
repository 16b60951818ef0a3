"""The tables of accounts: who may sign in, from which device, and what they may hold."""

from sqlalchemy import JSON, Column, Index, Integer, Table, Text, UniqueConstraint

from server.storage.columns import metadata, name

account = Table(
    "account",
    metadata,
    Column("tenant", name(64), nullable=False),
    Column("id", name(64), primary_key=True),
    Column("username", name(120), nullable=False),
    Column("name", name(200), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("volunteer_id", name(64)),
    Column("facts", JSON, nullable=False),  # the lists that `Facts` names
    Column("created_at", name(32), nullable=False),
    Column("disabled_at", name(32)),
    UniqueConstraint("username"),
)

device = Table(
    "device",
    metadata,
    Column("tenant", name(64), nullable=False),
    Column("id", name(64), primary_key=True),
    Column("account_id", name(64), nullable=False),
    Column("name", name(200), nullable=False),
    Column("platform", name(60), nullable=False),
    Column("enrolled_at", name(32), nullable=False),
    Column("last_seen_at", name(32)),
    Column("revoked_at", name(32)),
    Index(None, "account_id"),
)

scope_grant = Table(
    "scope_grant",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("account_id", name(64), primary_key=True),
    Column("scope", name(120), primary_key=True),
    Column("granted_at", name(32), nullable=False),
)

refresh_token = Table(
    "refresh_token",
    metadata,
    Column("token_hash", name(64), primary_key=True),
    Column("device_id", name(64), nullable=False),
    Column("issued_at", name(32), nullable=False),
    Column("expires_at", name(32), nullable=False),
    Column("replaced_at", name(32)),
    Column("successor_hash", name(64)),
    Index(None, "device_id"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("key", name(200), nullable=False),
    Column("at", name(32), nullable=False),
    Index(None, "key", "at"),
)
