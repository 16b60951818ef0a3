"""Trees scored exactly as LightGBM scores them: same comparisons, same leaves, same order of addition.

All nodes are tried at once and each tree's exit leaf is found with bit masks, as a walk of single rows in Python
would be a hundred times slower. Source: Lucchese et al. (2015), QuickScorer.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ml.arrays import BoolArray, FloatArray, IntArray

#: LightGBM's kZeroThreshold, a float32; what is nearer to 0 is 0.
ZERO: Final = float(np.float32(1e-35))
#: Leaves of one tree fit the bits of a word.
MOST_LEAVES: Final = 64

_ROWS_AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True)
class Slots:
    """What nodes read: a column, made ready so that `ready <= threshold` is the whole test.

    column : shape (n_slots,). zero_missing : (n_slots,), whether 0 counts as missing. fill : (n_slots,), what stands
    for a missing value: -inf, which is below every threshold and goes left, or NaN, which goes right. sets : each
    column of categories with its slots and what they hold, shape (n_sets, n_categories + 1): -inf for the categories
    of a set, NaN for all others, and last for what is no category.
    """

    column: IntArray
    zero_missing: BoolArray
    fill: FloatArray
    sets: tuple[tuple[int, IntArray, FloatArray], ...]

    def ready(self, X: FloatArray) -> FloatArray:
        """Return what each slot holds for each row, shape (n_slots, n_rows)."""
        seen = np.where(np.abs(X) <= ZERO, 0.0, X).T[self.column]
        absent = np.isnan(seen) | (self.zero_missing[:, None] & (seen == 0))
        held = np.where(absent, self.fill[:, None], seen)
        for column, slots, table in self.sets:
            held[slots] = table[:, category(X[:, column], table.shape[1] - 1)]
        return held


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as flat arrays of all their nodes, one tree after another; a tree of one leaf has it twice.

    slot, threshold, keeps : shape (n_nodes,); `keeps` holds the leaves that are still possible when the row goes
    right. left, right : (n_nodes,), a node, or -1 - leaf. expected : (n_nodes,), the mean score of the training rows
    there. first_node, first_leaf : (n_trees,). leaf : (n_leaves,), by leaf number. by_bit : (n_leaves,), by order
    from the left.
    """

    slots: Slots
    slot: IntArray
    threshold: FloatArray
    keeps: NDArray[Any]
    left: IntArray
    right: IntArray
    expected: FloatArray
    first_node: IntArray
    first_leaf: IntArray
    leaf: FloatArray
    by_bit: FloatArray

    @property
    def base(self) -> float:
        """The score that is expected before anything is known: the roots' sum."""
        total = 0.0
        for root in self.expected[self.first_node].tolist():
            total += root
        return total

    def score(self, X: FloatArray) -> FloatArray:
        """Return the sum of each row's leaves in tree order from 0.0, shape (n_rows,)."""
        if not len(self.first_node) or not len(X):
            return np.zeros(len(X))
        return np.concatenate([self._score(part) for part in _parts(X)])

    def _score(self, X: FloatArray) -> FloatArray:
        word = self.keeps.dtype.type
        possible = self.keeps[:, None] | -self.goes_left(X).astype(word)  # every bit where the row goes left
        exits = np.bitwise_and.reduceat(possible, self.first_node, axis=0)
        bit = np.bitwise_count((exits & -exits) - word(1))  # how many leaves are to the left of the first
        total = np.zeros(len(X))
        for leaves in self.by_bit[self.first_leaf[:, None] + bit]:  # tree by tree: another order has other bits
            total += leaves
        return total

    def goes_left(self, X: FloatArray) -> BoolArray:
        """Return each node's test of each row, shape (n_nodes, n_rows)."""
        return np.asarray(self.slots.ready(X)[self.slot] <= self.threshold[:, None])

    def contributions(self, X: FloatArray) -> FloatArray:
        """Return what each column added along the rows' paths, shape (n_rows, n_columns); rows sum to score - base."""
        if not len(self.first_node) or not len(X):
            return np.zeros(X.shape)
        return np.concatenate([self._contributions(part) for part in _parts(X)])

    def _contributions(self, X: FloatArray) -> FloatArray:
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
        column = self.slots.column[self.slot]
        node = np.broadcast_to(self.first_node, (len(left), len(self.first_node)))
        columns, steps = [], []
        while (inner := node >= 0).any():
            here = np.where(inner, node, 0)
            side = np.where(np.take_along_axis(left, here, axis=1), self.left[here], self.right[here])
            child = np.where(inner, side, -1)
            reached = np.where(
                child >= 0, self.expected[np.maximum(child, 0)], self.leaf[self.first_leaf - 1 - np.minimum(child, -1)]
            )
            columns.append(np.where(inner, column[here], -1))
            steps.append(np.where(inner, reached - self.expected[here], 0.0))
            node = child
        return np.stack(columns, axis=2), np.stack(steps, axis=2)


def _parts(X: FloatArray) -> list[FloatArray]:
    """Cut rows into so few at once that what is worked out of them stays in the processor's cache."""
    return [X[start : start + _ROWS_AT_ONCE] for start in range(0, len(X), _ROWS_AT_ONCE)]


def category(value: FloatArray, categories: int) -> IntArray:
    """Return values cut to whole numbers; `categories` for what is missing, negative or as large as that.

    LightGBM turns values into 32-bit numbers first; one from 2^31 on has no such number, and no set holds it.
    """
    known = (value > -1) & (value < categories)
    return np.where(known, value, categories).astype(np.int64)
