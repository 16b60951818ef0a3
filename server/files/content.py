"""What a file is, by its first bytes; what its sender calls it proves nothing."""

from collections.abc import Callable
from typing import Final

#: Bytes that are enough to tell.
HEAD_BYTES: Final = 16

_SIGNS: Final[tuple[tuple[str, Callable[[bytes], bool]], ...]] = (
    ("image/png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("image/webp", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    ("application/pdf", lambda head: head.startswith(b"%PDF-")),
)


def media_type_of(head: bytes) -> str | None:
    """Name the media type of a file that begins with `head`; None for everything that is not kept here."""
    return next((name for name, is_it in _SIGNS if is_it(head)), None)
