"""The real open data that tests read where it is present."""

import csv
import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("KITH_SHARED_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")


def shared(name: str = "") -> Path:
    """The path of a shared file or folder; skips the test where it is absent."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"the shared data are absent: no {name or 'folder'}; set KITH_SHARED_DATA to where they are")
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
