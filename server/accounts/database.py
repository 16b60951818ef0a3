"""How the account stores reach the database, and how instants are written there."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, MetaData

Opens = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Database:
    """reading, writing : open a transaction. tables : names the tables of the storage, which accounts do not import."""

    reading: Opens
    writing: Opens
    tables: MetaData


def instant_text(moment: datetime) -> str:
    """Write an instant so that text order is the order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(text: str) -> datetime:
    """Read an instant as it is kept."""
    return datetime.fromisoformat(text)


def text_or_none(moment: datetime | None) -> str | None:
    """Write an instant that may be missing."""
    return None if moment is None else instant_text(moment)


def moment_or_none(text: str | None) -> datetime | None:
    """Read an instant that may be missing."""
    return None if text is None else instant(text)
