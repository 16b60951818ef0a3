"""Whole queries in parts of about as many rows, which other machines read; a query cut in two is an error."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.files import sha256_of_file
from ml.models.slates import Slates
from ml.training.groups import Dataset
from ml.training.stored_rows import StoredRows
from ml.training.tables import TableError


@dataclass(frozen=True, slots=True)
class Share:
    """What a worker is told of its part: few bytes, however many rows.

    rows : in the file of the set. sha256 : of that file. queries : how many. positions : whether they were logged.
    """

    rows: StoredRows
    sha256: str
    queries: int
    positions: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of whole queries, as a ranker takes them. first, last : the names of those queries at its ends."""

    X: FloatArray
    y: IntArray
    query_sizes: IntArray
    position: IntArray | None
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A part without its rows. rows, in_queries : how many there are, and how many its queries add up to."""

    rows: int
    in_queries: int
    first: str
    last: str

    @classmethod
    def of(cls, part: Part) -> Self:
        """The outline of `part`."""
        return cls(len(part.X), int(part.query_sizes.sum()), part.first, part.last)


def shares_of(dataset: Dataset, count: int) -> Iterator[Share]:
    """Cut `dataset` between queries into at most `count` parts of about as many rows.

    Raises TableError when it was not loaded from a file, from which others could read.
    """
    sizes = dataset.query_sizes
    ends = np.cumsum(sizes)
    part = np.minimum((ends - sizes) * count // ends[-1], count - 1)
    for number in np.unique(part):
        own = dataset.where(part == number)
        if own.stored is None:
            raise TableError("Save the data set and load it again: workers read their parts from its file.")
        yield Share(own.stored, own.report["rows_sha256"], int((part == number).sum()), own.position_known)


def read_part(share: Share) -> Part:
    """Read a part, on whatever machine; TableError when the file is not there, is another, or holds no slates."""
    path = share.rows.file.path
    try:
        if sha256_of_file(path) != share.sha256:
            raise TableError(f"{path} on a worker is not the file of this data set.")
        told = share.rows.others(["query", "position", "relevance"])
        X = share.rows[:]
    except OSError as error:
        raise TableError(f"A worker cannot read {path}: all of them must see the data set under one path.") from error
    runs = told["query"].rle().struct.unnest()
    part = Part(
        X=X,
        y=_whole(told["relevance"]),
        query_sizes=_whole(runs["len"]),
        position=_whole(told["position"]) if share.positions else None,
        first=runs["value"][0],
        last=runs["value"][-1],
    )
    try:
        Slates(part.X, part.y, part.query_sizes, part.position)
    except ValueError as error:
        raise TableError(f"Nothing can be learned from this data set: {error}.") from error
    return part


def refuse_cut(parts: Sequence[Outline]) -> None:
    """Raise TableError, naming it, for a query that lies in two parts side by side, or whose rows are not all there."""
    for number, part in enumerate(parts):
        if part.rows != part.in_queries:
            raise TableError(
                f"Part {number} ends within a query ({part.last} or the one after it): keep queries whole."
            )
        if number and parts[number - 1].last == part.first:
            raise TableError(f"The query {part.first} is cut in two: it lies in parts {number - 1} and {number}.")


def _whole(column: Any) -> IntArray:
    return np.ascontiguousarray(column.to_numpy(), dtype=np.int64)
