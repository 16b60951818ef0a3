"""Who may listen, and what changed: the same tokens, devices, grants and feed as the API's. Everything here waits for
the database, so it runs in threads."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Engine, func, select

from server.accounts.errors import AccountError
from server.accounts.service import Accounts
from server.live.asked import Asked
from server.storage.engine import reading
from server.storage.tables import account, device, feed, head, scope_grant
from server.sync.model import Head

#: Values in one IN list.
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who may listen, until when."""

    tenant: str
    account: str
    device: str
    scopes: frozenset[str]
    ends_at: datetime


class Gate:
    """Reads what the live process needs to know."""

    def __init__(self, engine: Engine, accounts: Accounts) -> None:
        self._engine, self._accounts = engine, accounts

    def admit(self, asked: Asked) -> Admitted:
        """Find out who asks; raises AccountError for whoever may not listen."""
        if asked.token is None:
            raise AccountError("not-signed-in")
        who = self._accounts.principal(asked.token)
        ends_at = self._accounts.ends_at(asked.token)
        return Admitted(who.tenant, who.account_id, who.device_id, who.scopes, ends_at)

    def heads(self) -> dict[str, Head]:
        """Say where every feed ends."""
        with reading(self._engine) as connection:
            return {row.tenant: Head(row.seq, row.epoch, row.floor) for row in connection.execute(select(head))}

    def changed(self, tenant: str, scopes: Sequence[str], after: int) -> dict[str, int]:
        """Say which of `scopes` changed after a number, and where each then stands."""
        latest = func.max(feed.c.seq).label("latest")
        found: dict[str, int] = {}
        with reading(self._engine) as connection:
            for part in _parts(scopes):
                mine = (feed.c.tenant == tenant) & feed.c.scope.in_(part) & (feed.c.seq > after)
                rows = connection.execute(select(feed.c.scope, latest).where(mine).group_by(feed.c.scope))
                found.update((row.scope, row.latest) for row in rows)
        return found

    def news(self, who: Admitted, last_seq: int | None) -> int | None:
        """Say where the feed ends for a phone that comes back having heard of `last_seq`; None for no news.

        A number above the head means that history was rewound, which is news.
        """
        now = self.heads().get(who.tenant, Head(0, "", 0)).seq
        if last_seq is None or last_seq > now:
            return now
        return now if self.changed(who.tenant, sorted(who.scopes), last_seq) else None

    def scopes_of(self, tenant: str, devices: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Give the scopes of those of `devices` that are still welcome."""
        welcome: dict[str, set[str]] = {}
        with reading(self._engine) as connection:
            for part in _parts(sorted(devices)):
                joined = device.join(
                    account, (account.c.tenant == device.c.tenant) & (account.c.id == device.c.account_id)
                ).outerjoin(
                    scope_grant,
                    (scope_grant.c.tenant == device.c.tenant) & (scope_grant.c.account_id == device.c.account_id),
                )
                mine = (device.c.tenant == tenant) & device.c.id.in_(part)
                open_ = device.c.revoked_at.is_(None) & account.c.disabled_at.is_(None)
                for row in connection.execute(
                    select(device.c.id, scope_grant.c.scope).select_from(joined).where(mine, open_)
                ):
                    held = welcome.setdefault(row.id, set())
                    if row.scope is not None:
                        held.add(row.scope)
        return {one: frozenset(scopes) for one, scopes in welcome.items()}


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
