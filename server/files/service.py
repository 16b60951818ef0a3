"""Files from the first byte to the last: begin, ask, send, end, have; each request is judged on its own."""

import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from mobile_contract.files import MAX_FILE_BYTES, PURPOSES
from server.files.access import Access
from server.files.disk import make_folder
from server.files.model import Begin, Checksum, FileError, Kept, Limits, Upload
from server.files.parts import Part, Read
from server.files.shelf import Shelf
from server.sync.model import Document, Principal

_NONE: Final = "not-found"


class Files:
    """What the server does about files. An upload is its device's alone; a file is for who holds its records."""

    def __init__(
        self,
        shelf: Shelf,
        limits: Limits,
        slots: int = 2,
        fresh_id: Callable[[], str] = lambda: secrets.token_hex(16),
    ) -> None:
        self.shelf, self.limits, self._fresh_id = shelf, limits, fresh_id
        self._slots = BoundedSemaphore(slots)

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Take one of this process's few places for senders, who may be slow; raises FileError `busy`.

        Without them a handful of photos on thin signals would keep every thread from those who sync.
        """
        if not self._slots.acquire(blocking=False):
            raise FileError("busy")
        try:
            yield
        finally:
            self._slots.release()

    @property
    def _access(self) -> Access:
        return self.shelf.access

    def begin(self, principal: Principal, wanted: Begin) -> Upload:
        """Begin an upload for a record that the principal may write; an earlier one from this device ends.

        Raises FileError: not-found, file-already-there, file-too-large, file-type-refused, upload-invalid, files-full,
        no-room.
        """
        record = self._access.writable(principal, wanted.attachment_id)
        if record is None:
            raise FileError(_NONE)
        _check(wanted, record.doc)
        now = self.shelf.now()
        upload = Upload(
            principal.tenant, self._fresh_id(), principal.device_id, wanted.attachment_id, wanted.length,
            wanted.metadata, now, now + self.limits.life,
        )  # fmt: skip
        self._make_room(upload)
        self.shelf.uploads.add(upload)
        try:
            self.shelf.parts.begin(upload.id)
        except BaseException:
            self.shelf.drop(upload)
            raise
        return upload

    def _make_room(self, upload: Upload) -> None:
        mine = self.shelf.uploads.of_device(upload.tenant, upload.device)
        for earlier in [one for one in mine if one.attachment_id == upload.attachment_id]:
            self.shelf.drop(earlier)
            mine.remove(earlier)
        if sum(one.length for one in mine) + upload.length > self.limits.device_bytes:
            raise FileError("files-full", "This device has as much on its way as it may.")
        taken = self.shelf.uses.kept(upload.tenant).bytes + self.shelf.uploads.bytes_on_their_way(upload.tenant)
        if taken + upload.length > self.limits.tenant_bytes:
            raise FileError("files-full", "The programme has as many bytes of files as it may.")
        free = shutil.disk_usage(make_folder(self.shelf.parts.folder)).free
        if free - upload.length < self.limits.reserve_bytes:
            raise FileError("no-room")

    def upload(self, principal: Principal, upload_id: str) -> Upload:
        """Find an upload of this device, for a record that it may still write; FileError not-found, upload-expired."""
        upload = self.shelf.uploads.find(principal.tenant, upload_id)
        if upload is None or upload.device != principal.device_id:
            raise FileError(_NONE)
        if self._access.writable(principal, upload.attachment_id) is None:
            raise FileError(_NONE)
        if self.shelf.now() >= upload.expires_at:
            raise FileError("upload-expired")
        return upload

    def offset(self, upload: Upload) -> int:
        """Say how many bytes are on the disk; an upload that a crash left whole is brought to its end.

        Raises FileError: upload-busy, upload-expired, and those of its end.
        """
        if upload.sha256 is not None:
            return upload.length
        return self._held(upload, lambda part: self._settled(upload, part))

    def receive(self, upload: Upload, offset: int, read: Read, *, checksum: Checksum | None = None) -> int:
        """Add bytes at `offset` and say how many are on the disk then.

        Raises FileError: upload-offset, upload-busy, upload-expired, checksum-mismatch, file-too-large, no-room, and
        those of the end. What `read` raises goes on; what it gave before stays, unless there is a checksum.
        """
        if upload.sha256 is not None:
            raise FileError("upload-offset")

        def add(part: Part) -> int:
            if part.size != offset:
                raise FileError("upload-offset")
            left = upload.length - offset
            if checksum is None:
                part.receive(read, left)
            else:
                part.receive_checked(read, left, checksum)
            return self._settled(upload, part)

        return self._held(upload, add)

    def _held(self, upload: Upload, use: Callable[[Part], int]) -> int:
        try:
            with self.shelf.parts.hold(upload.id) as part:
                return use(part)
        except FileNotFoundError as error:  # swept, or left behind by a restore
            raise FileError("upload-expired") from error

    def _settled(self, upload: Upload, part: Part) -> int:
        size = part.settle()
        if size == upload.length:
            self.shelf.finish(upload, part.path)
        return size

    def end(self, upload: Upload) -> None:
        """Give an upload up; a file that is complete stays with its record."""
        if upload.sha256 is None:
            self._held(upload, lambda _: 0)
        self.shelf.drop(upload)

    def have(self, principal: Principal, either_id: str) -> Kept:
        """Give the file of an attachment, named by its own id or by that of its upload.

        Raises FileError not-found, the same for a file that does not exist and for one of somebody else, and
        file-awaited.
        """
        upload = self.shelf.uploads.find(principal.tenant, either_id)
        attachment_id = upload.attachment_id if upload else either_id
        record = self._access.readable(principal, attachment_id)
        if record is None:
            raise FileError(_NONE)
        sha256 = self.shelf.uses.of(principal.tenant, attachment_id)
        path = self.shelf.blobs.path(principal.tenant, sha256) if sha256 else None
        if sha256 is None or path is None or not path.is_file():
            raise FileError("file-awaited")
        return Kept(attachment_id, path, sha256, str(record.doc["media_type"]))

    def forget(self, tenant: str, attachment_ids: Collection[str]) -> int:
        """Erase the files and uploads of records at once; say how many files were deleted, shared ones not counted."""
        return sum(self.shelf.take_away(tenant, attachment_id) for attachment_id in attachment_ids)

    def forget_erased(self, tenant: str) -> int:
        """Erase the files of records whose content was erased; a sweep does the same, should this be cut short."""
        having = [use.attachment_id for use in self.shelf.uses.all() if use.tenant == tenant]
        sending = [upload.attachment_id for upload in self.shelf.uploads.all() if upload.tenant == tenant]
        return self.forget(tenant, self.shelf.access.erased(tenant, {*having, *sending}))


def _check(wanted: Begin, doc: Document) -> None:
    purpose = PURPOSES[doc["purpose"]]
    if doc["status"] == "stored":
        raise FileError("file-already-there")
    if wanted.length > min(MAX_FILE_BYTES, purpose.max_bytes):
        raise FileError("file-too-large")
    if doc["media_type"] not in purpose.media_types or wanted.media_type not in (None, doc["media_type"]):
        raise FileError("file-type-refused")
    if wanted.length != doc["bytes"]:
        raise FileError("upload-invalid", errors={"Upload-Length": [f"The record says {doc['bytes']} bytes."]})
