"""A data set: query groups with features and labels, in one Parquet file with a JSON report beside it."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from ml.arrays import BLOCK, BoolArray, FloatArray, IntArray, Matrix, blocks
from ml.files import read_json, sha256_of_file, write_json
from ml.metrics import GAINS
from ml.training.protected import refuse_features
from ml.training.stored_rows import StoredRows, compact
from ml.training.tables import TableError

ROWS: Final = "dataset.parquet"
REPORT: Final = "report.json"
#: What every report tells, and as what.
_TOLD: Final[Mapping[str, type]] = {
    "rows_sha256": str, "as_of": str, "features": dict, "inputs": dict, "queries": int, "relevance": dict,
}  # fmt: skip
#: The columns that every data set has beside its features.
META: Final[Mapping[str, pl.DataType]] = {
    "query": pl.String(),
    "referral": pl.String(),
    "shown_at": pl.Datetime("us", "UTC"),
    "kind": pl.String(),
    "item": pl.String(),
    "position": pl.Int16(),
    "propensity": pl.Float64(),
    "relevance": pl.Int8(),
    "state": pl.String(),
}


@dataclass(frozen=True, slots=True)
class Dataset:
    """Query groups, oldest first; the rows of a query lie side by side in the order of their items' ids.

    rows : the columns of `META`, and one a feature where the features are not `stored`.
    report : how it was made, from what, and what was left out.
    stored : the features of the same rows in the file of a set that was loaded.
    """

    rows: pl.DataFrame
    report: dict[str, Any]
    stored: StoredRows | None = None

    @property
    def X(self) -> FloatArray:  # noqa: N802 - a matrix is called X in this field
        """Features, shape (n_rows, n_features), NaN where not known; one copy, made anew each time."""
        if self.stored is not None:
            return self.stored[:]
        features = self.rows.select(self.feature_names)
        filled = np.empty(features.shape, dtype=np.float64)
        for first in range(0, len(features), BLOCK):
            filled[first : first + BLOCK] = features.slice(first, BLOCK).to_numpy()
        return filled

    @property
    def features(self) -> Matrix:
        """The same as `X`, but of a set that was loaded only what is asked for is read."""
        return self.X if self.stored is None else self.stored

    @property
    def feature_names(self) -> list[str]:
        """The names of the features, in the order of the columns of `X`."""
        return list(self.report["features"]["names"])

    @property
    def relevance(self) -> IntArray:
        """Graded relevance 0 to 4, shape (n_rows,)."""
        return self._whole("relevance")

    @property
    def position(self) -> IntArray:
        """Where each row was shown, from 0, shape (n_rows,); all 0 where `position_known` is false."""
        return self._whole("position")

    @property
    def position_known(self) -> bool:
        """Whether the positions were logged, as they always are but in some foreign sets."""
        return bool(self.report.get("positions") != "unknown")

    @property
    def foreign(self) -> bool:
        """Whether the features are not Kith's own, but those of anybody's ranking data."""
        return bool(self.report["features"].get("foreign"))

    @property
    def query_sizes(self) -> IntArray:
        """Rows in each query, shape (n_queries,); TableError when the rows of one lie apart."""
        runs = self.rows["query"].rle().struct.unnest()
        if runs["value"].n_unique() < len(runs):
            cut = runs["value"].filter(runs["value"].is_duplicated())[0]
            raise TableError(f"The query {cut} is cut in two: its rows do not lie side by side.")
        return self._whole_of(runs["len"])

    @property
    def queries(self) -> pl.DataFrame:
        """One row a query: query, referral, shown_at, positive (whether any of its rows has a relevance above 0)."""
        sizes = self.query_sizes
        starts = np.cumsum(sizes) - sizes
        told = self.rows.select("query", "referral", "shown_at")[starts]
        chosen = (self.rows["relevance"] > 0).to_numpy()
        return told.with_columns(pl.Series("positive", np.logical_or.reduceat(chosen, starts), dtype=pl.Boolean))

    @property
    def sha256(self) -> str:
        """The hash of everything that a ranker learns from."""
        found = hashlib.sha256()
        for first in range(0, len(self.rows), BLOCK):
            names = self.rows["query"].slice(first, BLOCK)
            found.update(("\n" * (first > 0) + "\n".join(names)).encode())
        for _, block in blocks(self.features):
            found.update(block.tobytes())
        for column in (self.relevance, self.position, self.query_sizes):
            found.update(column.tobytes())
        return found.hexdigest()

    def where(self, keep: BoolArray) -> "Dataset":
        """The queries for which `keep`, shape (n_queries,), is true; without a copy where they lie side by side."""
        rows = np.repeat(keep, self.query_sizes)
        stored = None if self.stored is None else self.stored.keep(rows)
        kept = int(rows.sum())
        first = int(rows.argmax()) if kept else 0
        if rows[first : first + kept].all():
            return replace(self, rows=self.rows.slice(first, kept), stored=stored)
        return replace(self, rows=self.rows.filter(pl.Series(rows)), stored=stored)

    def features_of(self, rows: BoolArray) -> FloatArray:
        """The features of the rows for which `rows`, shape (n_rows,), is true."""
        return self.X[rows] if self.stored is None else self.stored.keep(rows)[:]

    def feature(self, name: str) -> pl.Series:
        """One feature, shape (n_rows,)."""
        return self.rows[name] if self.stored is None else pl.Series(name, self.stored.column(name))

    def in_memory(self) -> "Dataset":
        """The same set with all that is known of a row in one frame."""
        return Dataset(pl.concat(list(self._parts()), rechunk=True), self.report)

    def save(self, folder: Path) -> None:
        """Write the rows and the report into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        save_rows(folder, self._parts(), lambda: self.report)

    @classmethod
    def load(cls, folder: Path, made_by: str = "kith ml dataset") -> "Dataset":
        """Read what `save` wrote but for the features, which stay in its file until they are asked for.

        made_by : the command that makes such a set.
        Raises TableError when it is missing, was changed since, or `check` finds a fault.
        """
        if not (folder / REPORT).is_file() or not (folder / ROWS).is_file():
            raise TableError(f"There is no data set in {folder}; `{made_by}` makes one.")
        report = _report_in(folder / REPORT)
        if sha256_of_file(folder / ROWS) != report["rows_sha256"]:
            raise TableError(f"{folder / ROWS} is not the file that its report describes; make the data set again.")
        names = report["features"]["names"]
        read = cls(compact(folder / ROWS, names), report, StoredRows.of(folder / ROWS, names))
        read.check()
        return read

    def check(self) -> None:
        """Raise TableError when a query is cut in two, a label has no gain, or a feature is one that none may be."""
        refuse_features(self.feature_names)
        most = len(GAINS) - 1
        beyond = self.rows["relevance"].filter(~self.rows["relevance"].is_between(0, most).fill_null(value=False))
        if len(beyond):
            raise TableError(f"The data set has the label {beyond[0]}, but there are gains only for 0 to {most}.")
        len(self.query_sizes)

    def _parts(self) -> Iterator[pl.DataFrame]:
        """All that is known of the rows, some at a time."""
        if self.stored is None:
            yield self.rows
            return
        for first, block in blocks(self.stored):
            told = self.rows.slice(first, len(block)).with_columns(pl.col(pl.Categorical).cast(pl.String))
            yield told.hstack(pl.DataFrame(block, schema=self.feature_names))

    def _whole(self, name: str) -> IntArray:
        return self._whole_of(self.rows[name])

    @staticmethod
    def _whole_of(column: pl.Series) -> IntArray:
        return np.ascontiguousarray(column.cast(pl.Int64).to_numpy())


