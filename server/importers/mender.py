"""A note of what was mended while a record is put together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Mender:
    """Collects the names of repairs while a record is put together."""

    repairs: dict[str, None] = field(default_factory=dict)

    def __call__(self, mended: tuple[T, Sequence[str]]) -> T:
        """Note the repairs of a mended value and give the value."""
        self.repairs |= dict.fromkeys(mended[1])
        return mended[0]

    def note(self, rule: str) -> None:
        """Note a repair."""
        self.repairs[rule] = None
