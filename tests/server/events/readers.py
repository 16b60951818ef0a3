"""What other people's calendar programs make of a calendar: the days on which something is, and at what local time."""

from datetime import date, datetime
from typing import Any

import icalendar
import vobject
from dateutil.rrule import rruleset, rrulestr

from server.domain.days import LOCAL


def by_icalendar(text: bytes, uid: str, first: date, last: date) -> list[str]:
    """Read with icalendar; let dateutil expand what it read."""
    calendar = icalendar.Calendar.from_ical(text)
    events = [one for one in calendar.walk("VEVENT") if str(one["UID"]) == uid]
    series = next(one for one in events if "RECURRENCE-ID" not in one)
    dates = rruleset()
    begins = series["DTSTART"].dt
    dates.rdate(begins)
    if "RRULE" in series:
        dates.rrule(rrulestr(series["RRULE"].to_ical().decode(), dtstart=begins))
    for on in _listed(series, "RDATE"):
        dates.rdate(on)
    for on in _listed(series, "EXDATE"):
        dates.exdate(on)
    off = {one["RECURRENCE-ID"].dt for one in events if "RECURRENCE-ID" in one and one["STATUS"] == "CANCELLED"}
    return _within((on for on in dates.between(*_ends(first, last), inc=True) if on not in off), series["STATUS"])


def by_vobject(text: bytes, uid: str, first: date, last: date) -> list[str]:
    """Read and expand with vobject."""
    calendar = vobject.readOne(text.decode())
    events = [one for one in calendar.vevent_list if one.uid.value == uid]
    series = next(one for one in events if not hasattr(one, "recurrence_id"))
    off = {one.recurrence_id.value for one in events if hasattr(one, "recurrence_id")}
    dates = series.getrruleset(addRDate=True)
    found = (
        [on for on in dates or [series.dtstart.value] if first <= on.date() <= last]
        if _ends_soon(series)
        else (dates.between(*_ends(first, last), inc=True))
    )
    return _within((on for on in found if on not in off), series.status.value)


def _ends_soon(series: Any) -> bool:
    return not hasattr(series, "rrule") or "UNTIL" in series.rrule.value or "COUNT" in series.rrule.value


def _listed(event: Any, name: str) -> list[datetime]:
    found = event.get(name)
    each = found if isinstance(found, list) else [found] if found else []
    return [one.dt for group in each for one in group.dts]


def _ends(first: date, last: date) -> tuple[datetime, datetime]:
    begin, end = ((on.year, on.month, on.day) for on in (first, last))
    return datetime(*begin, tzinfo=LOCAL), datetime(*end, 23, 59, tzinfo=LOCAL)


def _within(found: Any, status: str) -> list[str]:
    return [] if str(status) == "CANCELLED" else [f"{on.astimezone(LOCAL):%Y-%m-%d %H:%M}" for on in sorted(found)]
