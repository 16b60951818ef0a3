"""Clears what nobody waits for or refers to any more, and mends what a crash or a restore left by half."""

import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from server.accounts.database import instant
from server.files.model import FileError, Limits, Swept
from server.files.shelf import Shelf

#: Younger files may belong to a request that is under way.
_YOUNG_S: Final = 3600


def sweep(shelf: Shelf, limits: Limits, young_s: float = _YOUNG_S) -> Swept:
    """Go over every upload, every record's file and every file on the disk once; safe while the server runs."""
    done = Swept()
    _uploads(shelf, done)
    _uses(shelf, limits, done)
    _disk(shelf, done, time.time() - young_s)
    return done


def _uploads(shelf: Shelf, done: Swept) -> None:
    for upload in shelf.uploads.all():
        if shelf.now() >= upload.expires_at or shelf.access.erased(upload.tenant, [upload.attachment_id]):
            shelf.drop(upload)
            done.expired += upload.sha256 is None
        elif upload.sha256 is None:
            with suppress(FileError, FileNotFoundError), shelf.parts.hold(upload.id) as part:
                if part.settle() == upload.length:
                    shelf.finish(upload, part.path)
                    done.finished += 1


def _uses(shelf: Shelf, limits: Limits, done: Swept) -> None:
    for use in shelf.uses.all():
        record = shelf.access.record(use.tenant, use.attachment_id)
        if record is None:
            done.removed += _gone(shelf, use.tenant, use.attachment_id, use.gone_at, limits)
        elif not shelf.blobs.path(use.tenant, use.sha256).is_file():
            shelf.take_away(use.tenant, use.attachment_id)
            shelf.tell(use.tenant, use.attachment_id, {"status": "awaited", "sha256": None})
            done.missing += 1
        elif use.gone_at is not None:
            shelf.uses.mark_gone(use.tenant, use.attachment_id, None)


def _gone(shelf: Shelf, tenant: str, attachment_id: str, gone_at: str | None, limits: Limits) -> bool:
    """Take the file of a deleted record away once the grace is over: until then a person may bring it back."""
    now: datetime = shelf.now()
    if shelf.access.erased(tenant, [attachment_id]):
        return shelf.take_away(tenant, attachment_id)
    if gone_at is None:
        shelf.uses.mark_gone(tenant, attachment_id, now)
    if now < (now if gone_at is None else instant(gone_at)) + limits.grace:
        return False
    return shelf.take_away(tenant, attachment_id)


def _disk(shelf: Shelf, done: Swept, before: float) -> None:
    """Remove what no row knows: what a crash left between the disk and the database."""
    on_their_way = {upload.id for upload in shelf.uploads.all() if upload.sha256 is None}
    for upload_id in shelf.parts.ids():
        if upload_id not in on_their_way and _is_old(shelf.parts.path(upload_id), before):
            shelf.parts.remove(upload_id)
            done.removed += 1
    known = {shelf.blobs.path(use.tenant, use.sha256) for use in shelf.uses.all()}
    for path in shelf.blobs.all():
        if path not in known and _is_old(path, before):
            path.unlink(missing_ok=True)
            done.removed += 1


def _is_old(path: Path, before: float) -> bool:
    try:
        return path.stat().st_ctime < before
    except FileNotFoundError:
        return True