def _report_in(path: Path) -> dict[str, Any]:
    """Read a report; TableError unless it tells what every command asks of one."""
    try:
        found = read_json(path)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(found.get(name), kind) for name, kind in _TOLD.items()):
        raise TableError(f"{path} is damaged; make the data set again.")
    return found


def save_rows(folder: Path, parts: Iterator[pl.DataFrame], report: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Write `parts`, in their order, as the rows of the set in `folder`, and then its report, which is returned.

    report : asked when all parts were written. The bytes do not depend on how the rows are parted. What was there
    before is replaced at the end, so an error leaves it as it was.
    """
    partial = folder / f".{ROWS}.{os.getpid()}"
    try:
        _write(partial, parts)
        told = report() | {"rows_sha256": sha256_of_file(partial)}
        partial.replace(folder / ROWS)
    finally:
        partial.unlink(missing_ok=True)
    write_json(folder / REPORT, told)
    return told


def _write(path: Path, parts: Iterator[pl.DataFrame]) -> None:
    writer: pq.ParquetWriter | None = None
    for group in _row_groups(parts):
        table = group.to_arrow(compat_level=pl.CompatLevel.oldest())
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _row_groups(parts: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The rows of `parts`, `BLOCK` at a time."""
    left: list[pl.DataFrame] = []
    for part in parts:
        rows = pl.concat([*left, part])
        whole = len(rows) // BLOCK * BLOCK
        for first in range(0, whole, BLOCK):
            yield rows.slice(first, BLOCK).rechunk()
        left = [rows.slice(whole)]
    yield from (rows.rechunk() for rows in left if len(rows))
