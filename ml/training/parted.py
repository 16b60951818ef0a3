"""Whole queries in parts of about as many rows, for machines that each hold some: a query cut in two is an error."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.training.groups import Dataset
from ml.training.learnable import position_of
from ml.training.tables import TableError


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of whole queries, as a ranker takes them. names : of the queries, shape (n_queries,)."""

    X: FloatArray
    y: IntArray
    query_sizes: IntArray
    position: IntArray | None
    names: tuple[str, ...]


def parted(dataset: Dataset, count: int) -> Iterator[Part]:
    """Cut `dataset` between queries into at most `count` parts of about as many rows."""
    sizes = dataset.query_sizes
    ends = np.cumsum(sizes)
    part = np.minimum((ends - sizes) * count // ends[-1], count - 1)
    for number in np.unique(part):
        own = dataset.where(part == number)
        yield Part(own.X, own.relevance, own.query_sizes, position_of(own), tuple(own.queries["query"]))


def refuse_cut(parts: Sequence[Part]) -> None:
    """Raise TableError, naming it, for a query that lies in two parts, or whose rows are not all there."""
    seen: dict[str, int] = {}
    for number, part in enumerate(parts):
        if part.query_sizes.sum() != len(part.X) or len(part.names) != len(part.query_sizes):
            last = part.names[-1] if part.names else "the first"
            raise TableError(f"Part {number} ends within a query ({last} or the one after it): keep queries whole.")
        for name in part.names:
            if seen.setdefault(name, number) != number:
                raise TableError(f"The query {name} is cut in two: it lies in parts {seen[name]} and {number}.")
