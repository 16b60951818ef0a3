"""What a reason is, and the values that only sentences use; the sentences are in `ml.features.families`."""

from dataclasses import dataclass
from typing import Final

from ml.features.programs import Program
from mobile_contract.vocabulary import LANGUAGES, TRAVEL

#: Signs of what is only said when its family is one of the two that weigh most: the card shows it anyway.
STRONGLY_FOR: Final = 2
STRONGLY_AGAINST: Final = -2
_ENGLISH: Final = LANGUAGES.mask(("en",))


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


#: Values that only sentences use, besides those of the features and the rules, in order.
REASON_VALUES: Final[dict[str, Program]] = {
    "unmet_mask": ("without", "needs_mask", "met_mask"),
    "access_lacking_mask": ("without", "access_needs_mask", "access_mask"),
    "access_met_mask": ("without", "access_needs_mask", "access_lacking_mask"),
    "shared_mask": (  # English is spoken everywhere, so it is no reason
        "without", "spoken_mask", ("without", "spoken_mask", ("without", "languages_mask", _ENGLISH)),
    ),
    "speaks_english": ("common", "spoken_mask", _ENGLISH),
    "free_slots_mask": ("without", "slots_mask", ("without", "slots_mask", "availability_mask")),
    "slots": ("common", "slots_mask", "slots_mask"),
    "group_match": ("lookup", "#group_fit", "wanted_group", "size_band"),
    "drives": ("eq", "way", TRAVEL.codes.index("car")),
    "is_asset": ("eq", "kind", 0),
    "is_task": ("eq", "kind", 2),
}  # fmt: skip
