"""The tables of files: uploads on their way, whole files, and which record has which."""

from sqlalchemy import BigInteger, Column, Index, Table, Text

from server.storage.columns import metadata, name

upload = Table(
    "upload",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("id", name(32), primary_key=True),
    Column("device", name(64), nullable=False),
    Column("attachment_id", name(64), nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("metadata", Text, nullable=False),  # as the client sent it, a file's name perhaps among it
    Column("created_at", name(32), nullable=False),
    Column("expires_at", name(32), nullable=False),
    Column("sha256", name(64)),  # once the file is complete
    Index(None, "tenant", "device"),
    Index(None, "expires_at"),
)

kept_file = Table(
    "kept_file",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("sha256", name(64), primary_key=True),
    Column("bytes", BigInteger, nullable=False),
    Column("media_type", name(40), nullable=False),
    Column("kept_at", name(32), nullable=False),
)

file_use = Table(
    "file_use",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("attachment_id", name(64), primary_key=True),
    Column("sha256", name(64), nullable=False),
    Column("gone_at", name(32)),  # when its record was first found deleted
    Index(None, "tenant", "sha256"),
)
