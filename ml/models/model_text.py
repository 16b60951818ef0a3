"""Read the trees of a LightGBM model from its text, whose 17 digits are exact."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ml.arrays import FloatArray, IntArray


class ModelTextError(ValueError):
    """The text is not a model that this project can export."""


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree: `n` inner nodes, n + 1 leaves. A child below 0 is leaf -1 - child.

    feature, decision, left, right : shape (n,). threshold : (n,), for a categorical node the place in `words`.
    leaf, leaf_count : (n + 1,). words : the sets of categories that go left, as 32-bit words.
    """

    feature: IntArray
    threshold: FloatArray
    decision: IntArray
    left: IntArray
    right: IntArray
    leaf: FloatArray
    leaf_count: FloatArray
    words: tuple[tuple[int, ...], ...]


def trees_of(text: str) -> list[Tree]:
    """Return the trees of a model text in order; ModelTextError unless their leaves simply add up to the score."""
    body = text.partition("end of trees")[0]
    head = body.partition("\nTree=")[0]
    if "average_output" in head.splitlines():
        raise ModelTextError("a random forest takes the mean of its trees and cannot be exported")
    if dict(_pairs(head)).get("num_tree_per_iteration", "1") != "1":
        raise ModelTextError("a model of several classes cannot be exported")
    blocks = [dict(_pairs(block)) for block in body.split("\nTree=")[1:]]
    if not blocks:
        raise ModelTextError("the model has no trees")
    if any(block.get("is_linear", "0") != "0" for block in blocks):
        raise ModelTextError("linear trees cannot be exported")
    return [_tree(block) for block in blocks]


def _pairs(block: str) -> list[tuple[str, str]]:
    lines = (line.partition("=") for line in block.splitlines())
    return [(name, value) for name, equals, value in lines if equals]


def _tree(block: Mapping[str, str]) -> Tree:
    return Tree(
        _whole(block, "split_feature"),
        _floats(block, "threshold"),
        _whole(block, "decision_type"),
        _whole(block, "left_child"),
        _whole(block, "right_child"),
        _floats(block, "leaf_value"),
        _floats(block, "leaf_count") if block.get("leaf_count") else np.ones(1),
        _word_sets(block),
    )


def _floats(block: Mapping[str, str], name: str) -> FloatArray:
    return np.array([float(figure) for figure in block.get(name, "").split()], dtype=np.float64)


def _whole(block: Mapping[str, str], name: str) -> IntArray:
    return np.array([int(figure) for figure in block.get(name, "").split()], dtype=np.int64)


def _word_sets(block: Mapping[str, str]) -> tuple[tuple[int, ...], ...]:
    edges = _whole(block, "cat_boundaries").tolist()
    words = _whole(block, "cat_threshold").tolist()
    return tuple(tuple(words[low:high]) for low, high in pairwise(edges))
