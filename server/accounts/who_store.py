"""Who a device's requests speak for: asked with every request, so in one transaction and two statements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL, Select, bindparam, select

from server.accounts.account_store import account_from
from server.accounts.database import Database
from server.accounts.device_store import device_from
from server.accounts.model import Account, Device


@dataclass(frozen=True, slots=True)
class Who:
    """A device, its account and the account's scopes."""

    device: Device
    account: Account
    scopes: frozenset[str] = field(repr=False)


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
