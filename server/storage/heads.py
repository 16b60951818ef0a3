"""The head row of a tenant: where its feed ends."""

import secrets
from datetime import datetime

from sqlalchemy import Connection, case, insert, select, update

from server.storage.statements import add_unless_there
from server.storage.tables import head, lost_numbers


def ensure_head(connection: Connection, tenant: str) -> None:
    """Make the tenant's head row if there is none, with an epoch that no backup can repeat."""
    values = {"tenant": tenant, "seq": 0, "epoch": new_epoch(), "floor": 0}
    connection.execute(add_unless_there(head, connection.dialect.name), values)


def new_epoch() -> str:
    """Name a stretch of history."""
    return secrets.token_hex(8)


def rewind(connection: Connection, now: datetime, tenant: str | None = None) -> None:
    """Let history have been rewound by a restore, of every tenant or of one: a new epoch, and numbers never used.

    Phones send again what the backup lacks, with versions of the lost history as their base. Were these numbers given a
    second time, such an edit would pass for one made by somebody who had seen what others wrote since. Which numbers
    were lost is kept: what was made on them may be about a record that only another phone can send again.
    """
    fresh = fresh_number(now)
    mine = [head.c.tenant == tenant] if tenant else []
    begin = case((head.c.seq < fresh, fresh), else_=head.c.seq + 1)
    lost = select(head.c.tenant, head.c.seq + 1, begin).where(*mine)
    connection.execute(insert(lost_numbers).from_select(["tenant", "first", "last"], lost))
    connection.execute(update(head).where(*mine).values(epoch=new_epoch(), seq=begin))


def fresh_number(now: datetime) -> int:
    """Give a number that no feed has reached: microseconds since 1970, exact in JavaScript until the year 2255."""
    return int(now.timestamp() * 1_000_000)
