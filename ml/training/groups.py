"""A data set: query groups with features and labels, in one Parquet file with a JSON report beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.files import read_json, sha256_of, sha256_of_file, write_bytes, write_json
from ml.training.tables import TableError

ROWS: Final = "dataset.parquet"
REPORT: Final = "report.json"
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

    rows : the columns of `META`, and one a feature.
    report : how it was made, from what, and what was left out.
    """

    rows: pl.DataFrame
    report: dict[str, Any]

    @property
    def X(self) -> FloatArray:  # noqa: N802 - a matrix is called X in this field
        """Features, shape (n_rows, n_features), NaN where not known."""
        return np.ascontiguousarray(self.rows.select(self.feature_names).to_numpy(), dtype=np.float64)

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
        """Rows in each query, shape (n_queries,)."""
        return self._whole_of(self.rows.group_by("query", maintain_order=True).len()["len"])

    @property
    def queries(self) -> pl.DataFrame:
        """One row a query: query, referral, shown_at, positive (whether any of its rows has a relevance above 0)."""
        grouped = self.rows.group_by("query", maintain_order=True)
        return grouped.agg(pl.col("referral", "shown_at").first(), (pl.col("relevance") > 0).any().alias("positive"))

    @property
    def sha256(self) -> str:
        """The hash of everything that a ranker learns from."""
        ids = "\n".join(self.rows["query"]).encode()
        columns = (self.X, self.relevance, self.position, self.query_sizes)
        return sha256_of(b"".join((ids, *(column.tobytes() for column in columns))))

    def where(self, keep: BoolArray) -> "Dataset":
        """The queries for which `keep`, shape (n_queries,), is true."""
        return Dataset(self.rows.filter(pl.Series(np.repeat(keep, self.query_sizes))), self.report)

    def save(self, folder: Path) -> None:
        """Write the rows and the report into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f".{ROWS}"
        self.rows.write_parquet(partial, compression="zstd", row_group_size=50_000)
        write_bytes(folder / ROWS, partial.read_bytes())
        partial.unlink()
        write_json(folder / REPORT, self.report | {"rows_sha256": sha256_of_file(folder / ROWS)})

    @classmethod
    def load(cls, folder: Path) -> "Dataset":
        """Read what `save` wrote; TableError when it is missing or was changed since."""
        if not (folder / REPORT).is_file() or not (folder / ROWS).is_file():
            raise TableError(f"There is no data set in {folder}; `kith ml dataset` makes one.")
        report = read_json(folder / REPORT)
        if sha256_of_file(folder / ROWS) != report["rows_sha256"]:
            raise TableError(f"{folder / ROWS} is not the file that its report describes; make the data set again.")
        return cls(pl.read_parquet(folder / ROWS), report)

    def _whole(self, name: str) -> IntArray:
        return self._whole_of(self.rows[name])

    @staticmethod
    def _whole_of(column: pl.Series) -> IntArray:
        return np.ascontiguousarray(column.cast(pl.Int64).to_numpy())
