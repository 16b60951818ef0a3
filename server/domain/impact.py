"""What volunteers' help came to: tasks, minutes and thanks of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


class Impact(NamedTuple):
    """Of one volunteer: tasks done, the minutes that these took, and lines of thanks."""

    tasks: int = 0
    minutes: int = 0
    thanks: int = 0

    def plus(self, claim: Mapping[str, Any]) -> "Impact":
        """Add a claim; one that was not done adds nothing."""
        if claim["status"] != "done":
            return self
        minutes, thanked = claim["minutes"] or 0, bool(claim.get("thanks"))
        return Impact(self.tasks + 1, self.minutes + minutes, self.thanks + thanked)


def impact_of(claims: Iterable[Mapping[str, Any]]) -> dict[str, Impact]:
    """Add up claims by volunteer; those who have done nothing yet are left out."""
    found: defaultdict[str, Impact] = defaultdict(Impact)
    for claim in claims:
        found[claim["volunteer_id"]] = found[claim["volunteer_id"]].plus(claim)
    return {name: impact for name, impact in found.items() if impact.tasks}
