"""Cursors that only this server can make."""

import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import orjson

from server.accounts.tokens import Signer

#: Tokens that a process remembers to have opened: a pull looks into its cursor twice. A token has 64 KiB at most.
_REMEMBERED: Final = 64
#: Bytes above which a payload is packed: that of an account with hundreds of scopes would outgrow what a cursor may be.
_LONG: Final = 4_096
#: How packed bytes begin; JSON begins otherwise.
_PACKED: Final = b"\x78"


class SignedSeal:
    """Implements the core's `Seal` with the server's keys; tokens survive a rotation of keys."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._opened = lru_cache(maxsize=_REMEMBERED)(self._open)

    def seal(self, payload: Mapping[str, Any]) -> str:
        """Make a token that carries `payload`."""
        plain = orjson.dumps(dict(payload))
        return self._signer.sealed("cursor", zlib.compress(plain) if len(plain) > _LONG else plain)

    def open(self, token: str) -> dict[str, Any]:
        """Give the payload back, which nobody may change; raises ValueError when the token is not ours."""
        return self._opened(token)

    def _open(self, token: str) -> dict[str, Any]:
        payload = self._signer.opened("cursor", token)
        if payload is None:
            raise ValueError("not sealed here")
        return dict(orjson.loads(zlib.decompress(payload) if payload.startswith(_PACKED) else payload))
