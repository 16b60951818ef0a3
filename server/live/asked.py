"""What a phone asked for, as far as the live process needs to know; and how it travels between two processes."""

from dataclasses import dataclass
from typing import Final

import orjson

#: Of a message that hands a connection over: two headers, each at most as long as gunicorn lets in.
LONGEST: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for the stream of pokes.

    authorization : the header as it came. last_id : of the last event that the phone heard, empty for none.
    """

    authorization: str
    last_id: str = ""

    @property
    def token(self) -> str | None:
        """The bearer token, None when there is none."""
        scheme, _, token = self.authorization.partition(" ")
        return token.strip() or None if scheme.lower() == "bearer" else None

    @property
    def last_seq(self) -> int | None:
        """The head that the phone was last told, None when it was told none."""
        return (
            int(self.last_id) if self.last_id.isascii() and self.last_id.isdigit() and len(self.last_id) < 19 else None
        )


def packed(asked: Asked) -> bytes:
    """Write a request down."""
    return orjson.dumps([asked.authorization, asked.last_id])


def unpacked(text: bytes) -> Asked:
    """Read a request; raises ValueError for anything else."""
    match orjson.loads(text):
        case [str(authorization), str(last_id)]:
            return Asked(authorization, last_id)
    raise ValueError("not a request that was handed over")
