"""Ids of records that stay the same however often a source is read."""

import hashlib
import re
from typing import Final

from mobile_contract.kind import ID_PATTERN

_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_RECORD: Final = re.compile(ID_PATTERN)


def record_id(source: str, raw: str) -> tuple[str, tuple[str, ...]]:
    """Work out the record id of what `source` calls `raw`, and name the repair if there was one.

    A UUID is nobody else's, so it stands as it is; any other id is the source's own and takes its name in front.
    """
    if _UUID.fullmatch(raw):
        return raw.lower(), ()
    own = f"{source}.{raw}"
    if _RECORD.fullmatch(own):
        return own, ()
    return f"{slug(source)[:40]}.{digest(raw)}", ("id-made",)


def part_id(whole: str, part: str) -> str:
    """Give the id of a part of a record: both ids joined, or a digest of both where that is too long."""
    own = f"{whole}.{part}"
    return own if _RECORD.fullmatch(own) else f"{slug(whole)[:40]}.{digest(own)}"


def slug(text: str) -> str:
    """Write `text` in small letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def digest(text: str) -> str:
    """Shorten `text` to 16 hexadecimal digits; two texts share them once in billions of billions."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
