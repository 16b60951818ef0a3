"""The head row of a tenant: where its feed ends."""

import secrets

from sqlalchemy import Connection

from server.storage.statements import add_unless_there
from server.storage.tables import head


def ensure_head(connection: Connection, tenant: str) -> None:
    """Make the tenant's head row if there is none, with an epoch that no backup can repeat."""
    values = {"tenant": tenant, "seq": 0, "epoch": new_epoch(), "floor": 0}
    connection.execute(add_unless_there(head, connection.dialect.name), values)


def new_epoch() -> str:
    """Name a stretch of history."""
    return secrets.token_hex(8)
