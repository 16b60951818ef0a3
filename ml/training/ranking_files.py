"""Anybody's ranking data as files: Parquet with named columns, or svmlight with the sizes of its queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from ml.arrays import FloatArray, IntArray
from ml.training.tables import TableError

#: The bytes with which a Parquet file begins.
_MAGIC: Final = b"PAR1"
#: More than any ranking data set in use has (a few hundred); svmlight's numbers could ask for thousands of millions.
MOST_FEATURES: Final = 10_000
#: The years in which a query may be shown; beyond them an embargo cannot be counted.
_YEARS: Final = (1970, 2199)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a Parquet file are called; None where there is no such column."""

    query: str = "query"
    label: str = "label"
    position: str | None = None
    time: str | None = None
    without: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """The columns that are no features."""
        return (*self.told, *self.without)

    @property
    def told(self) -> tuple[str, ...]:
        """The columns that say something else of a row, each once."""
        names = (self.query, self.label, self.position, self.time)
        return tuple(dict.fromkeys(name for name in names if name is not None))


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one file, as they lie in it.

    query : names, shape (n_rows,). label : shape (n_rows,), not yet checked. X : shape (n_rows, n_features).
    position : shape (n_rows,), not yet checked, or None. time : shape (n_rows,), in UTC, or None.
    sparse : svmlight, where a feature that no line of this file names is 0 in all of them.
    """

    path: Path
    query: pl.Series
    label: FloatArray
    X: FloatArray
    names: tuple[str, ...]
    position: FloatArray | None = None
    time: pl.Series | None = None
    sparse: bool = False


def read_part(path: Path, sizes: Path | None, columns: Columns) -> Part:
    """Read `path`, Parquet or svmlight by its first bytes.

    sizes : the rows of each query of an svmlight file, a number a line; without it ``<path>.query`` is taken if it is
    there, else `qid:` in the lines. Raises TableError when it is missing, empty, cut off, or not what it seems.
    """
    if not path.is_file():
        raise TableError(f"There is no file {path}.")
    if path.stat().st_size == 0:
        raise TableError(f"{path} is empty.")
    with path.open("rb") as file:
        parquet = file.read(len(_MAGIC)) == _MAGIC or path.suffix == ".parquet"
    part = _parquet(path, columns) if parquet else _svmlight(path, sizes or _beside(path))
    if not len(part.label):
        raise TableError(f"{path} has no rows.")
    return part


def _beside(path: Path) -> Path | None:
    found = path.with_name(f"{path.name}.query")
    return found if found.is_file() else None


def _parquet(path: Path, columns: Columns) -> Part:
    kinds = _kinds(path)
    for name in columns.named:
        if name not in kinds:
            raise TableError(f"{path} has no column {name}; it has {', '.join(list(kinds)[:20])}.")
    names = tuple(name for name in kinds if name not in columns.named)
    frame = _columns(path, columns.told)
    return Part(
        path,
        frame[columns.query].cast(pl.String),
        _numbers(frame, columns.label, path, "labels are whole numbers from 0 to 4"),
        _matrix(path, names, len(frame)),
        names,
        _numbers(frame, columns.position, path, "places are whole numbers from 0") if columns.position else None,
        _instants(frame[columns.time], path) if columns.time else None,
    )


def _numbers(frame: pl.DataFrame, name: str, path: Path, mend: str) -> FloatArray:
    kind = frame.schema[name]
    if not (kind.is_numeric() or kind == pl.Boolean):
        raise TableError(f"The column {name} of {path} holds {kind}, no numbers; {mend}.")
    return frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy()


def _kinds(path: Path) -> dict[str, pl.DataType]:
    try:
        return dict(pl.read_parquet_schema(path))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _cut_off(path) from error


def _columns(path: Path, names: Sequence[str]) -> pl.DataFrame:
    try:
        return pl.read_parquet(path, columns=list(names))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _cut_off(path) from error


def _cut_off(path: Path) -> TableError:
    return TableError(f"{path} is no whole Parquet file; it may be cut off.")


def _matrix(path: Path, names: tuple[str, ...], rows: int) -> FloatArray:
    """Read the features one by one, so that they are held once. Shape (rows, n_features), column by column."""
    X = np.empty((rows, len(names)), dtype=np.float64, order="F")
    for place, name in enumerate(names):
        frame = _columns(path, [name])
        X[:, place] = _numbers(frame, name, path, f"leave it out with --without {name}")
    return X


def _instants(column: pl.Series, path: Path) -> pl.Series:
    if not column.dtype.is_temporal() or column.null_count():
        raise TableError(f"The column {column.name} of {path} must hold a day or a time in each row.")
    kind = column.dtype
    if isinstance(kind, pl.Datetime) and kind.time_zone:
        told = column.dt.cast_time_unit("us").dt.convert_time_zone("UTC")
    else:
        told = column.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    if not told.dt.year().is_between(*_YEARS).all():
        raise TableError(f"The column {column.name} of {path} tells a time before 1970 or after 2199.")
    return told


def _svmlight(path: Path, sizes: Path | None) -> Part:
    table, label, asked = _parsed(path)
    if not len(label):
        raise TableError(f"{path} has no rows.")
    if table.shape[1] > MOST_FEATURES:
        raise TableError(
            f"{path} names a feature {table.shape[1] - 1:,}, and every row holds all up to the last: at most "
            f"{MOST_FEATURES:,} are taken. Number them from 0 or 1 without gaps."
        )
    query = _queries_of_sizes(path, sizes, len(label)) if sizes else _queries_of_lines(path, asked, len(label))
    names = tuple(f"f{place}" for place in range(table.shape[1]))
    return Part(path, query, label, table.toarray(), names, sparse=True)


def _parsed(path: Path) -> tuple[Any, FloatArray, IntArray]:
    from sklearn.datasets import load_svmlight_file

    try:
        table, label, asked = load_svmlight_file(BytesIO(path.read_bytes()), query_id=True, zero_based=True)
    except (ValueError, OverflowError) as error:
        raise TableError(f"{path} is neither Parquet nor svmlight: {str(error).rstrip('.')}.") from error
    return table, label, asked


def _queries_of_lines(path: Path, asked: IntArray, rows: int) -> pl.Series:
    if len(asked) != rows:
        raise TableError(f"{path} does not say to which query each line belongs; give the sizes with --sizes FILE.")
    return pl.Series(asked).cast(pl.String)


def _queries_of_sizes(path: Path, sizes: Path, rows: int) -> pl.Series:
    counted = _sizes(sizes)
    if counted.sum() != rows:
        raise TableError(f"The sizes in {sizes} add up to {counted.sum():,} rows, but {path} has {rows:,}.")
    names = [f"{path.name}:{place}" for place in range(len(counted))]
    return pl.Series(np.repeat(np.array(names, dtype=object), counted), dtype=pl.String)


def _sizes(path: Path) -> IntArray:
    try:
        counted = np.array([int(line) for line in path.read_text().split()], dtype=np.int64)
    except (OSError, ValueError, OverflowError) as error:
        raise TableError(f"{path} must hold the number of rows of each query, one a line.") from error
    if not len(counted) or counted.min() < 1:
        raise TableError(f"{path} must hold the number of rows of each query, all at least 1.")
    return counted
