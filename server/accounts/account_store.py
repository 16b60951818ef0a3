"""Accounts in the database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from server.accounts.database import Database, instant, instant_text, moment_or_none
from server.accounts.model import Account


class NameTakenError(ValueError):
    """Another account already has this username."""


class AccountStore:
    """Every statement about accounts."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._account = database.tables.tables["account"]

    def add(self, account: Account) -> None:
        """Keep a new account; raises NameTakenError when its username is in use."""
        row = {
            "tenant": account.tenant,
            "id": account.id,
            "username": account.username,
            "name": account.name,
            "password_hash": account.password_hash,
            "roles": list(account.roles),
            "volunteer_id": account.volunteer_id,
            "facts": dict(account.facts),
            "created_at": instant_text(account.created_at),
        }
        try:
            with self._db.writing() as connection:
                connection.execute(insert(self._account).values(row))
        except IntegrityError as error:
            raise NameTakenError(account.username) from error

    def by_username(self, username: str) -> Account | None:
        """Find an account by its username, as kept: lower case."""
        return self._one(self._account.c.username == username)

    def all(self, tenant: str | None = None) -> list[Account]:
        """List accounts by username, of one tenant if it is named."""
        query = select(self._account).order_by(self._account.c.username)
        if tenant is not None:
            query = query.where(self._account.c.tenant == tenant)
        with self._db.reading() as connection:
            return [account_from(row) for row in connection.execute(query).mappings()]

    def change(self, account_id: str, **values: Any) -> None:
        """Set columns of an account: password_hash, roles, facts, volunteer_id or disabled_at."""
        with self._db.writing() as connection:
            connection.execute(update(self._account).where(self._account.c.id == account_id).values(values))

    def _one(self, condition: Any) -> Account | None:
        with self._db.reading() as connection:
            row = connection.execute(select(self._account).where(condition)).mappings().first()
        return account_from(row) if row else None


def account_from(row: Mapping[Any, Any]) -> Account:
    """Read an account from its columns."""
    return Account(
        tenant=row["tenant"],
        id=row["id"],
        username=row["username"],
        name=row["name"],
        password_hash=row["password_hash"],
        roles=tuple(row["roles"]),
        volunteer_id=row["volunteer_id"],
        facts=dict(row["facts"]),
        created_at=instant(row["created_at"]),
        disabled_at=moment_or_none(row["disabled_at"]),
    )
