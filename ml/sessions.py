"""When something next happens: weekly, monthly, once, or by the days that the server worked out of a rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from mobile_contract.vocabulary import SLOTS, WEEKDAYS

#: Sessions further ahead than this are not looked for.
HORIZON_DAYS: Final = 84
#: The hours at which morning, afternoon and evening are over.
DAYPARTS_END: Final = (12, 17, 24)
_WEEK: Final = 7
_LAST: Final = 5
_PLACE_OF_SLOT: Final = {code: place for place, code in enumerate(SLOTS.codes)}
_DAYS: Final = WEEKDAYS.codes
_PLACE_OF_DAY: Final = {code: place for place, code in enumerate(_DAYS)}


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """One coming session, in local time. Sessions sort by when they begin."""

    on: date
    from_time: str
    until_time: str


def next_sessions(schedules: Sequence[Mapping[str, Any]], today: date) -> list[Session]:
    """Return the next session of each schedule that still has one, the earliest first."""
    coming = (_next(schedule, today) for schedule in schedules)
    return sorted(session for session in coming if session is not None)


def slot_bit(on: date, from_time: str) -> int:
    """Return the mask bit of the weekday and daypart in which a session begins."""
    daypart = "am" if from_time < "12:00" else "pm" if from_time < "17:00" else "eve"
    return 1 << _PLACE_OF_SLOT[f"{_DAYS[on.weekday()]}_{daypart}"]


def _next(schedule: Mapping[str, Any], today: date) -> Session | None:
    cancelled = set(schedule.get("cancelled_on") or ())
    for on in _dates(schedule, today):
        if on.isoformat() not in cancelled:
            return Session(on, schedule["from_time"], schedule["until_time"])
    return None


def _dates(schedule: Mapping[str, Any], today: date) -> Iterator[date]:
    first = max(today, _day(schedule.get("starts_on")) or today)
    last = min(today + timedelta(HORIZON_DAYS), _day(schedule.get("ends_on")) or date.max)
    if schedule["frequency"] == "once":
        on = _day(schedule.get("on"))
        return iter([on] if on and first <= on <= last else [])
    if schedule["frequency"] == "rule":
        return (on for on in map(date.fromisoformat, schedule.get("next_on") or ()) if first <= on <= last)
    if schedule.get("weekday") not in _PLACE_OF_DAY:
        return iter(())
    weekly = _weekly(first, last, _PLACE_OF_DAY[schedule["weekday"]])
    if schedule["frequency"] == "weekly":
        return weekly
    return (on for on in weekly if _is_week_of_month(on, schedule.get("week_of_month") or 1))


def _weekly(first: date, last: date, weekday: int) -> Iterator[date]:
    on = first + timedelta((weekday - first.weekday()) % _WEEK)
    while on <= last:
        yield on
        on += timedelta(_WEEK)


def _is_week_of_month(on: date, week: int) -> bool:
    if week == _LAST:
        return (on + timedelta(_WEEK)).month != on.month
    return (on.day - 1) // _WEEK + 1 == week


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
