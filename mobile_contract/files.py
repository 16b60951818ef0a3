"""What a file may be: its purposes, how large and of which type each may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024

#: Where phones send files, in pieces, by tus 1.0.
ADDRESS: Final = "/v1/files"


@dataclass(frozen=True, slots=True)
class Purpose:
    """max_bytes : the largest file. media_types : those it may have; SVG is a program and is never among them."""

    max_bytes: int
    media_types: tuple[str, ...]


_PICTURES: Final = ("image/png", "image/jpeg", "image/webp")

PURPOSES: Final[Mapping[str, Purpose]] = {
    "consent_signature": Purpose(2 * MEGABYTE, (*_PICTURES, "application/pdf")),
    "photo": Purpose(10 * MEGABYTE, _PICTURES),
}

#: Media type → how such a file's name ends.
MEDIA_TYPES: Final[Mapping[str, str]] = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "application/pdf": "pdf",
}
MAX_FILE_BYTES: Final = max(purpose.max_bytes for purpose in PURPOSES.values())
