"""Instants that a phone's clock wrote into a new record: put right when the clock was wrong, never after now."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from mobile_contract.merge import KindRule
from server.sync.hlc import instant_text, read_instant
from server.sync.model import Document

#: How far a clock may be off before anything is put right.
TOLERANCE: Final = timedelta(minutes=5)
_DIGITS: Final = 13


def corrections(doc: Document, rule: KindRule, said: str, normalised: str, now: str) -> Mapping[str, str]:
    """Give the instants of a new document that are not as they should be, put right.

    said : the mutation's clock as the device wrote it. normalised : the same by the server's clock. What the device
    wrote down then is off by as much, unless that would take it away from when the mutation was made: a clock that was
    set right may count on from where it wrongly was. An instant that still lies after now becomes now.
    """
    latest, made, error = read_instant(now), _moment(normalised), _error(said, normalised)
    if latest is None:
        return {}
    told = {name: instant for name in rule.past if (instant := read_instant(doc.get(name)))}
    right = {name: min(_nearer(instant, _shifted(instant, error), made), latest) for name, instant in told.items()}
    return {name: instant_text(right[name]) for name in told if abs(right[name] - told[name]) > TOLERANCE}


def _error(said: str, normalised: str) -> timedelta:
    """Say how far behind the truth the device's clock was, nothing when that is little."""
    if not (said[:_DIGITS].isdecimal() and normalised[:_DIGITS].isdecimal()):
        return timedelta()
    error = timedelta(milliseconds=int(normalised[:_DIGITS]) - int(said[:_DIGITS]))
    return error if abs(error) > TOLERANCE else timedelta()


def _moment(normalised: str) -> datetime:
    return datetime.fromtimestamp(int(normalised[:_DIGITS]) / 1000, UTC)


def _nearer(one: datetime, other: datetime, made: datetime) -> datetime:
    return one if abs(one - made) <= abs(other - made) else other


def _shifted(instant: datetime, error: timedelta) -> datetime:
    try:
        return instant + error
    except OverflowError:
        return instant
