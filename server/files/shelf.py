"""The last step of an upload, which may be taken again after a crash at any point of it, and its undoing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from server.files.access import KIND, Access
from server.files.blobs import Blobs, look_at
from server.files.index import Uploads, Uses
from server.files.model import FileError, Upload
from server.files.parts import Parts
from server.sync.door import Door
from server.sync.model import Key

#: The word that phones see for who wrote the status of a file.
BY = "server"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where parts become files and files are taken away. door : the one way to write into a programme."""

    parts: Parts
    blobs: Blobs
    uploads: Uploads
    uses: Uses
    access: Access
    door: Callable[[str], Door]
    now: Callable[[], datetime]

    def finish(self, upload: Upload, part: Path) -> None:
        """Check a whole part, give it its place, tell the phones, and only then forget that it was on its way.

        Raises FileError `file-type-refused` and `file-already-there`, and forgets the upload; `not-found` likewise
        when the record is gone.
        """
        sha256, media_type = look_at(part)
        record = self.access.record(upload.tenant, upload.attachment_id)
        if record is None or media_type != record.doc["media_type"]:
            self.drop(upload)
            raise FileError("file-type-refused" if record else "not-found")
        file = {"sha256": sha256, "bytes": upload.length, "media_type": media_type}
        if not self._place(upload, part, file):
            self.drop(upload)
            raise FileError("file-already-there")
        self.tell(upload.tenant, upload.attachment_id, {"status": "stored", "sha256": sha256})
        self.uploads.finish(upload, sha256)
        self.parts.remove(upload.id)

    def _place(self, upload: Upload, part: Path, file: Mapping[str, Any]) -> bool:
        """Say whether this file is the record's now; another's may have come first."""
        tenant, sha256 = upload.tenant, file["sha256"]
        with self.blobs.alone(tenant):
            self.blobs.keep(tenant, sha256, part)
            is_ours = bool(self.uses.add(tenant, upload.attachment_id, dict(file), self.now()) == sha256)
            if not is_ours and not self.uses.knows(tenant, sha256):
                self.blobs.remove(tenant, sha256)
        return is_ours

    def tell(self, tenant: str, attachment_id: str, values: Mapping[str, Any]) -> None:
        """Write into the attachment's record what became of its file, so that the feed moves and phones learn it."""
        self.door(tenant).change([(Key(KIND, attachment_id), values)], by=BY)

    def drop(self, upload: Upload) -> None:
        """Forget an upload and what has arrived of it."""
        self.parts.remove(upload.id)
        self.uploads.remove(upload)

    def take_away(self, tenant: str, attachment_id: str) -> bool:
        """Take a record's file and uploads from it; say whether bytes were deleted, as no other record has them."""
        for upload in self.uploads.of_record(tenant, attachment_id):
            self.drop(upload)
        with self.blobs.alone(tenant):
            sha256 = self.uses.drop(tenant, attachment_id)
            if sha256 is not None:
                self.blobs.remove(tenant, sha256)
        return sha256 is not None
