"""The tables that the server exports and the world writes: one Parquet file a kind, columns id, version, doc."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from ml.files import sha256_of_file

#: Rows turned from JSON at a time, so that memory does not grow with the log.
BATCH: Final = 1_000
#: What is logged once: in two folders it would count twice. Of all else the record of the first folder stands.
LOGGED: Final = frozenset({"exposure", "placement", "referral", "wave"})
#: Bytes of a file that are read ahead of a batch.
_AHEAD: Final = 1 << 20


class TableError(Exception):
    """A table that is not there or not of the expected shape, said in a sentence."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The exported tables in the folder `root`, and those in the folders `more`, read as if they were one."""

    root: Path
    more: tuple[Path, ...] = ()

    def documents(self, kind: str, *, optional: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield id and document of each record of `kind`, folder by folder in the order of the files.

        A batch is in memory at a time, and the ids. A group or a person that is in several folders comes from the
        first. TableError when a table is missing (unless `optional`), is damaged, lacks a column, or has an id twice,
        or when what is logged is in two folders.
        """
        for name, text in self._texts(kind, optional):
            try:
                yield name, orjson.loads(text)
            except orjson.JSONDecodeError as error:
                raise TableError(f"{kind} {name} is no JSON.") from error

    def values(self, kind: str, field: str, *, optional: bool = False) -> Iterator[str | None]:
        """Yield a field of text of each record of `kind`, None where it is not there; quicker than whole documents."""
        found = re.compile(rf'"{field}"\s*:\s*"([^"\\]*)"').findall
        for _, text in self._texts(kind, optional):
            told = found(text)
            yield told[0] if len(told) == 1 else orjson.loads(text).get(field)

    def hashes(self, kinds: tuple[str, ...]) -> dict[str, list[str]]:
        """The SHA-256 of each table that exists, by kind, in the order of the folders."""
        return {kind: [sha256_of_file(path) for path in self._paths(kind, optional=True)] for kind in kinds}

    def _texts(self, kind: str, optional: bool) -> Iterator[tuple[str, str]]:
        """Yield id and JSON of each record."""
        seen: set[str] = set()
        for path in self._paths(kind, optional):
            here: set[str] = set()
            for names, texts in _batches(path):
                if kind in LOGGED:
                    _refuse_again(seen, names, path)
                _refuse_twice(here, names, path)
                here.update(names)
                yield from ((name, text) for name, text in zip(names, texts, strict=True) if name not in seen)
            seen |= here

    def _paths(self, kind: str, optional: bool) -> list[Path]:
        paths = [folder / f"{kind}.parquet" for folder in (self.root, *self.more)]
        return [path for path in paths if path.exists() or not optional]


def _batches(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield ids and JSON of a table, `BATCH` rows at a time."""
    if not path.exists():
        raise TableError(f"There is no table {path.name} in {path.parent}.")
    try:
        with pq.ParquetFile(path, buffer_size=_AHEAD, pre_buffer=False) as file:
            if not {"id", "doc"} <= set(file.schema_arrow.names):
                raise TableError(f"{path.name} in {path.parent} must have the columns id, version and doc.")
            for batch in file.iter_batches(BATCH, columns=["id", "doc"], use_threads=False):
                yield batch.column("id").to_pylist(), batch.column("doc").to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise TableError(f"{path} is no whole Parquet file; it may be cut off.") from error


def _refuse_again(seen: set[str], names: list[str], path: Path) -> None:
    if earlier := seen.intersection(names):
        raise TableError(f"{min(earlier)} in {path} is in an earlier folder too; give each folder once.")


def _refuse_twice(here: set[str], names: list[str], path: Path) -> None:
    if len(set(names)) < len(names) or not here.isdisjoint(names):
        twice = here.intersection(names) or {name for name in names if names.count(name) > 1}
        raise TableError(f"{min(twice)} is in {path} twice.")


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
