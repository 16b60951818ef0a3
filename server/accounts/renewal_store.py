"""Refresh tokens in the database, by their hashes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from server.accounts.database import Database, instant, instant_text, moment_or_none


@dataclass(frozen=True, slots=True)
class Renewal:
    """A refresh token as it is kept. successor_hash : of the token that replaced it, if one has."""

    token_hash: str
    device_id: str
    expires_at: datetime
    replaced_at: datetime | None
    successor_hash: str | None


class RenewalStore:
    """Every statement about refresh tokens."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._device = database.tables.tables["device"]
        self._renewal = database.tables.tables["refresh_token"]

    def find(self, token_hash: str) -> Renewal | None:
        """Find a refresh token by its hash."""
        with self._db.reading() as connection:
            query = select(self._renewal).where(self._renewal.c.token_hash == token_hash)
            row = connection.execute(query).mappings().first()
        return _renewal(row) if row else None

    def start(self, device_id: str, token_hash: str, now: datetime, expires_at: datetime) -> None:
        """Begin a new chain of refresh tokens for a device; earlier chains of it end."""
        with self._db.writing() as connection:
            connection.execute(delete(self._renewal).where(self._renewal.c.device_id == device_id))
            self._add_renewal(connection, device_id, token_hash, now, expires_at)

    def replace(self, old: Renewal, successor_hash: str, now: datetime, expires_at: datetime) -> bool:
        """Replace a refresh token by its successor; False when somebody else was quicker."""
        unreplaced = (self._renewal.c.token_hash == old.token_hash) & self._renewal.c.replaced_at.is_(None)
        marks = {"replaced_at": instant_text(now), "successor_hash": successor_hash}
        with self._db.writing() as connection:
            if connection.execute(update(self._renewal).where(unreplaced).values(marks)).rowcount == 0:
                return False
            self._add_renewal(connection, old.device_id, successor_hash, now, expires_at)
            seen = update(self._device).where(self._device.c.id == old.device_id)
            connection.execute(seen.values(last_seen_at=instant_text(now)))
            self._forget_old(connection, old.device_id, now)
        return True

    def end(self, device_id: str) -> None:
        """End every sign-in of a device."""
        with self._db.writing() as connection:
            connection.execute(delete(self._renewal).where(self._renewal.c.device_id == device_id))

    def _add_renewal(
        self, connection: Connection, device_id: str, token_hash: str, now: datetime, expires_at: datetime
    ) -> None:
        row = {
            "token_hash": token_hash,
            "device_id": device_id,
            "issued_at": instant_text(now),
            "expires_at": instant_text(expires_at),
        }
        connection.execute(insert(self._renewal).values(row))

    def _forget_old(self, connection: Connection, device_id: str, now: datetime) -> None:
        old = (self._renewal.c.device_id == device_id) & (self._renewal.c.expires_at < instant_text(now))
        connection.execute(delete(self._renewal).where(old))


def _renewal(row: RowMapping) -> Renewal:
    return Renewal(
        token_hash=row["token_hash"],
        device_id=row["device_id"],
        expires_at=instant(row["expires_at"]),
        replaced_at=moment_or_none(row["replaced_at"]),
        successor_hash=row["successor_hash"],
    )
