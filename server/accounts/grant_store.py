"""Grants in the database: which scopes an account may hold."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select

from server.accounts.database import Database, instant_text


class GrantStore:
    """Every statement about grants."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._grant = database.tables.tables["scope_grant"]

    def scopes(self, tenant: str, account_id: str) -> frozenset[str]:
        """Name the scopes that an account is granted."""
        mine = (self._grant.c.tenant == tenant) & (self._grant.c.account_id == account_id)
        with self._db.reading() as connection:
            return frozenset(connection.execute(select(self._grant.c.scope).where(mine)).scalars())

    def set(self, tenant: str, account_id: str, scopes: Collection[str], now: datetime) -> None:
        """Grant exactly `scopes`: what is missing is added, what is too much is taken away."""
        mine = (self._grant.c.tenant == tenant) & (self._grant.c.account_id == account_id)
        with self._db.writing() as connection:
            held = frozenset(connection.execute(select(self._grant.c.scope).where(mine)).scalars())
            gone, fresh = held - set(scopes), set(scopes) - held
            if gone:
                connection.execute(delete(self._grant).where(mine & self._grant.c.scope.in_(sorted(gone))))
            if fresh:
                connection.execute(insert(self._grant), list(self._grants(tenant, account_id, fresh, now)))

    @staticmethod
    def _grants(tenant: str, account_id: str, scopes: Iterable[str], now: datetime) -> Iterator[Mapping[str, str]]:
        for scope in sorted(scopes):
            yield {"tenant": tenant, "account_id": account_id, "scope": scope, "granted_at": instant_text(now)}
