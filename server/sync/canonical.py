"""One way to write JSON, so that equal values are equal text.

The one module of the core that uses more than the standard library: orjson writes a document in a tenth of the time.
What it would write otherwise than JSON asks (infinities), or cannot write (long numbers), goes to the standard
library; which of the two writes a value follows from the value alone.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from server.sync.deep import deep_text, readable

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_PLAIN = json.JSONEncoder(sort_keys=True, separators=(",", ":"))

#: What is finite for certain.
_CALM = frozenset({str, int, bool, type(None)})


def canonical(value: Any) -> str:
    """Write `value` with sorted keys and no spaces; ValueError for what JSON or UTF-8 cannot carry."""
    try:
        text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        nulls = text.count(b"null")
        if not nulls or _says_null(value, nulls) or _is_finite(value):
            return text.decode()
    except TypeError:
        pass
    written = _CANONICAL.encode(value)
    written.encode("utf-8")
    return written


def canonical_flat(values: Sequence[Mapping[str, Any]]) -> list[str]:
    """Do for many what `canonical` does for one. Names are in order; no value has names of its own or is infinite."""
    try:
        return [text.decode() for text in map(orjson.dumps, values)]
    except TypeError:
        return list(map(canonical, values))


def _says_null(value: Any, nulls: int) -> bool:
    """Say whether so many times null are an object's own values: then it stands for no number."""
    return type(value) is dict and list(value.values()).count(None) == nulls


def _is_finite(value: Any) -> bool:
    """Say whether no number in it is infinite or none at all: orjson would write those as null."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return not isinstance(value, float) or math.isfinite(value)
    return all([_is_finite(each) for each in value if type(each) not in _CALM])  # noqa: C419 # a generator takes twice as long


def digest(*parts: Any) -> str:
    """Give the SHA-256 of `parts` as 64 hex digits; any JSON will do, half a surrogate pair included."""
    return hashlib.sha256(plain(parts).encode("ascii")).hexdigest()


def fingerprint(value: Any) -> str:
    """Give 128 bits of a hash of any JSON as 32 hex digits: equal values, equal text."""
    try:
        text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        text = plain(value).encode("ascii")
    return hashlib.sha256(text).hexdigest()[:32]


def plain(value: Any) -> str:
    """Write anything that came as JSON in ASCII alone: for payloads that nobody has vetted."""
    try:
        return _PLAIN.encode(value)
    except RecursionError:
        return deep_text(value)


def read_plain(text: str) -> Any:
    """Read what `plain` wrote; what is nested too deep for the standard library comes as whoever lists it reads it."""
    try:
        return json.loads(text)
    except RecursionError:
        return orjson.loads(readable(text))
