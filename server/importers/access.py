"""Access codes and languages from what a feed says in words."""

import re
from collections.abc import Iterable
from typing import Final

from mobile_contract.vocabulary import LANGUAGES

_DENIAL: Final = re.compile(r"\b(no|not|without|cannot|unfortunately|limited|un\w+able)\b|n't\b", re.I)
_SAYS: Final = {
    "step_free": r"step[- ]free|wheelchair|level access|\bramps?\b|\blift access",
    "accessible_toilet": r"(accessible|disabled|adapted) (toilet|wc|loo)",
    "hearing_loop": r"(induction|hearing) loop",
    "bsl": r"\bbsl\b|sign language",
    "quiet_space": r"quiet (space|room|area|hour)",
    "parking": r"(disabled|accessible|blue badge) parking|disabled bays?|blue badge",
    "carer_welcome": r"carers? (are )?welcome",
    "dementia_friendly": r"dementia[- ]friendly",
    "assistance_dog": r"(assistance|guide|hearing) dogs?",
}  # fmt: skip
_PATTERNS: Final = {code: re.compile(pattern, re.I) for code, pattern in _SAYS.items()}
_NAMES: Final = {label.lower(): code for code, label in LANGUAGES.labels.items()}
_ALSO: Final = {"panjabi": "pa", "mandarin": "zh", "cantonese": "zh", "sylheti": "bn"}


def access_codes(texts: Iterable[str]) -> list[str]:
    """Name the access codes that sentences claim; a sentence that denies or doubts anything claims nothing."""
    claims = [sentence for text in texts for sentence in re.split(r"[.;\n]", text) if not _DENIAL.search(sentence)]
    return sorted(code for code, pattern in _PATTERNS.items() if any(pattern.search(claim) for claim in claims))


def language_code(raw: str) -> str | None:
    """Give the code of a language named in English or by an ISO 639-1 code; None for one outside the list."""
    word = raw.strip().lower()
    code = _NAMES.get(word) or _ALSO.get(word) or re.split(r"[-_]", word)[0]
    return code if code in LANGUAGES.labels else None
