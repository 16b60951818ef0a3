"""The generated files: made in memory, compared with what is on disk, or written there."""

import json
from pathlib import Path
from typing import Final

from mobile_contract.generate.json_schema import kind_schema
from mobile_contract.generate.schemas_module import schemas_module
from mobile_contract.generate.survey_vectors import survey_vectors
from mobile_contract.generate.typescript import typescript
from mobile_contract.schemas import KINDS

FOLDER: Final = Path(__file__).parent.parent / "generated"


def artefacts() -> dict[str, str]:
    """Make every generated file: path below the folder → text. The same kinds give the same bytes."""
    kinds = {name: kind_schema(name) for name in sorted(KINDS)}
    schemas = {f"json-schema/{name}.json": _pretty(schema) for name, schema in kinds.items()}
    vectors = {"vectors/survey.json": survey_vectors()}
    return {"contract.ts": typescript(), "schemas.ts": schemas_module(kinds), **schemas, **vectors}


def stale(folder: Path = FOLDER) -> list[str]:
    """Name the files that differ from what the kinds say, are missing, or belong to no kind."""
    wanted = artefacts()
    differing = [name for name, text in wanted.items() if _read(folder / name) != text]
    left_over = [f"json-schema/{path.name}" for path in folder.glob("json-schema/*.json")]
    return sorted({*differing, *(name for name in left_over if name not in wanted)})


def write(folder: Path = FOLDER) -> list[str]:
    """Bring the files up to date and name those that changed."""
    changed, wanted = stale(folder), artefacts()
    for name in changed:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name in wanted:
            path.write_text(wanted[name], "utf-8")
        else:
            path.unlink()
    return changed


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
