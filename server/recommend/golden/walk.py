"""The golden file of scores: 10,000 rows, one value in twenty hostile, and the bytes that a pack must make of them.

Rows follow from their numbers by whole arithmetic that every engine has, and of the scores only a hash for each
hundred rows is kept, with the first of them in full: 80 kB of digits that no tool can shorten would be stored anew
with every change of the features, and a hundred rows are few enough to find the one that is wrong.
"""

import hashlib
import math
import random
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.features import FEATURE_NAMES
from ml.models.artifact import document, packed
from ml.models.walker import Pack
from server.recommend.golden.scenario import Json, grown

ROWS: Final = 10_000
CHUNK: Final = 100
#: One value in so many is hostile.
HOSTILE_ONE_IN: Final = 20
#: Numbers that engines are known to disagree on.
HOSTILE: Final = (
    float("nan"), -0.0, 5e-324, -5e-324, 1e-35, -1e-35, 1.0000000180025095e-35, 1.0000000180025097e-35, float("inf"),
    float("-inf"), 31.5, -0.5, -1.0, 64.0, 1e9, 2147483647.0, 2147483648.0, -2147483648.0, 4294967296.0, 1e300,
)  # fmt: skip
#: Inner nodes of each tree.
_SIZES: Final = (*range(40), 63, 63)


def walk(seed: int) -> Json:
    """Return the golden file: {seed, ordinary, hostile, rows, chunk, pack, chunks: [hash, first score]}."""
    chance = random.Random(seed)
    pack = walked_pack(chance)
    ordinary = _ordinary(chance, pack["trees"])
    loaded = Pack.load(packed(pack))
    with np.errstate(all="ignore"):  # infinity times a weight, and infinities that meet
        scores = loaded.score(rows_of_chance(seed, ordinary, len(FEATURE_NAMES)))
    return {
        "seed": seed,
        "rows": ROWS,
        "chunk": CHUNK,
        "hostile_one_in": HOSTILE_ONE_IN,
        "ordinary": [said(value) for value in ordinary],
        "hostile": [said(value) for value in HOSTILE],
        "pack": pack,
        "chunks": [[hashed(part), said(float(part[0]))] for part in np.split(scores, ROWS // CHUNK)],
    }


def walked_pack(chance: random.Random) -> Json:
    """Return a pack of every kind of test: each decision that LightGBM writes, sets of one to three words."""
    weights = [chance.gauss(0, 0.2) for _ in FEATURE_NAMES]
    linear = {"weights": weights, "means": [round(chance.random(), 3) for _ in weights], "intercept": 0.1}
    return document("golden-walk", linear, [_tree(chance, size) for size in _SIZES], as_of="2026-11-01")


def rows_of_chance(seed: int, ordinary: Sequence[float], columns: int) -> FloatArray:
    """Return the rows, shape (ROWS, columns): each value the one of its place in `ordinary` or `HOSTILE`."""
    number = np.arange(ROWS * columns, dtype=np.uint64).reshape(ROWS, columns)
    drawn, picked = mixed(number * 2 + seed), mixed(number * 2 + seed + 1)
    common = np.array(ordinary)[picked % len(ordinary)]
    return np.where(drawn % HOSTILE_ONE_IN == 0, np.array(HOSTILE)[picked % len(HOSTILE)], common)


def mixed(number: Any) -> IntArray:
    """Scatter whole numbers over 32 bits: the finaliser of MurmurHash3."""
    bits = np.asarray(number, dtype=np.uint64) & _WORD
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        bits = ((bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)) & _WORD
    return (bits ^ (bits >> np.uint64(16))).astype(np.int64)


_WORD: Final = np.uint64(0xFFFFFFFF)


def hashed(scores: FloatArray) -> str:
    """Return the SHA-256 of scores as little-endian doubles, NaN being one."""
    return hashlib.sha256(np.where(np.isnan(scores), np.nan, scores).astype("<f8").tobytes()).hexdigest()


def said(value: float) -> str:
    """Say a number so that any engine reads the same bits back, minus zero and NaN included."""
    return "NaN" if value != value else repr(value).replace("inf", "Infinity")


def _ordinary(chance: random.Random, trees: Sequence[Any]) -> list[float]:
    """Return values of features: small ones, and every twelfth threshold with its neighbours."""
    edges = sorted({value for tree in trees for value in tree[1] if value is not None})[::12]
    near = [math.nextafter(edge, toward) for edge in edges for toward in (-math.inf, math.inf)]
    return [*map(float, range(96)), *(round(chance.random() * 4, 2) for _ in range(64)), *edges, *near]


def _tree(chance: random.Random, inner: int) -> list[Any]:
    left, right = grown(chance, inner)
    decisions = [chance.choice([0, 2, 4, 6, 8, 10, 10, 10, 1]) for _ in range(inner)]
    sets = [[chance.getrandbits(32) for _ in range(chance.randint(1, 3))] for each in decisions if each == 1]
    places = iter(range(len(sets)))
    thresholds = [float(next(places)) if each == 1 else _threshold(chance) for each in decisions]
    return [
        [chance.randrange(len(FEATURE_NAMES)) for _ in range(inner)], thresholds, decisions, left, right,
        [chance.gauss(0, 0.1) for _ in range(inner + 1)], [round(chance.gauss(0, 0.02), 6) for _ in range(inner)],
        sets,
    ]  # fmt: skip


def _threshold(chance: random.Random) -> float | None:
    edges = (None, 1.0000000180025095e-35, -1.0000000180025095e-35, 0.5, 12.000000000000002, 1.7976931348623157e308)
    return chance.choice(edges) if chance.random() < 0.2 else chance.random() * 20
