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
    """The exported tables in the folder `root`, and those in the folders `more`, read as if they were one."""

    root: Path
    more: tuple[Path, ...] = ()

    def documents(self, kind: str, *, optional: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield id and document of each record of `kind`, folder by folder in the order of ids.

        TableError when a table is missing (unless `optional`), lacks a column, or has an id of an earlier folder.
        """
        seen: set[str] = set()
        for path in self._paths(kind, optional):
            frame = _read(path)
            _refuse_twice(seen, frame, path)
            for batch in frame.iter_slices(BATCH):
                for name, text in batch.iter_rows():
                    yield name, json.loads(text)

    def hashes(self, kinds: tuple[str, ...]) -> dict[str, list[str]]:
        """The SHA-256 of each table that exists, by kind, in the order of the folders."""
        return {kind: [sha256_of_file(path) for path in self._paths(kind, optional=True)] for kind in kinds}

    def _paths(self, kind: str, optional: bool) -> list[Path]:
        paths = [folder / f"{kind}.parquet" for folder in (self.root, *self.more)]
        return [path for path in paths if path.exists() or not optional]


def _read(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path, columns=["id", "doc"]).sort("id")
    except FileNotFoundError as error:
        raise TableError(f"There is no table {path.name} in {path.parent}.") from error
    except pl.exceptions.ColumnNotFoundError as error:
        raise TableError(f"{path.name} in {path.parent} must have the columns id, version and doc.") from error


def _refuse_twice(seen: set[str], frame: pl.DataFrame, path: Path) -> None:
    ids = set(frame["id"])
    if seen & ids:
        raise TableError(f"{min(seen & ids)} in {path} is in an earlier folder too; give each folder once.")
    seen |= ids


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
