"""Features that stay in the Parquet file of a data set, and are read when rows of them are asked for.

A long log's features are ten times as large as all that has to be known of its slates to split, weigh and judge them.
"""

from functools import cached_property
from pathlib import Path
from typing import Final, Self

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from ml.arrays import BoolArray, FloatArray, IntArray

#: What `compact` reads at once: enough that few values are read twice, and little beside what is kept.
_READ: Final = 1 << 20


class FeatureFile:
    """Columns of a Parquet file as numbers, a row group at a time, of which the last one is kept.

    The file stays open, so a set that takes its place changes nothing here; in another process it is opened anew.
    """

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        """Begin; the file is opened when it is first read. names : of the columns."""
        self.path, self.names = path, names
        self._last: tuple[int, FloatArray] | None = None

    def __reduce__(self) -> tuple[type[Self], tuple[Path, tuple[str, ...]]]:
        return type(self), (self.path, self.names)

    def __len__(self) -> int:
        return int(self._begins[-1])

    def take(self, rows: IntArray) -> FloatArray:
        """The rows with these numbers, which rise; shape (n_rows, n_columns), NaN where not known."""
        taken = np.empty((len(rows), len(self.names)), dtype=np.float64)
        cuts = np.searchsorted(rows, self._begins)
        for group in np.flatnonzero(np.diff(cuts)).tolist():
            own = slice(cuts[group], cuts[group + 1])
            taken[own] = self._group(group)[rows[own] - self._begins[group]]
        return taken

    def others(self, rows: IntArray, names: list[str]) -> pl.DataFrame:
        """Other columns of the rows with these numbers, which rise."""
        first, last = np.searchsorted(self._begins, rows[[0, -1]], side="right") - 1
        read = self._file.read_row_groups(range(first, last + 1), columns=names, use_threads=False)
        places = pl.Series(rows - self._begins[first])
        return pl.DataFrame(read).select(pl.all().gather(places))

    @cached_property
    def _file(self) -> pq.ParquetFile:
        return pq.ParquetFile(self.path, buffer_size=_READ, pre_buffer=False)

    @cached_property
    def _begins(self) -> IntArray:
        """The row with which each group begins, and the number of rows, shape (n_groups + 1,)."""
        about = self._file.metadata
        sizes = [about.row_group(group).num_rows for group in range(about.num_row_groups)]
        return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))

    def _group(self, number: int) -> FloatArray:
        if self._last is None or self._last[0] != number:
            table = self._file.read_row_group(number, columns=list(self.names), use_threads=False)
            read = np.empty((len(table), len(self.names)), dtype=np.float64)
            for place, name in enumerate(self.names):
                read[:, place] = table.column(name).to_numpy()
            self._last = number, read
        return self._last[1]


class StoredRows:
    """Some rows of a file of features: a matrix as `ml.arrays.Matrix` has it, of which only spans of rows are held."""

    def __init__(self, file: FeatureFile, spans: IntArray) -> None:
        """Begin. spans : shape (n_spans, 2), for each its first row in the file and the row after its last; rising."""
        self.file, self.spans = file, spans
        self._ends = np.cumsum(spans[:, 1] - spans[:, 0])

    @classmethod
    def of(cls, path: Path, names: list[str]) -> Self:
        """All rows of the columns `names` of the file at `path`."""
        file = FeatureFile(path, tuple(names))
        return cls(file, np.array([[0, len(file)]], dtype=np.int64))

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and features."""
        return len(self), len(self.file.names)

    def __getitem__(self, rows: slice) -> FloatArray:
        """Read some rows, shape (n_rows, n_features)."""
        first, last, _ = rows.indices(len(self))
        return self.file.take(self._numbers(first, last))

    def keep(self, keep: BoolArray) -> "StoredRows":
        """The rows for which `keep`, shape (n_rows,), is true; nothing is read."""
        numbers = self._numbers(0, len(self))[keep]
        breaks = np.flatnonzero(np.diff(numbers) != 1)
        first = numbers[np.concatenate(([0], breaks + 1))] if len(numbers) else numbers
        last = numbers[np.concatenate((breaks, [-1]))] if len(numbers) else numbers
        return StoredRows(self.file, np.column_stack((first, last + 1)))

    def column(self, name: str) -> FloatArray:
        """One feature alone, shape (n_rows,)."""
        return StoredRows(FeatureFile(self.file.path, (name,)), self.spans)[:][:, 0]

    def others(self, names: list[str]) -> pl.DataFrame:
        """Other columns of the same rows; there must be some."""
        return self.file.others(self._numbers(0, len(self)), names)

    def _numbers(self, first: int, last: int) -> IntArray:
        """The places in the file of the rows from `first` to before `last`."""
        if first >= last:
            return np.empty(0, dtype=np.int64)
        begin, end = np.searchsorted(self._ends, [first, last - 1], side="right")
        spans, ends = self.spans[begin : end + 1], self._ends[begin : end + 1]
        sizes = spans[:, 1] - spans[:, 0]
        numbers = np.repeat(spans[:, 1] - ends, sizes) + np.arange(ends[0] - sizes[0], ends[-1])
        return numbers[first - (ends[0] - sizes[0]) : len(numbers) - (ends[-1] - last)]


def compact(path: Path, without: list[str]) -> pl.DataFrame:
    """The columns of a Parquet file but those in `without`, each text held once however many rows have it."""
    names = [name for name in pl.read_parquet_schema(path) if name not in set(without)]
    columns = (pl.read_parquet(path, columns=[name]).to_series() for name in names)
    return pl.DataFrame([each.cast(pl.Categorical) if each.dtype == pl.String else each for each in columns])
