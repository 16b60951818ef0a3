"""Fill the {value|format} places of a sentence, the same on every engine: whole numbers and vocabulary words only."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Final

from ml.arrays import MISSING
from mobile_contract.vocabulary import ALL

_PLACE: Final = re.compile(r"\{(\w+)\|(\w+):?(\w*)\}")


def fill(template: str, values: Mapping[str, float]) -> str | None:
    """Return `template` with each {value|format} filled in, None when one of them is not known or cannot be said.

    Formats: km (from metres, to 100 m), pounds (from pence), whole, people, days, in_days, any:vocabulary (a mask),
    one:vocabulary (a place). A pack may be newer than whoever reads it, with formats and codes that are new too.
    """
    said = [_said(values.get(name, MISSING), style, words) for name, style, words in _PLACE.findall(template)]
    if None in said:
        return None
    parts = iter(said)
    return _PLACE.sub(lambda _: str(next(parts)), template)


def _said(value: float, style: str, vocabulary: str) -> str | None:
    form = _FORMATS.get(style)
    return form(value, vocabulary) if form and math.isfinite(value) else None


def _km(metres: float, _: str) -> str:
    tenths = math.floor((metres + 50) / 100)
    return f"{tenths // 10}.{tenths % 10} km"


def _pounds(pence: float, _: str) -> str:
    whole, rest = divmod(math.floor(pence), 100)
    return f"£{whole}.{rest:02d}" if rest else f"£{whole}"


def _days(days: float, _: str) -> str:
    return "1 day" if days == 1 else f"{math.floor(days)} days"


def _in_days(days: float, _: str) -> str:
    return {0: "today", 1: "tomorrow"}.get(math.floor(days), f"in {math.floor(days)} days")


def _any(mask: float, vocabulary: str) -> str | None:
    labels = [label for place, label in enumerate(_labels(vocabulary)) if int(mask) >> place & 1]
    return " and ".join(filter(None, [", ".join(labels[:-1]), *labels[-1:]])) or None


def _one(place: float, vocabulary: str) -> str | None:
    return dict(enumerate(_labels(vocabulary))).get(int(place))


def _labels(vocabulary: str) -> list[str]:
    return list(ALL[vocabulary].labels.values()) if vocabulary in ALL else []


_FORMATS: Final[dict[str, Callable[[float, str], str | None]]] = {
    "km": _km,
    "pounds": _pounds,
    "whole": lambda value, _: str(math.floor(value)),
    "people": lambda count, _: "1 person" if count == 1 else f"{math.floor(count)} people",
    "days": _days,
    "in_days": _in_days,
    "any": _any,
    "one": _one,
}
