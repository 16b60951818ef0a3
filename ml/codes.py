"""From the contract's codes, days and places to plain numbers; what is of a newer contract is left out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from ml.sessions import DAYPARTS_END, slot_bit
from mobile_contract.vocabulary import AGE_BAND_YEARS, ALL, Vocabulary

#: Vocabulary → code → its place, looked up for every candidate.
_PLACES: Final = {name: {code: place for place, code in enumerate(words.codes)} for name, words in ALL.items()}


def known(**values: float | None) -> dict[str, float]:
    """Return the values that are known, as floats."""
    return {name: float(value) for name, value in values.items() if value is not None}


def mask_of(vocabulary: Vocabulary, codes: Sequence[str | None] | None) -> int:
    """Return a mask with bit i for the i-th code of the vocabulary."""
    places = _PLACES[vocabulary.name]
    mask = 0
    for code in codes or ():
        mask |= 1 << places[code] if code in places else 0
    return mask


def place_of(vocabulary: Vocabulary, code: str | None) -> int | None:
    """Return the place of a code in its vocabulary."""
    return _PLACES[vocabulary.name].get(code) if code else None


def district_of(doc: Mapping[str, Any]) -> int | None:
    """Return the digits of a GSS code; None for what serves the whole county."""
    digits = str(doc.get("district") or "")[1:]
    return int(digits) if digits.isdecimal() and digits.isascii() else None


def ages_of(doc: Mapping[str, Any], today: date) -> tuple[float, float] | tuple[None, None]:
    """Return the youngest and the oldest that somebody may be, in years."""
    if doc.get("birth_on"):
        born = date.fromisoformat(doc["birth_on"])
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return age, age
    return AGE_BAND_YEARS.get(doc.get("age_band") or "", (None, None))


def slots_between(at: datetime, until: datetime) -> int:
    """Return the mask of every daypart that the time from `at` to `until` touches."""
    slots = 0
    while at <= until:
        slots |= slot_bit(at.date(), f"{at:%H:%M}")
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        at = midnight + timedelta(hours=next(hour for hour in DAYPARTS_END if hour > at.hour))
    return slots


def days_until(day: str | None, today: date) -> int | None:
    """Return the days from `today` to an ISO date, below 0 when it is over."""
    return (date.fromisoformat(day) - today).days if day else None
