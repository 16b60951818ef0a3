"""Devices in the database."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from server.accounts.database import Database, instant, instant_text, moment_or_none, text_or_none
from server.accounts.model import Device


class DeviceStore:
    """Every statement about devices."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._device = database.tables.tables["device"]

    def find(self, device_id: str) -> Device | None:
        """Find a device; its id is unique everywhere."""
        with self._db.reading() as connection:
            row = connection.execute(select(self._device).where(self._device.c.id == device_id)).mappings().first()
        return device_from(row) if row else None

    def all(self, tenant: str, account_id: str | None = None) -> list[Device]:
        """List the devices of a tenant, or of one account, in order of enrolment."""
        query = select(self._device).where(self._device.c.tenant == tenant).order_by(self._device.c.enrolled_at)
        if account_id is not None:
            query = query.where(self._device.c.account_id == account_id)
        with self._db.reading() as connection:
            return [device_from(row) for row in connection.execute(query).mappings()]

    def enrol(self, device: Device) -> None:
        """Keep a device, or its new name and the time it was seen when it is known."""
        seen = {"name": device.name, "platform": device.platform, "last_seen_at": text_or_none(device.last_seen_at)}
        key = {"tenant": device.tenant, "id": device.id, "account_id": device.account_id}
        with self._db.writing() as connection:
            again = connection.execute(update(self._device).where(self._device.c.id == device.id).values(seen))
        if again.rowcount == 0:
            self._add(key | seen | {"enrolled_at": instant_text(device.enrolled_at)})

    def _add(self, row: dict[str, str | None]) -> None:
        # A double tap on "sign in" enrols twice at once; the second finds the first's row, which is all it wants.
        with suppress(IntegrityError), self._db.writing() as connection:
            connection.execute(insert(self._device).values(row))

    def revoke(self, device_id: str, now: datetime) -> None:
        """Mark a device as shut out; the first time stands. Its refresh token stays, so that it can be told to wipe."""
        open_ = (self._device.c.id == device_id) & self._device.c.revoked_at.is_(None)
        with self._db.writing() as connection:
            connection.execute(update(self._device).where(open_).values(revoked_at=instant_text(now)))


def device_from(row: Mapping[Any, Any]) -> Device:
    """Read a device from its columns."""
    return Device(
        tenant=row["tenant"],
        id=row["id"],
        account_id=row["account_id"],
        name=row["name"],
        platform=row["platform"],
        enrolled_at=instant(row["enrolled_at"]),
        last_seen_at=moment_or_none(row["last_seen_at"]),
        revoked_at=moment_or_none(row["revoked_at"]),
    )
