"""Run by Alembic inside the transaction that `server.storage.migrate` opened."""

from alembic import context
from sqlalchemy import text

from server.storage.tables import metadata

#: Any number of ours: processes that migrate one PostgreSQL database at once wait for each other on it.
LOCK = 4_170_021

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
