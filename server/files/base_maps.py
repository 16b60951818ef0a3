"""Base maps as they are kept: one file a programme in the home, public data, put in place whole."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

FORMAT: Final = "kith-base-map/1"
_FOLDER: Final = "base-maps"


def written(made: Mapping[str, Any]) -> bytes:
    """Write a base map as it is kept; the same outlines give the same bytes."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def keep_map(home: Path, tenant: str, made: Mapping[str, Any]) -> None:
    """Put a programme's base map in place of the former one."""
    place = kept_at(home, tenant)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    partial = place.with_name(f".{tenant}.partial")
    partial.write_bytes(written(made))
    os.replace(partial, place)


def kept_at(home: Path, tenant: str) -> Path:
    """Where a programme's base map lies."""
    return home / _FOLDER / f"{tenant}.json"


def version_of(body: bytes) -> str:
    """Name what a base map is made of."""
    return hashlib.sha256(body).hexdigest()[:32]
