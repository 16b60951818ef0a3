"""What processes tell the live process: which feed moved, how far, and in which scopes."""

from dataclasses import dataclass
from typing import Final

import orjson

#: NOTIFY carries less than 8,000 bytes; datagrams keep to the same.
LIMIT: Final = 7_900


@dataclass(frozen=True, slots=True)
class Word:
    """A feed moved.

    seq : where it ends now, 0 when it did not move. scopes : that changed; empty when grants or devices did; None when
    they are too many to name, so that the live process has to look. by : the device that wrote it all, "" for several.
    """

    tenant: str
    seq: int
    scopes: frozenset[str] | None
    by: str = ""


def packed(word: Word) -> bytes:
    """Write a word in at most LIMIT bytes."""
    named = _json(word.tenant, word.seq, None if word.scopes is None else sorted(word.scopes), word.by)
    return named if len(named) <= LIMIT else _json(word.tenant, word.seq, None, "")


def unpacked(text: bytes | str) -> Word:
    """Read a word; raises ValueError for anything else."""
    match orjson.loads(text):
        case [str(tenant), int(seq), None, str()]:
            return Word(tenant, seq, None)
        case [str(tenant), int(seq), [*scopes], str(by)] if all(isinstance(scope, str) for scope in scopes):
            return Word(tenant, seq, frozenset(scopes), by)
    raise ValueError("not a word about a feed")


def _json(tenant: str, seq: int, scopes: list[str] | None, by: str) -> bytes:
    return orjson.dumps([tenant, seq, scopes, by])
