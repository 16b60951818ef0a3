"""One way to write JSON, so that equal values are equal text."""

import hashlib
import json
from typing import Any

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_PLAIN = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> str:
    """Write `value` with sorted keys and no spaces; ValueError for what JSON or UTF-8 cannot carry."""
    text = _CANONICAL.encode(value)
    text.encode("utf-8")
    return text


def digest(*parts: Any) -> str:
    """Give the SHA-256 of `parts` as 64 hex digits; any JSON will do, half a surrogate pair included."""
    return hashlib.sha256(plain(parts).encode("ascii")).hexdigest()


def plain(value: Any) -> str:
    """Write anything that came as JSON in ASCII alone: for payloads that nobody has vetted."""
    return _PLAIN.encode(value)
