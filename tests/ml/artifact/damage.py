"""Packs as they come out of broken downloads, bad disks and strange hands."""

import copy
import gzip
import json
import math
import random

from ml.models.artifact import packed

STRANGE = (
    None,
    True,
    "",
    "1",
    "#fit",
    "kind",
    [],
    [[]],
    {},
    -1,
    0,
    1,
    2.5,
    -0.5,
    1e308,
    2**31,
    2**32,
    2**53,
    [1, 2],
    ["add", 1, 1],
)


def damaged(chance: random.Random, data: bytes) -> bytes:
    """`data` with one kind of damage at a place of chance."""
    return chance.choice(_KINDS)(chance, data)


def _flip_bits(chance, data):
    made = bytearray(data)
    for _ in range(chance.choice([1, 1, 1, 2, 8])):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _flip_in_the_edges(chance, data):
    made = bytearray(data)
    made[chance.choice([*range(12), *range(-12, 0)])] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut(chance, data):
    return data[: chance.randrange(len(data))]


def _cut_the_head(chance, data):
    return data[chance.randrange(1, len(data)) :]


def _run(chance, data):
    start = chance.randrange(len(data) - 1)
    return start, min(len(data), start + 1 + int(chance.expovariate(1 / 40)))


def _blank_a_run(chance, data):
    start, end = _run(chance, data)
    return data[:start] + bytes([chance.choice([0, 255])]) * (end - start) + data[end:]


def _lose_a_run(chance, data):
    start, end = _run(chance, data)
    return data[:start] + data[end:]


def _repeat_a_run(chance, data):
    start, end = _run(chance, data)
    return data[:end] + data[start:]


def _insert(chance, data):
    start = chance.randrange(len(data))
    return data[:start] + chance.randbytes(chance.randint(1, 9)) + data[start:]


def _swap(chance, data):
    first, second = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    return data[second:] + data[first:second] + data[:first]


def _append(chance, data):
    return data + chance.choice(
        [b"\0", b" ", b"\n", data, gzip.compress(b""), gzip.compress(b" "), chance.randbytes(5)]
    )


_KINDS = (
    _flip_bits, _flip_bits, _flip_in_the_edges, _cut, _cut_the_head, _blank_a_run, _lose_a_run, _repeat_a_run, _insert,
    _swap, _append,
)  # fmt: skip


def edited(chance: random.Random, document) -> bytes:
    """A pack of `document` in which one part is another, as no download would leave it; its gzip is whole."""
    changed = copy.deepcopy(document)
    holder, place = _part(chance, changed)
    act = chance.randrange(4)
    if act == 0:
        del holder[place]
    elif act == 1 and isinstance(holder, list):
        holder.insert(place, chance.choice([holder[place], *STRANGE]))
    elif act == 2 and type(holder[place]) in (int, float) and math.isfinite(holder[place]):
        holder[place] = chance.choice([holder[place] + 1, -holder[place], (holder[place] or 1) * 1e300])
    else:
        holder[place] = copy.deepcopy(chance.choice(STRANGE))
    try:
        return packed(changed)
    except ValueError:  # a number beyond all numbers
        return gzip.compress(json.dumps(changed).encode(), mtime=0)


def _part(chance, node):
    """A place in a document, as whoever holds it and its key there."""
    while True:
        place = chance.choice(sorted(node) if isinstance(node, dict) else range(len(node)))
        inner = node[place]
        if not isinstance(inner, list | dict) or not inner or chance.random() < 0.15:
            return node, place
        node = inner
