"""Fill the {value|format} places of a sentence, the same on every engine: whole numbers and vocabulary words only."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Final

from mobile_contract.vocabulary import ALL

_PLACE: Final = re.compile(r"\{(\w+)\|(\w+):?(\w*)\}")
_UNKNOWN: Final = "unknown"


def fill(template: str, values: Mapping[str, float]) -> str:
    """Return `template` with each {value|format} filled in.

    Formats: km (from metres, to 100 m), pounds (from pence), whole, people, days, in_days, any:vocabulary (a mask),
    one:vocabulary (a place). What is not known reads "unknown".
    """

    def said(place: re.Match[str]) -> str:
        name, style, vocabulary = place.groups()
        value = values[name]
        return _FORMATS[style](value, vocabulary) if math.isfinite(value) else _UNKNOWN

    return _PLACE.sub(said, template)


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


def _any(mask: float, vocabulary: str) -> str:
    labels = [label for place, label in enumerate(ALL[vocabulary].labels.values()) if int(mask) >> place & 1]
    return " and ".join(filter(None, [", ".join(labels[:-1]), *labels[-1:]])) or "nothing"


def _one(place: float, vocabulary: str) -> str:
    return list(ALL[vocabulary].labels.values())[int(place)]


_FORMATS: Final[dict[str, Callable[[float, str], str]]] = {
    "km": _km,
    "pounds": _pounds,
    "whole": lambda value, _: str(math.floor(value)),
    "people": lambda count, _: "1 person" if count == 1 else f"{math.floor(count)} people",
    "days": _days,
    "in_days": _in_days,
    "any": _any,
    "one": _one,
}
