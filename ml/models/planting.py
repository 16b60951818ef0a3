"""From a pack's trees to a forest that can be scored; what is not a tree is refused."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.models.forest import MOST_LEAVES, Forest, Slots
from ml.models.pack_shape import check_numbers, check_whole

CATEGORICAL: Final = 1
DEFAULT_LEFT: Final = 2
ZERO_MISSING: Final = 1
NAN_MISSING: Final = 2
#: Decisions are below this: two bits of truth and a missing type from 0 to 2.
_DECISIONS: Final = 12
_WORDS: Final = 1 << 32

#: A column, whether 0 counts as missing, whether what is missing goes left, and the set of categories, if it is one.
_Reading = tuple[int, bool, bool, tuple[int, ...] | None]


def forest_of(trees: Sequence[Sequence[Any]], columns: int) -> Forest:
    """Return the forest that a pack's `trees` describe; ValueError when a tree is not one, or reads another column.

    columns : how many there are. A tree is [column, threshold, decision, left, right, leaf, expected, words], as
    `ml.models.artifact` writes it.
    """
    slots: dict[_Reading, int] = {}
    nodes: dict[str, list[Any]] = {name: [] for name in ("slot", "threshold", "left", "right", "expected", "keeps")}
    leaf: list[float] = []
    by_bit: list[float] = []
    first_node: list[int] = []
    first_leaf: list[int] = []
    for tree in trees:
        column, threshold, decision, left, right, leaves, expected, words = checked_tree(tree, columns)
        here = len(nodes["slot"])
        order, lefts = _leaf_order(left, right)
        first_node.append(here)
        first_leaf.append(len(leaf))
        readings = [_reading(*node, words) for node in zip(column, threshold, decision, strict=True)]
        nodes["slot"] += [slots.setdefault(reading, len(slots)) for reading in readings]
        nodes["threshold"] += [np.inf if value is None else value for value in threshold]
        nodes["left"] += _moved(left, here)
        nodes["right"] += _moved(right, here)
        nodes["expected"] += expected
        nodes["keeps"] += lefts
        leaf += leaves
        by_bit += [leaves[number] for number in order]
    return Forest(
        slots=_slots(list(slots)),
        slot=np.array(nodes["slot"], dtype=np.int64),
        threshold=np.array(nodes["threshold"], dtype=np.float64),
        keeps=~np.array(nodes["keeps"], dtype=_word_for(max(nodes["keeps"], default=0))),
        left=np.array(nodes["left"], dtype=np.int64),
        right=np.array(nodes["right"], dtype=np.int64),
        expected=np.array(nodes["expected"], dtype=np.float64),
        first_node=np.array(first_node, dtype=np.int64),
        first_leaf=np.array(first_leaf, dtype=np.int64),
        leaf=np.array(leaf, dtype=np.float64),
        by_bit=np.array(by_bit, dtype=np.float64),
    )


def _reading(column: int, threshold: float | None, decision: int, words: Sequence[Sequence[int]]) -> _Reading:
    """Say what a node's test reads. Source: LightGBM's `Tree::NumericalDecision` and `CategoricalDecision`."""
    if decision & CATEGORICAL:
        return column, False, False, tuple(words[int(threshold or 0)])
    missing = decision >> 2 & 3
    default = bool(decision & DEFAULT_LEFT)
    zero = threshold is None or threshold >= 0  # where 0 goes as a number
    if missing == ZERO_MISSING:
        return column, default != zero, default, None
    return column, False, default if missing == NAN_MISSING else zero, None


def _slots(readings: Sequence[_Reading]) -> Slots:
    columns, zeros, lefts, sets = zip(*readings, strict=True) if readings else ((), (), (), ())
    categorical = sorted({reading[0] for reading in readings if reading[3] is not None})
    return Slots(
        column=np.array(columns, dtype=np.int64),
        zero_missing=np.array(zeros, dtype=np.bool_),
        fill=np.where(np.array(lefts, dtype=np.bool_), -np.inf, np.nan),
        sets=tuple(_tabled(column, columns, sets) for column in categorical),
    )


def _tabled(
    column: int, columns: Sequence[int], sets: Sequence[tuple[int, ...] | None]
) -> tuple[int, IntArray, FloatArray]:
    """Return the slots of a column's sets and what they hold, see `Slots`."""
    own = {slot: words for slot, words in enumerate(sets) if words is not None and columns[slot] == column}
    table = np.full((len(own), 32 * max(map(len, own.values())) + 1), np.nan)
    for row, words in zip(table, own.values(), strict=True):
        row[[32 * place + bit for place, word in enumerate(words) for bit in range(32) if word >> bit & 1]] = -np.inf
    return column, np.array(list(own), dtype=np.int64), table


def _word_for(greatest: int) -> type[np.unsignedinteger[Any]]:
    """Return the narrowest word for leaves' bits; the last leaf is on no node's left, so that it has no bit here."""
    return next(
        word for word in (np.uint8, np.uint16, np.uint32, np.uint64) if greatest.bit_length() < np.iinfo(word).bits
    )


def checked_tree(tree: Sequence[Any], columns: int) -> Sequence[Any]:
    """Return a tree whose parts are what they must be, one of a single leaf as two equal ones under a test."""
    column, threshold, decision, left, right, leaves, expected, words = tree
    inner = len(column)
    check_whole("columns of a tree", column, inner, 0, columns)
    check_whole("decisions of a tree", decision, inner, 0, _DECISIONS)
    check_whole("children of a tree", left, inner, -1 - inner, inner)
    check_whole("children of a tree", right, inner, -1 - inner, inner)
    check_numbers("leaves of a tree", leaves, inner + 1)
    check_numbers("expected scores of a tree", expected, inner)
    _need(len(leaves) <= MOST_LEAVES, "a tree of too many leaves")
    _need(type(words) is list, "sets of categories")
    for each in words:
        check_whole("a set of categories", each, len(each), 0, _WORDS)
    _check_thresholds(threshold, decision, len(words))
    if not inner:
        return [0], [0.0], [0], [-1], [-2], [leaves[0], leaves[0]], leaves, words
    children = [*range(-len(leaves), 0), *range(1, inner)]
    _need(sorted([*left, *right]) == children, "a tree whose nodes do not follow from one another")
    _need(all(map(_is_later, left, right, range(inner))), "a tree whose nodes do not follow from one another")
    return tree


def _check_thresholds(threshold: Any, decision: Sequence[int], sets: int) -> None:
    _need(type(threshold) is list, "thresholds of a tree")
    check_numbers("thresholds of a tree", [0.0 if each is None else each for each in threshold], len(decision))
    for value, each in zip(threshold, decision, strict=True):
        if each & CATEGORICAL:
            _need(type(value) in (int, float) and value in range(sets), "a set of categories that is not there")


def _need(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)


def _is_later(left: int, right: int, node: int) -> bool:
    return (left < 0 or left > node) and (right < 0 or right > node)


def _moved(children: Sequence[int], by: int) -> list[int]:
    return [child + by if child >= 0 else child for child in children]


def _leaf_order(left: list[int], right: list[int]) -> tuple[list[int], list[int]]:
    """Return the leaves' numbers from left to right, and for each node the bits of the leaves on its left."""
    order: list[int] = []
    lefts = [0] * len(left)

    def visit(node: int) -> int:
        if node < 0:
            order.append(-1 - node)
            return 1 << len(order) - 1
        lefts[node] = visit(left[node])
        return lefts[node] | visit(right[node])

    visit(0)
    return order, lefts
