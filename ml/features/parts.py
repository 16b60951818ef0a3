"""What a feature set is made of: features, rules of eligibility, and families of features with their sentences."""

from dataclasses import dataclass
from typing import Final

from ml.features.programs import Program

#: Signs of what is only said when its family is one of the two that weigh most: the card shows it anyway.
STRONGLY_FOR: Final = 2
STRONGLY_AGAINST: Final = -2


@dataclass(frozen=True, slots=True)
class Feature:
    """A column of the ranker.

    family : the reason that it belongs to. sign : 1 when more can only help, -1 when more can only hurt, else 0.
    program : what it is, over inputs and the set's values.
    """

    name: str
    family: str
    sign: int
    program: Program


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to leave a candidate out.

    excludes : the program that is 1 when it applies. text : the sentence; {value|format} is filled in.
    change : what would bring the candidate back, None when nothing that a person could do.
    """

    name: str
    excludes: Program
    text: str
    change: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a family, with {value|format} places as `ml.features.sentences` fills them.

    when : the program that is above 0 when the sentence is true. sign : 1 or -1 when it is only said for or only
    against, 0 for either; see `STRONGLY_FOR`, `STRONGLY_AGAINST`.
    """

    when: Program
    text: str
    sign: int = 0


@dataclass(frozen=True, slots=True)
class Family:
    """The features that one reason speaks for.

    lines : the first that is true, of the right sign and of known values is said; a family without one is silent.
    changes : what would improve matters, likewise.
    """

    name: str
    lines: tuple[Line, ...]
    changes: tuple[Line, ...] = ()
