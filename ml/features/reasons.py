"""The values that only sentences use; the sentences are in `ml.features.families`."""

from typing import Final

from ml.features.programs import Program
from mobile_contract.vocabulary import LANGUAGES, TRAVEL

_ENGLISH: Final = LANGUAGES.mask(("en",))

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
    "is_offer": ("eq", "kind", 3),
}  # fmt: skip
