"""Trees scored exactly as LightGBM scores them: same comparisons, same leaves, same order of addition.

All nodes are tried at once and each tree's exit leaf is found with bit masks, as a walk of single rows in Python
would be a hundred times slower. Source: Lucchese et al. (2015), QuickScorer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ml.arrays import BoolArray, FloatArray, IntArray

#: LightGBM's kZeroThreshold, a float32; what is nearer to 0 is 0.
ZERO: Final = float(np.float32(1e-35))
#: Leaves of one tree fit the bits of a word.
MOST_LEAVES: Final = 64

_CATEGORICAL, _DEFAULT_LEFT = 1, 2
_ZERO_MISSING, _NAN_MISSING = 1, 2
_ALL_LEAVES: Final = (1 << MOST_LEAVES) - 1
_ROWS_AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as flat arrays of all their nodes, one tree after another; a tree of one leaf has a node that is no test.

    column, threshold, missing, default_left, keeps : shape (n_nodes,); `keeps` holds the leaves that are still
    possible when the row goes right. left, right : (n_nodes,), a node, or -1 - leaf. expected : (n_nodes,), the mean
    score of the training rows there. first_node, first_leaf : (n_trees,). leaf : (n_leaves,), by leaf number.
    by_bit : (n_leaves,), by order from the left. categorical : nodes whose test is a set of categories.
    """

    column: IntArray
    threshold: FloatArray
    missing: IntArray
    default_left: BoolArray
    keeps: NDArray[np.uint64]
    left: IntArray
    right: IntArray
    expected: FloatArray
    first_node: IntArray
    first_leaf: IntArray
    leaf: FloatArray
    by_bit: FloatArray
    categorical: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def base(self) -> float:
        """The score that is expected before anything is known: the roots' sum."""
        total = 0.0
        for root in self.expected[self.first_node].tolist():
            total += root
        return total

    def score(self, X: FloatArray) -> FloatArray:
        """Return the sum of each row's leaves in tree order from 0.0, shape (n_rows,)."""
        if not len(self.first_node):
            return np.zeros(len(X))
        parts = [self._score(X[start : start + _ROWS_AT_ONCE]) for start in range(0, len(X), _ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _score(self, X: FloatArray) -> FloatArray:
        possible = np.where(self.goes_left(X), np.uint64(_ALL_LEAVES), self.keeps[:, None])
        exits = np.bitwise_and.reduceat(possible, self.first_node, axis=0)
        bit = np.bitwise_count((exits & (~exits + np.uint64(1))) - np.uint64(1))
        total = np.zeros(len(X))
        for leaves in self.by_bit[
            self.first_leaf[:, None] + bit
        ]:  # tree by tree: a sum in another order has other bits
            total += leaves
        return total

    def goes_left(self, X: FloatArray) -> BoolArray:
        """Return each node's test of each row, shape (n_nodes, n_rows)."""
        seen = np.where(np.abs(X) <= ZERO, 0.0, X).T
        value, absent = seen[self.column], np.isnan(seen)[self.column]
        left = np.where(absent, 0.0, value) <= self.threshold[:, None]
        default = ((self.missing == _NAN_MISSING)[:, None] & absent) | (
            (self.missing == _ZERO_MISSING)[:, None] & (absent | (value == 0))
        )
        left = np.where(default, self.default_left[:, None], left)
        for node, words in self.categorical:
            left[node] = in_words(value[node], words)
        return left

    def contributions(self, X: FloatArray) -> FloatArray:
        """Return what each column added along the rows' paths, shape (n_rows, n_columns); rows sum to score - base."""
        if not len(self.first_node) or not len(X):
            return np.zeros(X.shape)
        columns, steps = self._paths(self.goes_left(X).T)
        width = X.shape[1] + 1  # the last is for what is below a leaf
        place = np.arange(len(X))[:, None, None] * width + columns % width
        # `bincount` adds one by one: tree after tree, from root to leaf, as a phone does
        sums = np.bincount(place.ravel(), steps.ravel(), minlength=len(X) * width)
        return np.asarray(sums.reshape(len(X), -1)[:, : X.shape[1]], dtype=np.float64)

    def _paths(self, left: BoolArray) -> tuple[IntArray, FloatArray]:
        """Walk every row down every tree at once, one level at a time.

        left : shape (n_rows, n_nodes). Returns the columns tested and what each test added, both of shape (n_rows,
        n_trees, depth); -1 and 0 below a leaf.
        """
        node = np.broadcast_to(self.first_node, (len(left), len(self.first_node)))
        columns, steps = [], []
        while (inner := node >= 0).any():
            here = np.where(inner, node, 0)
            side = np.where(np.take_along_axis(left, here, axis=1), self.left[here], self.right[here])
            child = np.where(inner, side, -1)
            reached = np.where(child >= 0, self.expected[child], self.leaf[self.first_leaf - 1 - np.minimum(child, -1)])
            columns.append(np.where(inner, self.column[here], -1))
            steps.append(np.where(inner, reached - self.expected[here], 0.0))
            node = child
        return np.stack(columns, axis=2), np.stack(steps, axis=2)


def in_words(value: FloatArray, words: Sequence[int]) -> BoolArray:
    """Return which values, cut to whole numbers, are bits of `words`; missing, negative and others are not."""
    known = (value > -1) & (value < 32 * len(words))
    place = np.where(known, value, 0.0).astype(np.int64)
    return np.asarray(known & ((np.array([*words, 0])[place >> 5] >> (place & 31)) & 1 == 1))


def forest_of(trees: Sequence[Sequence[Any]]) -> Forest:
    """Return the forest that a pack's `trees` describe; ValueError when a tree is not one.

    A tree is [column, threshold, decision, left, right, leaf, expected, words], as `ml.models.artifact` writes it.
    """
    nodes: dict[str, list[Any]] = {
        name: [] for name in ("column", "threshold", "decision", "left", "right", "expected")
    }
    keeps: list[int] = []
    leaf: list[float] = []
    by_bit: list[float] = []
    first_node: list[int] = []
    first_leaf: list[int] = []
    categorical: list[tuple[int, tuple[int, ...]]] = []
    for tree in trees:
        column, threshold, decision, left, right, leaves, expected, words = _checked(tree)
        here = len(nodes["column"])
        order, lefts = _leaf_order(left, right)
        first_node.append(here)
        first_leaf.append(len(leaf))
        categorical += [(here + i, tuple(words[int(threshold[i])])) for i, d in enumerate(decision) if d & _CATEGORICAL]
        for name, part in zip(nodes, (column, threshold, decision, *_moved(left, right, here), expected), strict=True):
            nodes[name] += part
        keeps += [_ALL_LEAVES & ~bits for bits in lefts]
        leaf += leaves
        by_bit += [leaves[number] for number in order]
    decisions = np.array(nodes["decision"], dtype=np.int64)
    return Forest(
        column=np.array(nodes["column"], dtype=np.int64),
        threshold=np.array([np.inf if value is None else value for value in nodes["threshold"]], dtype=np.float64),
        missing=decisions >> 2 & 3,
        default_left=(decisions & _DEFAULT_LEFT) != 0,
        keeps=np.array(keeps, dtype=np.uint64),
        left=np.array(nodes["left"], dtype=np.int64),
        right=np.array(nodes["right"], dtype=np.int64),
        expected=np.array(nodes["expected"], dtype=np.float64),
        first_node=np.array(first_node, dtype=np.int64),
        first_leaf=np.array(first_leaf, dtype=np.int64),
        leaf=np.array(leaf, dtype=np.float64),
        by_bit=np.array(by_bit, dtype=np.float64),
        categorical=tuple(categorical),
    )


def _checked(tree: Sequence[Any]) -> Sequence[Any]:
    column, threshold, decision, left, right, leaves, expected, words = tree
    if len(leaves) > MOST_LEAVES or {len(part) for part in (threshold, decision, left, right, expected)} != {
        len(column)
    }:
        raise ValueError("a tree's parts differ in length, or it has too many leaves")
    if not column:
        return [0], [0.0], [0], [-1], [-1], leaves, leaves, words
    children = [*range(-len(leaves), 0), *range(1, len(column))]
    if sorted([*left, *right]) != children or not all(map(_is_later, left, right, range(len(column)))):
        raise ValueError("a tree's nodes do not follow from one another")
    return tree


def _is_later(left: int, right: int, node: int) -> bool:
    return (left < 0 or left > node) and (right < 0 or right > node)


def _moved(left: list[int], right: list[int], by: int) -> tuple[list[int], list[int]]:
    return [i + by if i >= 0 else i for i in left], [i + by if i >= 0 else i for i in right]


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
