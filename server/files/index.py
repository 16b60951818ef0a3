"""What the database knows of files: uploads on their way, whole files, and which record has which."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from server.accounts.database import Database, instant, instant_text
from server.files.model import Room, Upload
from server.storage.file_tables import file_use, kept_file, upload
from server.storage.statements import add_unless_there


class Uploads:
    """Every statement about uploads."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, one: Upload) -> None:
        """Keep a new upload."""
        with self._db.writing() as connection:
            connection.execute(insert(upload).values(_values(one)))

    def find(self, tenant: str, upload_id: str) -> Upload | None:
        """Find an upload of a programme."""
        with self._db.reading() as connection:
            row = connection.execute(select(upload).where(_is(tenant, upload_id))).one_or_none()
        return _upload_from(row) if row else None

    def of_device(self, tenant: str, device: str) -> list[Upload]:
        """List what a device has on its way."""
        mine = (upload.c.tenant == tenant) & (upload.c.device == device) & upload.c.sha256.is_(None)
        return self._all(mine)

    def of_record(self, tenant: str, attachment_id: str) -> list[Upload]:
        """List the uploads of one record."""
        return self._all((upload.c.tenant == tenant) & (upload.c.attachment_id == attachment_id))

    def all(self) -> list[Upload]:
        """List every upload of every programme."""
        return self._all(upload.c.id.is_not(None))

    def bytes_on_their_way(self, tenant: str) -> int:
        """Add up the announced lengths of what is not complete."""
        with self._db.reading() as connection:
            wanted = select(func.sum(upload.c.length)).where(upload.c.tenant == tenant, upload.c.sha256.is_(None))
            return int(connection.execute(wanted).scalar() or 0)

    def finish(self, one: Upload, sha256: str) -> None:
        """Note that the file is complete; what the client told of it, its name perhaps, is forgotten."""
        with self._db.writing() as connection:
            mine = update(upload).where(_is(one.tenant, one.id))
            connection.execute(mine.values(sha256=sha256, metadata=""))

    def remove(self, one: Upload) -> None:
        """Forget an upload."""
        with self._db.writing() as connection:
            connection.execute(delete(upload).where(_is(one.tenant, one.id)))

    def _all(self, condition: ColumnElement[bool]) -> list[Upload]:
        with self._db.reading() as connection:
            rows = connection.execute(select(upload).where(condition).order_by(upload.c.created_at, upload.c.id))
            return [_upload_from(row) for row in rows]


class Uses:
    """Every statement about whole files and the records that have them."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, tenant: str, attachment_id: str, file: dict[str, Any], now: datetime) -> str:
        """Let a record have a file, unless it has one; give the SHA-256 of the one that it has then.

        file : sha256, bytes and media_type.
        """
        with self._db.writing() as connection:
            dialect = connection.dialect.name
            use = {"tenant": tenant, "attachment_id": attachment_id, "sha256": file["sha256"], "gone_at": None}
            connection.execute(add_unless_there(file_use, dialect), use)
            mine = select(file_use.c.sha256).where(_uses(tenant, attachment_id))
            sha256: str = connection.execute(mine).scalar_one()
            if sha256 == file["sha256"]:
                row = {"tenant": tenant, **file, "kept_at": instant_text(now)}
                connection.execute(add_unless_there(kept_file, dialect), row)
            return sha256

    def of(self, tenant: str, attachment_id: str) -> str | None:
        """Give the SHA-256 of the file that a record has."""
        with self._db.reading() as connection:
            wanted = select(file_use.c.sha256).where(_uses(tenant, attachment_id))
            found: str | None = connection.execute(wanted).scalar()
        return found

    def drop(self, tenant: str, attachment_id: str) -> str | None:
        """Take a record's file from it; give the SHA-256 when no other record has this file, which is then unknown."""
        with self._db.writing() as connection:
            dropped = delete(file_use).where(_uses(tenant, attachment_id)).returning(file_use.c.sha256)
            sha256: str | None = connection.execute(dropped).scalar()
            if sha256 is None or _has_users(connection, tenant, sha256):
                return None
            connection.execute(delete(kept_file).where(kept_file.c.tenant == tenant, kept_file.c.sha256 == sha256))
            return sha256

    def all(self) -> Sequence[Row[Any]]:
        """List which record has which file: tenant, attachment_id, sha256, gone_at."""
        with self._db.reading() as connection:
            return connection.execute(select(file_use).order_by(file_use.c.tenant, file_use.c.attachment_id)).all()

    def mark_gone(self, tenant: str, attachment_id: str, at: datetime | None) -> None:
        """Note when a record was first found deleted, or that it is back."""
        text = None if at is None else instant_text(at)
        with self._db.writing() as connection:
            connection.execute(update(file_use).where(_uses(tenant, attachment_id)).values(gone_at=text))

    def knows(self, tenant: str, sha256: str) -> bool:
        """Say whether a programme has this file."""
        with self._db.reading() as connection:
            return _has_users(connection, tenant, sha256)

    def kept(self, tenant: str) -> Room:
        """Add up the whole files of a programme."""
        with self._db.reading() as connection:
            wanted = select(func.count(), func.sum(kept_file.c.bytes)).where(kept_file.c.tenant == tenant)
            count, total = connection.execute(wanted).one()
        return Room(int(count), int(total or 0))


def _has_users(connection: Connection, tenant: str, sha256: str) -> bool:
    wanted = select(file_use.c.sha256).where(file_use.c.tenant == tenant, file_use.c.sha256 == sha256).limit(1)
    return connection.execute(wanted).scalar() is not None


def _uses(tenant: str, attachment_id: str) -> ColumnElement[bool]:
    return (file_use.c.tenant == tenant) & (file_use.c.attachment_id == attachment_id)


def _is(tenant: str, upload_id: str) -> ColumnElement[bool]:
    return (upload.c.tenant == tenant) & (upload.c.id == upload_id)


def _values(one: Upload) -> dict[str, Any]:
    return {
        "tenant": one.tenant,
        "id": one.id,
        "device": one.device,
        "attachment_id": one.attachment_id,
        "length": one.length,
        "metadata": one.metadata,
        "created_at": instant_text(one.created_at),
        "expires_at": instant_text(one.expires_at),
        "sha256": one.sha256,
    }


def _upload_from(row: Row[Any]) -> Upload:
    return Upload(
        row.tenant,
        row.id,
        row.device,
        row.attachment_id,
        row.length,
        row.metadata,
        instant(row.created_at),
        instant(row.expires_at),
        row.sha256,
    )
