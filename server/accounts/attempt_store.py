"""Failed attempts to sign in, in the database, so that all processes count together."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select

from server.accounts.database import Database, instant, instant_text


class AttemptStore:
    """Every statement about failed attempts."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._attempt = database.tables.tables["attempt"]

    def since(self, key: str, since: datetime) -> list[datetime]:
        """Give the times of failed attempts under `key` since an instant, oldest first."""
        recent = (self._attempt.c.key == key) & (self._attempt.c.at >= instant_text(since))
        query = select(self._attempt.c.at).where(recent).order_by(self._attempt.c.at)
        with self._db.reading() as connection:
            return [instant(text) for text in connection.execute(query).scalars()]

    def note(self, keys: Iterable[str], now: datetime, forget_before: datetime) -> None:
        """Count a failed attempt under each key, and forget those that are too old to matter."""
        rows = [{"key": key, "at": instant_text(now)} for key in keys]
        with self._db.writing() as connection:
            connection.execute(delete(self._attempt).where(self._attempt.c.at < instant_text(forget_before)))
            connection.execute(insert(self._attempt), rows)

    def forget(self, key: str) -> None:
        """Start counting again after a sign-in that worked."""
        with self._db.writing() as connection:
            connection.execute(delete(self._attempt).where(self._attempt.c.key == key))
