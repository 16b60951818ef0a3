"""Who a device's requests speak for: asked with every request, so in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import orjson
from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL, Connection, Select, bindparam, select

from server.accounts.account_store import account_from
from server.accounts.database import Database
from server.accounts.device_store import device_from
from server.accounts.model import Account, Device
from server.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Who:
    """A device, its account and the account's scopes."""

    device: Device
    account: Account
    scopes: frozenset[str] = field(repr=False)


class Asking(NamedTuple):
    """What a request needs to know of a device, its account and the account's scopes."""

    device_id: str
    revoked_at: str | None
    tenant: str
    account_id: str
    roles: frozenset[str]
    volunteer_id: str | None
    name: str
    disabled_at: str | None
    scopes: frozenset[str]


class WhoStore:
    """Finds a device with all that a request needs to know of it."""

    def __init__(self, database: Database) -> None:
        self._db = database
        device, account = database.tables.tables["device"], database.tables.tables["account"]
        grant = database.tables.tables["scope_grant"]
        joined = device.join(account, (account.c.tenant == device.c.tenant) & (account.c.id == device.c.account_id))
        both = select(device, account).select_from(joined).where(device.c.id == bindparam("device"))
        self._both: Select[Any] = both.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
        mine = (grant.c.tenant == bindparam("tenant")) & (grant.c.account_id == bindparam("account"))
        self._scopes: Select[Any] = select(grant.c.scope).where(mine)
        granted = (grant.c.tenant == account.c.tenant) & (grant.c.account_id == account.c.id)
        columns = (
            device.c.id, device.c.revoked_at, account.c.tenant, account.c.id, account.c.roles, account.c.volunteer_id,
            account.c.name, account.c.disabled_at, grant.c.scope,
        )  # fmt: skip
        asking = select(*columns).select_from(joined.outerjoin(grant, granted))
        self.question: Select[Any] = asking.where(device.c.id == bindparam("device")).set_label_style(
            LABEL_STYLE_TABLENAME_PLUS_COL
        )
        self._asking = cache(lambda dialect: Prepared(self.question, dialect))

    def asking(self, device_id: str, connection: Connection | None = None) -> Asking | None:
        """Find out who asks, in one statement; on an open `connection` it is of one moment with what is read there."""
        if connection is None:
            with self._db.reading() as opened:
                return self.asking(device_id, opened)
        return asking_from(self._asking(connection.dialect.name).rows(connection, {"device": device_id}))

    def find(self, device_id: str) -> Who | None:
        """Find a device by its id, None when there is no such device."""
        with self._db.reading() as connection:
            row = connection.execute(self._both, {"device": device_id}).mappings().first()
            if row is None:
                return None
            device, account = device_from(_part(row, "device_")), account_from(_part(row, "account_"))
            granted = connection.execute(self._scopes, {"tenant": account.tenant, "account": account.id})
            return Who(device, account, frozenset(granted.scalars()))


def _part(row: Mapping[Any, Any], prefix: str) -> dict[str, Any]:
    return {str(name).removeprefix(prefix): value for name, value in row.items() if str(name).startswith(prefix)}


def asking_from(rows: Sequence[Sequence[Any]]) -> Asking | None:
    """Read who asks from the answers to `WhoStore.question`, one for each grant."""
    if not rows:
        return None
    device, revoked, tenant, account, roles, volunteer, name, disabled, _ = rows[0]
    words = frozenset(orjson.loads(roles) if isinstance(roles, str) else roles)  # the drivers differ
    scopes = frozenset(row[-1] for row in rows if row[-1] is not None)
    return Asking(device, revoked, tenant, account, words, volunteer, name, disabled, scopes)
