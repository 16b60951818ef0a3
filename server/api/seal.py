"""Cursors that only this server can make."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from server.accounts.tokens import Signer


@dataclass(frozen=True, slots=True)
class SignedSeal:
    """Implements the core's `Seal` with the server's keys; tokens survive a rotation of keys."""

    signer: Signer

    def seal(self, payload: Mapping[str, Any]) -> str:
        """Make a token that carries `payload`."""
        return self.signer.sealed("cursor", orjson.dumps(dict(payload)))

    def open(self, token: str) -> dict[str, Any]:
        """Give the payload back; raises ValueError when the token is not ours."""
        payload = self.signer.opened("cursor", token)
        if payload is None:
            raise ValueError("not sealed here")
        return dict(orjson.loads(payload))
