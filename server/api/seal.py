"""Cursors that only this server can make."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import orjson

from server.accounts.tokens import Signer

#: Tokens that a process remembers to have opened: a pull looks into its cursor twice. A token has 64 KiB at most.
_REMEMBERED: Final = 64


class SignedSeal:
    """Implements the core's `Seal` with the server's keys; tokens survive a rotation of keys."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._opened = lru_cache(maxsize=_REMEMBERED)(self._open)

    def seal(self, payload: Mapping[str, Any]) -> str:
        """Make a token that carries `payload`."""
        return self._signer.sealed("cursor", orjson.dumps(dict(payload)))

    def open(self, token: str) -> dict[str, Any]:
        """Give the payload back, which nobody may change; raises ValueError when the token is not ours."""
        return self._opened(token)

    def _open(self, token: str) -> dict[str, Any]:
        payload = self._signer.opened("cursor", token)
        if payload is None:
            raise ValueError("not sealed here")
        return dict(orjson.loads(payload))
