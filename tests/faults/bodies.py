"""Push bodies that went wrong on their way, or were made by somebody who means harm. Seeded."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

Body = dict[str, Any]

HOSTILE: list[Any] = [
    None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, -(2**63) - 1, 10**40, 1.0, 0.1, 1e308, -0.0,
    "", " ", "\x00", "a\x00b", "\ud800", "é" * 300, "𐍈", "x" * 20_000, "../../etc", "' OR 1=1 --", "<script>", "null",
    "-1",
    "2026-02-30T00:00:00Z", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z", "2026-11-21T09:30:00+01:00", "２０２６",
    [], [[]], [None], ["en", "en"], list(range(300)), {}, {"": ""}, {"a": {"b": {"c": []}}},
    {"add": ["en"], "remove": ["en"]}, {"add": "en"}, {"delta": 2**62}, {"delta": 1.5}, {"delta": None},
    {"__proto__": 1}, {"$ref": "#"},
]  # fmt: skip


def places(value: Any) -> list[tuple[Any, Any]]:
    """Name every place in a body: the container and the key or number in it."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        items = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        for name, inner in items:
            found.append((value, name))
            found.extend(places(inner))
    return found


def spoil(body: Body, chance: random.Random) -> bytes:
    """Give the bytes of a body after up to four things went wrong with it, mostly inside what its mutations set."""
    spoiled = copy.deepcopy(body)
    inside = [one["set"] for one in spoiled["mutations"] if one["set"]] if chance.random() < 0.7 else []
    for _ in range(chance.randint(0, 4)):
        chance.choice(SPOILERS)(chance.choice(inside) if inside else spoiled, chance)
    raw = json.dumps(spoiled, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    return _tear(raw, chance) if chance.random() < 0.1 else raw


def _replace(body: Body, chance: random.Random) -> None:
    where, name = _place(body, chance)
    if where is not None:
        where[name] = copy.deepcopy(chance.choice(HOSTILE))


def _drop(body: Body, chance: random.Random) -> None:
    where, name = _place(body, chance)
    if where is not None:
        del where[name]


def _add(body: Body, chance: random.Random) -> None:
    where, _ = _place(body, chance)
    if isinstance(where, dict):
        where[chance.choice(["", "x", "__class__", "tenant", "scopes", "version", "deleted", "é", "a" * 200])] = 1
    elif isinstance(where, list):
        where.append(copy.deepcopy(chance.choice([*HOSTILE, *where])))


def _swap(body: Body, chance: random.Random) -> None:
    (one, first), (other, second) = _place(body, chance), _place(body, chance)
    if one is not None and other is not None:
        value = copy.deepcopy(one[first])
        one[first] = copy.deepcopy(other[second])
        other[second] = value


def _repeat(body: Body, chance: random.Random) -> None:
    mutations = body.get("mutations")
    if isinstance(mutations, list) and mutations:
        mutations.append(copy.deepcopy(chance.choice(mutations)))
        chance.shuffle(mutations)


def _deepen(body: Body, chance: random.Random) -> None:
    where, name = _place(body, chance)
    if where is not None:
        deep: Any = where[name]
        for _ in range(chance.choice([1, 20, 60])):
            deep = [deep] if chance.random() < 0.5 else {"d": deep}
        where[name] = deep


SPOILERS: list[Callable[[Body, random.Random], None]] = [
    _replace,
    _replace,
    _replace,
    _drop,
    _add,
    _swap,
    _repeat,
    _deepen,
]


def _place(body: Body, chance: random.Random) -> tuple[Any, Any]:
    found = places(body)
    where, name = chance.choice(found) if found else (None, None)
    inside = where is not None and (name in where if isinstance(where, dict) else name < len(where))
    return (where, name) if inside else (None, None)


def _tear(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) or 1)
    return chance.choice([
        raw[:at],
        raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :],
        raw + raw,
        b"\xef\xbb\xbf" + raw,
        raw.decode("utf-8", "replace").encode("utf-16"),
        raw.replace(b":", b": NaN, ", 1),
        b"[" * 5_000 + raw,
        raw.replace(b"[]", b"[" * 3_000 + b"]" * 3_000),
    ])  # fmt: skip
