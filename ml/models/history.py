"""The history of a registry: what was promoted, refused and rolled back, on which day, for which reasons.

One JSON object a line in `history.jsonl`, oldest first. It names versions and evidence, never a person.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from ml.files import write_bytes
from ml.models.registry import PACK, DamagedError, Registry, Version

HISTORY: Final = "history.jsonl"
PROMOTED: Final = "promoted"
REFUSED: Final = "refused"
ROLLED_BACK: Final = "rolled back"


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a version.

    on : the day, ISO. before : the champion until then. reasons : why it was refused. warnings : what stood out.
    evidence : file → SHA-256 of what was known of the version. pack_sha256 : of the pack that it was about. said : what
    whoever asked said of the place: ``first``, ``unjudged``, ``unestimated``.
    """

    on: str
    what: str
    version: str
    before: str | None
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    evidence: dict[str, str] = field(default_factory=dict)
    pack_sha256: str | None = None
    said: list[str] = field(default_factory=list)


def note(
    registry: Registry, what: str, version: Version, before: Version | None, *, on: date, **more: Any
) -> Event:  # fmt: skip
    """Add an event to the history and return it; `more` as `Event` has it."""
    event = Event(
        on=on.isoformat(),
        what=what,
        version=version.name,
        before=before.name if before else None,
        evidence=version.evidence,
        pack_sha256=version.manifest["files"].get(PACK),
        **more,
    )
    path = registry.root / HISTORY
    line = json.dumps(asdict(event), sort_keys=True, ensure_ascii=False) + "\n"
    write_bytes(path, (path.read_bytes() if path.exists() else b"") + line.encode())
    return event


def events(registry: Registry) -> list[Event]:
    """Every event, oldest first; DamagedError when a line cannot be read."""
    path = registry.root / HISTORY
    if not path.exists():
        return []
    try:
        return [Event(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError, TypeError) as error:
        raise DamagedError(f"{path} is damaged. Rename it; a new history begins with the next promotion.") from error
