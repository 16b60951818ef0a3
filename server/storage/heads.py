"""The head row of a tenant: where its feed ends."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case

from server.storage.statements import add_unless_there
from server.storage.tables import head


def ensure_head(connection: Connection, tenant: str) -> None:
    """Make the tenant's head row if there is none, with an epoch that no backup can repeat."""
    values = {"tenant": tenant, "seq": 0, "epoch": new_epoch(), "floor": 0}
    connection.execute(add_unless_there(head, connection.dialect.name), values)


def new_epoch() -> str:
    """Name a stretch of history."""
    return secrets.token_hex(8)


def rewound(now: datetime) -> dict[str, Any]:
    """Say what becomes of a head row whose history was rewound by a restore: a new epoch, and numbers never used.

    Phones send again what the backup lacks, with versions of the lost history as their base. Were these numbers given a
    second time, such an edit would pass for one made by somebody who had seen what others wrote since.
    """
    fresh = fresh_number(now)
    return {"epoch": new_epoch(), "seq": case((head.c.seq < fresh, fresh), else_=head.c.seq + 1)}


def fresh_number(now: datetime) -> int:
    """Give a number that no feed has reached: microseconds since 1970, exact in JavaScript until the year 2255."""
    return int(now.timestamp() * 1_000_000)
