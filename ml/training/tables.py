"""The tables that the server exports and the world writes: one Parquet file a kind, columns id, version, doc."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from ml.files import sha256_of_file

#: Rows turned from JSON at a time, so that memory does not grow with the log.
BATCH: Final = 5_000


class TableError(Exception):
    """A table that is not there or not of the expected shape, said in a sentence."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The exported tables in the folder `root`."""

    root: Path

    def path(self, kind: str) -> Path:
        """Where the table of `kind` lies."""
        return self.root / f"{kind}.parquet"

    def documents(self, kind: str, *, optional: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield id and document of each record of `kind`, in the order of ids.

        TableError when the table is missing (unless `optional`) or lacks a column.
        """
        if optional and not self.path(kind).exists():
            return
        frame = self._ids(kind)
        for batch in frame.iter_slices(BATCH):
            for name, text in batch.iter_rows():
                yield name, json.loads(text)

    def hashes(self, kinds: tuple[str, ...]) -> dict[str, str]:
        """The SHA-256 of each table that exists."""
        return {kind: sha256_of_file(self.path(kind)) for kind in kinds if self.path(kind).exists()}

    def _ids(self, kind: str) -> pl.DataFrame:
        try:
            return pl.read_parquet(self.path(kind), columns=["id", "doc"]).sort("id")
        except FileNotFoundError as error:
            raise TableError(f"There is no table {self.path(kind).name} in {self.root}.") from error
        except pl.exceptions.ColumnNotFoundError as error:
            raise TableError(f"{self.path(kind).name} must have the columns id, version and doc.") from error


def write_table(path: Path, rows: list[tuple[str, int, dict[str, Any]]]) -> None:
    """Write (id, version, document) as a table that `Tables` reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame = pl.DataFrame(
        {
            "id": [row[0] for row in rows],
            "version": [row[1] for row in rows],
            "doc": [json.dumps(row[2], sort_keys=True, separators=(",", ":"), ensure_ascii=False) for row in rows],
        },
        schema={"id": pl.String, "version": pl.Int64, "doc": pl.String},
    )
    frame.write_parquet(path)
