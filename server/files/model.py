"""The words of files as values: an upload, a kept file, the limits, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way. length : in bytes. metadata : as the client sent it. sha256 : once the file is complete."""

    tenant: str
    id: str
    device: str
    attachment_id: str
    length: int
    metadata: str
    created_at: datetime
    expires_at: datetime
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Begin:
    """An upload is wanted for a record of this size. length : of the whole file, in bytes."""

    attachment_id: str
    length: int
    media_type: str | None = None
    metadata: str = ""


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of one request must hash to. algorithm : sha256 or sha1."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole file. path : where its bytes lie."""

    attachment_id: str
    path: Path
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Room:
    """How many files there are and how many bytes they take."""

    count: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Limits:
    """tenant_bytes : of all files of a programme. device_bytes : of what one device has on its way.

    life : of an upload that does not end. grace : how long the file of a deleted record waits for its return.
    reserve_bytes : of the disk, which are left to the database.
    """

    tenant_bytes: int = 10 * 1024**3
    device_bytes: int = 100 * 1024**2
    life: timedelta = timedelta(days=7)
    grace: timedelta = timedelta(days=30)
    reserve_bytes: int = 100 * 1024**2


class FileError(Exception):
    """A named refusal. slug : of the contract's problems. errors : header → what is wrong with it."""

    def __init__(self, slug: str, detail: str | None = None, errors: Mapping[str, Any] | None = None) -> None:
        super().__init__(slug)
        self.slug = slug
        self.detail = detail
        self.errors = dict(errors or {})


@dataclass(slots=True)
class Swept:
    """What a sweep did: uploads ended, files brought to their end, files removed, records whose file is missing."""

    expired: int = 0
    finished: int = 0
    removed: int = 0
    missing: int = 0
