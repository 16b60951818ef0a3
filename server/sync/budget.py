"""How many records a device may hold, and which of its scopes come first when they do not all fit."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from server.sync.model import Problem

#: Records on a device above which it is warned.
WARN: Final = 5_000
#: Records on a device above which no further scope is given to it.
MOST: Final = 20_000

#: What matters most to whoever holds the device comes first; of scopes alike, the smaller name.
_ORDER: Final = ("volunteer", "caseload", "centre", "tasks", "fieldwork", "timebank", "hub", "directory:county")


@dataclass(frozen=True, slots=True)
class Budget:
    """What of its scopes a device may hold. refused : in the order in which they would come. records : held then."""

    admitted: frozenset[str]
    refused: tuple[str, ...]
    records: int

    @property
    def warn(self) -> bool:
        """The device holds more than is good for it."""
        return self.records > WARN or bool(self.refused)

    @property
    def problem(self) -> Problem | None:
        """The name of what keeps scopes away, if any are."""
        return Problem("device-full") if self.refused else None


def admit(counts: Mapping[str, int], held: Collection[str], granted: Collection[str], most: int = MOST) -> Budget:
    """Say which of the granted scopes a device may hold.

    counts : records of each granted scope; one in two scopes counts twice. held : scopes that it has begun to take.
    What is there keeps syncing however it grows. Of new scopes those come, in order, that fit; whoever would hold
    nothing gets the first of them whatever its size.
    """
    kept = sorted(set(held) & set(granted), key=_rank)
    records = sum(counts.get(scope, 0) for scope in kept)
    refused = []
    for scope in sorted(set(granted) - set(held), key=_rank):
        if kept and records + counts.get(scope, 0) > most:
            refused.append(scope)
        else:
            kept.append(scope)
            records += counts.get(scope, 0)
    return Budget(frozenset(kept), tuple(refused), records)


def _rank(scope: str) -> tuple[int, str]:
    place = next((place for place, prefix in enumerate(_ORDER) if scope.startswith(prefix)), len(_ORDER))
    return place, scope
