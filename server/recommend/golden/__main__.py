"""Write the golden vectors and the phone's rules: `python -m server.recommend.golden`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from server.recommend.golden import vectors, volunteers
from server.recommend.golden.walk import walk
from server.recommend.typescript import rules_ts
from server.recommend.volunteers import typescript as volunteers_typescript

CONTRACT: Final = Path(__file__).parents[3] / "mobile_contract"
VECTORS: Final = CONTRACT / "vectors" / "ranker"


def artefacts() -> Mapping[Path, str]:
    """Return every generated file's text."""
    parts: dict[str, Any] = {
        "world": vectors.world(),
        "pack": vectors.pack(),
        "operations": vectors.operations(),
        "features": vectors.features(),
        "explorations": vectors.explorations(),
        "shortlists": vectors.shortlists(),
        "walk": walk(vectors.SEED),
        "volunteers/world": volunteers.world(),
        "volunteers/pack": volunteers.pack(),
        "volunteers/features": volunteers.features(),
        "volunteers/rankings": volunteers.rankings(),
    }
    texts = {VECTORS / f"{name}.json": _text(part) for name, part in parts.items()}
    ranker = CONTRACT / "typescript" / "ranker"
    return texts | {
        ranker / "rules.ts": rules_ts(),
        ranker / "volunteers" / "rules.ts": volunteers_typescript.rules_ts(),
    }


def _text(part: Any) -> str:
    rows = part if isinstance(part, list) else [part]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False) for row in rows)
    return f"[\n{lines}\n]\n" if isinstance(part, list) else f"{lines}\n"


def main() -> None:
    """Write what is stale."""
    for path, text in artefacts().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
