"""Who did what when: lines that are cheap to keep and readable when a promise breaks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from server.simulation.clocks import Clock

#: A mutation's id, or a long hexadecimal id: its last characters tell it apart.
_LONG = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{7}([0-9a-f]{5})|[0-9a-f]{26}([0-9a-f]{6})"
)


def short(text: str) -> str:
    """Shorten ids, so that a line fits and two ids can be told apart."""
    return _LONG.sub(lambda found: f"…{found[1] or found[2]}", text)


@dataclass(slots=True)
class Trace:
    """Notes what happens. deed : the number of the deed that runs."""

    clock: Clock
    deed: int = 0
    lines: list[tuple[Any, int, str, tuple[Any, ...]]] = field(default_factory=list)

    def note(self, who: str, *what: Any) -> None:
        """Note that `who` did `what`; nothing is formatted before someone reads it."""
        self.lines.append((self.clock.now, self.deed, who, what))

    def text(self, last: int = 60) -> list[str]:
        """Give the last lines: time, deed, who, what."""
        shown = self.lines[-last:]
        left_out = [f"… {len(self.lines) - last} lines before"] if len(self.lines) > last else []
        return left_out + [_line(*line) for line in shown]


def _line(now: Any, deed: int, who: str, what: Iterable[Any]) -> str:
    words = " ".join(str(part) for part in what)
    return short(f"{now:%d %H:%M:%S} {f'#{deed}' if deed else '':>4} {who:<9} {words}")[:220]
