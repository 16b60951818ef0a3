"""Names that no feature may have: what the law protects, who somebody is, where they live, what tells the answer."""

import re
from collections.abc import Iterable
from typing import Final

from ml.training.tables import TableError

#: Words of which one is enough: the characteristics of the kind `equality`, names, and places small enough to name.
_WORDS: Final = frozenset(
    (
        *("sex", "gender", "transgender", "orientation", "sexuality", "pregnancy", "pregnant", "maternity"),
        *("ethnic", "ethnicity", "race", "racial", "nationality", "religion", "religious", "faith", "belief"),
        *("disability", "disabled", "marital", "marriage", "equality", "birth", "birthday", "dob", "nhs"),
        *("surname", "forename", "firstname", "lastname", "fullname"),
        *("postcode", "lsoa", "msoa", "imd", "idaci", "idaopi", "deprivation", "deprived"),
    )
)
#: Words that say something about the person only together, or alone.
_PHRASES: Final = (
    r"(person|patient|client|first|last|full|given|family)_name",
    r"names?",
    r"((person|patient|client|user)_)?age(_(band|group|years|low|high|bracket))?",
    r"(post|zip)_code",
    r"output_area(_\w+)?",
)
_PROTECTED: Final = re.compile("|".join(f"(?:{phrase})" for phrase in _PHRASES))
#: Words that tell where something was shown, or how likely that was.
_SHOWN: Final = frozenset({"position", "propensity", "propensities", "positions"})
_RANKS: Final = frozenset({"pos", "rank", "shown_rank", "item_rank", "display_rank", "logged_rank", "slate_rank"})
#: Words that tell what became of it.
_ANSWERS: Final = frozenset({"label", "relevance", "target", "gain", "clicked", "outcome"})


def is_protected(name: str) -> bool:
    """Whether `name` says a protected characteristic, who somebody is, where they live or how poor that place is."""
    words = _words(name)
    return not _WORDS.isdisjoint(words) or _PROTECTED.fullmatch("_".join(words)) is not None


def refuse_features(names: Iterable[str]) -> None:
    """Raise TableError for the first feature that is protected, or that tells where it was shown or what came of it."""
    for name in names:
        words = _words(name)
        if is_protected(name):
            raise TableError(f"The feature {name} is protected: no ranker may see it. Take it out of the data.")
        if not _SHOWN.isdisjoint(words) or "_".join(words) in _RANKS:
            raise TableError(
                f"The feature {name} tells where an item was shown, which no ranker knows beforehand; "
                "name it with --position, or leave it out."
            )
        if "_".join(words) in _ANSWERS:
            raise TableError(f"The feature {name} tells the answer; name it with --label, or leave it out.")


def _words(name: str) -> list[str]:
    """The words of `name`: ``personSex``, ``person-sex`` and ``PERSON_SEX2`` are alike."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return [word for word in re.split(r"[^a-z]+", apart.lower()) if word]
