"""What a vocabulary is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MASK_BITS: Final = 31


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A named, ordered list of codes, each with the words a person reads."""

    name: str
    labels: dict[str, str]

    def __post_init__(self) -> None:
        if len(self.labels) > MASK_BITS:
            raise ValueError(f"{self.name} has {len(self.labels)} codes; a mask holds {MASK_BITS}")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in order; a code's place is its bit."""
        return tuple(self.labels)

    def mask(self, codes: Iterable[str]) -> int:
        """Pack `codes` into an integer, bit i for the i-th code; an unknown code raises KeyError."""
        places = {code: place for place, code in enumerate(self.labels)}
        bits = 0
        for code in codes:
            bits |= 1 << places[code]
        return bits
