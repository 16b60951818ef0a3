"""Tokens that only this server can make: JSON, packed small, with a keyed hash."""

import base64
import hashlib
import hmac
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

_TAG_BYTES = 16
_PAYLOAD_LIMIT = 1 << 20


class HmacSeal:
    """Seals with the first key and opens with any, so that keys can be changed without stopping a phone.

    keys : at least 32 random bytes each. purpose : tokens of one purpose are worthless for another.
    """

    def __init__(self, keys: Sequence[bytes], purpose: str = "cursor") -> None:
        self._keys = [hmac.digest(key, purpose.encode(), "sha256") for key in keys]

    def seal(self, payload: Mapping[str, Any]) -> str:
        """Make a token that carries `payload`; safe in URLs."""
        body = zlib.compress(json.dumps(payload, separators=(",", ":")).encode())
        return base64.urlsafe_b64encode(_tag(self._keys[0], body) + body).decode().rstrip("=")

    def open(self, token: str) -> dict[str, Any]:
        """Give the payload back; ValueError when the token is not ours."""
        raw = _decode(token)
        tag, body = raw[:_TAG_BYTES], raw[_TAG_BYTES:]
        if not any(hmac.compare_digest(tag, _tag(key, body)) for key in self._keys):
            raise ValueError("not a token of this server")
        payload: dict[str, Any] = json.loads(zlib.decompressobj().decompress(body, _PAYLOAD_LIMIT))
        return payload


def _tag(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()[:_TAG_BYTES]


def _decode(token: str) -> bytes:
    """Read base64 strictly, so that one token has one spelling."""
    padded = token.encode("ascii", "replace") + b"=" * (-len(token) % 4)
    return base64.b64decode(padded, altchars=b"-_", validate=True)
