"""The operations that a program may use, on columns of numbers; the phone has the same ones, row by row.

Only what IEEE 754 rounds alike everywhere: no exponential, logarithm, power or trigonometry. A truth value is 1 or
0; what is missing is NaN; a comparison with NaN is 0.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from ml.arrays import MISSING, BoolArray, FloatArray

_LIMIT: Final = float(1 << 31)


def _pick(test: Any, yes: Any, no: Any) -> FloatArray:
    return np.asarray(np.where(test, yes, no), dtype=np.float64)


def _truth(answer: Any) -> FloatArray:
    return np.asarray(answer, dtype=np.float64)


def _bits(mask: FloatArray, count: int) -> BoolArray:
    """Spread a mask over a last axis of `count` truth values; a missing or impossible mask has none."""
    whole = np.where(_is_mask(mask), mask, 0.0).astype(np.int64)
    return np.asarray((whole[..., None] >> np.arange(count)) & 1, dtype=np.bool_)


def _is_mask(mask: FloatArray) -> BoolArray:
    return np.asarray((mask >= 0) & (mask < _LIMIT), dtype=np.bool_)


def _where_masks(first: FloatArray, second: FloatArray, answer: Any) -> FloatArray:
    return np.where(_is_mask(first) & _is_mask(second), answer, MISSING)


def _whole(mask: FloatArray) -> Any:
    return np.where(_is_mask(mask), mask, 0.0).astype(np.int64)


def without(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return the mask of what is in `first` and not in `second`."""
    return _where_masks(first, second, (_whole(first) & ~_whole(second)).astype(np.float64))


def common(first: FloatArray, second: FloatArray) -> FloatArray:
    """Count what both masks hold."""
    return _where_masks(first, second, np.bitwise_count(_whole(first) & _whole(second)).astype(np.float64))


def lacking(first: FloatArray, second: FloatArray) -> FloatArray:
    """Count what `first` holds and `second` does not."""
    return _where_masks(first, second, np.bitwise_count(_whole(first) & ~_whole(second)).astype(np.float64))


def lookup(table: FloatArray, *places: FloatArray) -> FloatArray:
    """Return the table's entry at whole-numbered places, one for each axis; NaN outside the table."""
    inside = np.array(True)
    whole = []
    for place, size in zip(places, table.shape, strict=True):
        known = (place >= 0) & (place < size)
        inside = inside & known
        whole.append(np.where(known, place, 0.0).astype(np.int64))
    return np.where(inside, table[tuple(whole)], MISSING)


def best(table: FloatArray, rows: FloatArray, columns: FloatArray) -> FloatArray:
    """Return the greatest entry among the rows and columns that two masks name, at least 0."""
    return _where_masks(rows, columns, _by_row(table, rows, columns).max(axis=-1, initial=0.0))


def reaching(table: FloatArray, rows: FloatArray, columns: FloatArray, level: FloatArray) -> FloatArray:
    """Return the mask of the named rows that have an entry of at least `level` in a named column."""
    reached = (_by_row(table, rows, columns) >= np.asarray(level)[..., None]) & _bits(rows, len(table))
    return _where_masks(rows, columns, (reached * (1 << np.arange(len(table)))).sum(axis=-1).astype(np.float64))


def _by_row(table: FloatArray, rows: FloatArray, columns: FloatArray) -> FloatArray:
    """Return each row's greatest entry in a named column, 0 for rows not named; last axis: rows of the table."""
    distinct, place = np.unique(np.where(_is_mask(columns), columns, 0.0), return_inverse=True)
    greatest = np.where(_bits(distinct, table.shape[1])[:, None, :], table, 0.0).max(axis=2, initial=0.0)
    return np.where(_bits(rows, len(table)), greatest[place.reshape(columns.shape)], 0.0)


#: Name → operation on columns. `min` and `max` return the second when the two cannot be compared.
OPERATIONS: Final[dict[str, Callable[..., FloatArray]]] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "sqrt": np.sqrt,
    "floor": np.floor,
    "min": lambda a, b: _pick(a < b, a, b),
    "max": lambda a, b: _pick(a > b, a, b),
    "lt": lambda a, b: _truth(a < b),
    "le": lambda a, b: _truth(a <= b),
    "eq": lambda a, b: _truth(a == b),
    "not": lambda a: _truth(~(a > 0)),
    "all": lambda *terms: _truth(np.logical_and.reduce(np.broadcast_arrays(*[term > 0 for term in terms]))),
    "any": lambda *terms: _truth(np.logical_or.reduce(np.broadcast_arrays(*[term > 0 for term in terms]))),
    "missing": lambda a: _truth(np.isnan(a)),
    "or_else": lambda a, b: _pick(np.isnan(a), b, a),
    "select": lambda test, a, b: _pick(test > 0, a, b),
    "without": without,
    "common": common,
    "lacking": lacking,
    "lookup": lookup,
    "best": best,
    "reaching": reaching,
}
