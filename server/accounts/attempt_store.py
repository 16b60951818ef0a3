"""Attempts to sign in, in the database, so that all processes count together."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, text

from server.accounts.database import Database, instant, instant_text


class FullError(Exception):
    """A key has as many attempts as it may; the next is allowed at `free_at`."""

    def __init__(self, free_at: datetime) -> None:
        super().__init__("full")
        self.free_at = free_at


class AttemptStore:
    """Every statement about attempts."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._attempt = database.tables.tables["attempt"]

    def count(self, limits: Mapping[str, int], now: datetime, window: timedelta) -> list[int]:
        """Count an attempt under every key of `limits`, in one transaction, so that no two slip in at once.

        limits : key → attempts in `window`. Gives the numbers of what was counted, for `take_back`. Raises FullError,
        having counted nothing, when a key has no attempt left. Forgets what is older than the window.
        """
        with self._db.writing() as connection:
            self._queue(connection)
            connection.execute(delete(self._attempt).where(self._attempt.c.at < instant_text(now - window)))
            for key, limit in limits.items():
                self._refuse_full(connection, key, limit, window)
            one = insert(self._attempt).returning(self._attempt.c.number)
            return [connection.execute(one.values(key=key, at=instant_text(now))).scalar_one() for key in limits]

    def take_back(self, numbers: Collection[int], key: str) -> None:
        """Take back what was counted for a sign-in that worked, and start counting under `key` again."""
        mine = self._attempt.c.number.in_(numbers)
        with self._db.writing() as connection:
            connection.execute(delete(self._attempt).where(mine | (self._attempt.c.key == key)))

    def _queue(self, connection: Connection) -> None:
        """Let one count at a time; on SQLite every transaction that writes has queued already."""
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE attempt IN SHARE ROW EXCLUSIVE MODE"))

    def _refuse_full(self, connection: Connection, key: str, limit: int, window: timedelta) -> None:
        query = select(self._attempt.c.at).where(self._attempt.c.key == key).order_by(self._attempt.c.at)
        counted = connection.execute(query).scalars().all()
        if len(counted) >= limit:
            raise FullError(instant(counted[-limit]) + window)
