"""Worlds on disk: one Parquet file a kind, in the format of the server's export, and the oracle apart from them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson
import polars

from ml.files import sha256_of_file, write_json
from ml.training.world.dials import Dials
from ml.training.world.model import Summary

#: What every file of a world says of itself.
MADE_UP: Final = {"synthetic": "true", "about": "Made up by kith ml world; no person, group or place in it is real."}

Documents = Mapping[str, Mapping[str, dict[str, Any]]]


def write_documents(folder: Path, documents: Documents) -> None:
    """Write ``<kind>.parquet`` for each kind: columns id (text), version (int64), doc (canonical JSON text).

    Versions count from 1 over all kinds, in order of kind and id, as a server's numbers would.
    """
    folder.mkdir(parents=True, exist_ok=True)
    version = 0
    for kind in sorted(documents):
        rows = sorted(documents[kind].items())
        frame = polars.DataFrame(
            {
                "id": [key for key, _ in rows],
                "version": range(version + 1, version + len(rows) + 1),
                "doc": [canonical(doc) for _, doc in rows],
            },
            schema={"id": polars.String, "version": polars.Int64, "doc": polars.String},
        )
        frame.write_parquet(folder / f"{kind}.parquet", compression="zstd", metadata=MADE_UP)
        version += len(rows)


def write_report(folder: Path, summary: Summary, dials: Dials, today: date) -> None:
    """Write ``world.json``: that it is made up, from what, what it came to, and the hash of every file."""
    report = {
        **MADE_UP,
        "summary": asdict(summary),
        "dials": dials.as_dict(),
        "today": today.isoformat(),
        "files": {str(path.relative_to(folder)): sha256_of_file(path) for path in sorted(folder.rglob("*.parquet"))},
    }
    write_json(folder / "world.json", report)


def read_documents(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Read every kind that `write_documents` wrote: kind → id → document."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.parquet"))}


def _read(path: Path) -> dict[str, dict[str, Any]]:
    frame = polars.read_parquet(path, columns=["id", "doc"])
    return {key: orjson.loads(doc) for key, doc in frame.iter_rows()}


def canonical(document: Mapping[str, Any]) -> str:
    """Write a document as JSON with sorted keys and no spaces: equal documents are equal text."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()
