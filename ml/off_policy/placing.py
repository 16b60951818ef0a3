"""At which place an order puts each row of a slate, with which chance, as a table (rows, places).

Only the order of what was shown is valued, so chances are those *given what the slate held*. The logged propensity of
``habit-explore-20`` also counts the chance of being drawn onto the slate; given a slate that was drawn, each row stands
at each of its places alike, and given one by habit each stands where it does for certain.
"""

import re
from typing import Final

import numpy as np

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.off_policy.refusal import OffPolicyError, refuse_propensities

_EXPLORED: Final = re.compile(r"habit-explore-\d+")
#: By an order, less demotions, with two neighbours swapped; `server/recommend/explore.py` names it.
_SWAPPED: Final = re.compile(r"[a-z]+(?:-[a-z]+[\d.]+)*-swap(\d+)")
#: An explored row has at most this logged chance where a row by habit has more, and a swapped one where others have.
_HALF: Final = 0.5


def by_score(score: FloatArray, position: IntArray, query_sizes: IntArray) -> FloatArray:
    """Where an order by falling `score` puts each row: 1 at its place, 0 elsewhere, shape (n_rows, n_places).

    The rows of a slate fill the places that they were shown at. Equal scores keep the order of the rows.
    """
    query = np.repeat(np.arange(query_sizes.size), query_sizes)
    table = np.zeros((score.size, int(position.max()) + 1))
    table[np.lexsort((-score, query)), position[np.lexsort((position, query))]] = 1.0
    return table


def softly(table: FloatArray, chance: float, lines: IntArray) -> FloatArray:
    """The order of `table` with one of a slate's neighbouring pairs swapped with `chance`, as slates are served.

    lines : of the whole slate that each row was on, shape (n_rows,). See `server/recommend/explore.py`.
    """
    mixed = table.copy()
    each = chance / np.maximum(lines - 1, 1)
    place = table.argmax(axis=1)
    for step, exists in ((-1, place > 0), (1, place < lines - 1)):
        rows = np.flatnonzero(exists)
        mixed[rows, place[rows]] -= each[rows]
        mixed[rows, place[rows] + step] += each[rows]
    return mixed


def as_logged(policy: str, propensity: FloatArray, position: IntArray, places: int) -> FloatArray | None:
    """Where the policy that logged one slate would put its rows, given that it held these, shape (n_rows, places).

    None for a policy whose ways are not known. Raises OffPolicyError when a propensity is not above 0 and at most 1.
    """
    refuse_propensities(propensity)
    if _EXPLORED.fullmatch(policy):
        drawn = bool((propensity < _HALF).any())
        return _alike(position, places) if drawn else _fixed(position, places)
    if swaps := _SWAPPED.fullmatch(policy):
        return _swapped(propensity, position, places, int(swaps.group(1)) / 100)
    return _fixed(position, places) if (propensity == 1.0).all() else None


def drawn_by_chance(table: FloatArray, position: IntArray, query_sizes: IntArray) -> BoolArray:
    """Which slates might have been in any order at all, shape (n_queries,)."""
    starts = np.cumsum(query_sizes) - query_sizes
    least = np.array([
        table[first : first + size][:, position[first : first + size]].min()
        for first, size in zip(starts, query_sizes, strict=True)
    ])  # fmt: skip
    return (least > 0) & (query_sizes > 1)


def _fixed(position: IntArray, places: int) -> FloatArray:
    table = np.zeros((position.size, places))
    table[np.arange(position.size), position] = 1.0
    return table


def _alike(position: IntArray, places: int) -> FloatArray:
    table = np.zeros((position.size, places))
    table[:, position] = 1.0 / position.size
    return table


def _swapped(propensity: FloatArray, position: IntArray, places: int, chance: float) -> FloatArray:
    """The order before the swap, softened by it."""
    rank = position.copy()
    rare = np.flatnonzero(propensity < _HALF)
    if rare.size == 2 and chance < _HALF:
        rank[rare] = position[rare[::-1]]
    elif rare.size > 1:
        raise OffPolicyError("A slate says that more than one pair of its lines was swapped.")
    lines = np.full(rank.size, int(position.max()) + 1)
    return softly(_fixed(rank, places), chance, lines)
