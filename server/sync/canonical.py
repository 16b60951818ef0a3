"""One way to write JSON, so that equal values are equal text."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> str:
    """Write `value` with sorted keys and no spaces; ValueError for what JSON or UTF-8 cannot carry."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    text.encode("utf-8")
    return text


def digest(*parts: Any) -> str:
    """Give the SHA-256 of `parts` as 64 hex digits; any JSON will do, half a surrogate pair included."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def plain(value: Any) -> str:
    """Write anything that came as JSON in ASCII alone: for payloads that nobody has vetted."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
