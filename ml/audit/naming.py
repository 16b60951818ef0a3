"""What a ranker knows of a person, in words: an input, or one bit of a mask of codes."""

from typing import Final

from mobile_contract.vocabulary import ACCESS, LANGUAGES, NEEDS, SLOTS, Vocabulary

_MASKS: Final[dict[str, tuple[Vocabulary, str]]] = {
    "needs_mask": (NEEDS, "the need “{}”"),
    "main_need_mask": (NEEDS, "the main need “{}”"),
    "availability_mask": (SLOTS, "being free on {}"),
    "access_needs_mask": (ACCESS, "the access need “{}”"),
    "spoken_mask": (LANGUAGES, "speaking {}"),
}
_INPUTS: Final = {
    "home_easting": "how far east they live",
    "home_northing": "how far north they live",
    "home_district": "the district they live in",
    "max_km": "how far they would go",
    "travel": "how they get about",
    "budget_pence": "what they can spend",
    "wanted_group": "the size of group they want",
    "online_ok": "whether online suits them",
    "urgency": "how urgent it is",
}


def input_words(name: str) -> str:
    """The input `name`, as ``home_easting`` or, for a bit of a mask, ``availability_mask:19``, in words."""
    mask, _, bit = name.partition(":")
    if not bit or mask not in _MASKS or int(bit) >= len(_MASKS[mask][0].codes):
        return _INPUTS.get(name, name.replace("_", " "))
    vocabulary, form = _MASKS[mask]
    return form.format(vocabulary.labels[vocabulary.codes[int(bit)]])
