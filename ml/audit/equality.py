"""Equality records: what people say of themselves, each characteristic optional. Only audits read them.

Either the export of the kind `equality` (documents with person_id and codes), or a Parquet or CSV file with a column
person_id and a column a characteristic.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from ml.training.tables import TableError, Tables

TABLE: Final = "equality"
#: What a record holds besides characteristics.
_NO_CHARACTERISTIC: Final = frozenset({"person_id", "team_id", "made_up", "told_on", "recorded_on", "id", "version"})

Described = dict[str, dict[str, str]]


def equality_of(tables: Tables) -> Described:
    """Person → characteristic → code, from the tables' own equality.parquet; empty without one."""
    return _of_documents(doc for _, doc in tables.documents(TABLE, optional=True))


def read_equality(path: Path) -> Described:
    """The same from one file; TableError when it cannot be read or has no column person_id."""
    try:
        frame = pl.read_csv(path, infer_schema_length=0) if path.suffix == ".csv" else pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise TableError(f"{path} cannot be read as a table.") from error
    if "doc" in frame.columns:
        return _of_documents(json.loads(text) for text in frame["doc"])
    if "person_id" not in frame.columns:
        raise TableError(f"{path.name} must have a column person_id.")
    return _of_documents(frame.iter_rows(named=True))


def _of_documents(documents: Any) -> Described:
    return {str(doc["person_id"]): _codes(doc) for doc in documents}


def _codes(doc: Mapping[str, Any]) -> dict[str, str]:
    told = {name: value for name, value in doc.items() if name not in _NO_CHARACTERISTIC and value not in (None, "")}
    return {name: _text(value) for name, value in told.items()}


def _text(value: Any) -> str:
    return ", ".join(sorted(map(str, value))) if isinstance(value, list) else str(value)
