"""A calendar as RFC 5545 text, which the icalendar library writes: escaped, folded, by British clocks."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur, vText

from mobile_contract.vocabulary import CANCEL_REASONS, CATEGORIES
from server.calendars.series import Series
from server.domain.days import LOCAL

#: Signs that some programs take for the end of a line, or cannot show. Line feeds are escaped by the library.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_PRODUCT: Final = "-//Kith//Calendar of community assets//EN"
_DESCRIPTION: Final = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One schedule of an asset to be written. uid : stable for as long as the schedule is there.

    revision : higher after every change. changed_at : when the last one was, in UTC. off : nothing of it takes place.
    """

    uid: str
    asset: Mapping[str, Any]
    schedule: Mapping[str, Any]
    series: Series
    revision: int
    changed_at: datetime
    off: bool = False


def calendar_text(name: str, entries: Iterable[Entry]) -> bytes:
    """Write a calendar. name : what people see it called."""
    calendar = Calendar()
    for key, value in (("prodid", _PRODUCT), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(key, value)
    calendar.add("x-wr-calname", vText(_line(name)))  # of names that begin with X the library escapes nothing itself
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add_component(_clocks())
    for entry in entries:
        for event in _events(entry):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _clocks() -> Timezone:
    """Say when the clocks change: the last Sundays of March and October at 01:00 UTC, since 1996."""
    zone = Timezone()
    zone.add("tzid", str(LOCAL))
    kinds = ((TimezoneDaylight, "BST", 0, 1, 3, 31, 1), (TimezoneStandard, "GMT", 1, 0, 10, 27, 2))
    for make, called, before, after, month, day, hour in kinds:
        part = make()
        part.add("tzname", called)
        part.add("dtstart", datetime(1996, month, day, hour))
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("rrule", vRecur.from_ical(f"FREQ=YEARLY;BYMONTH={month};BYDAY=-1SU"))
        zone.add_component(part)
    return zone


def _events(entry: Entry) -> list[Event]:
    """Write the series, and each cancelled day as an instance of its own."""
    series, single = entry.series, entry.series.rule is None and not entry.series.extra
    whole = _event(entry, series.begins, off=entry.off or (single and bool(series.cancelled)))
    if series.rule:
        whole.add("rrule", vRecur.from_ical(series.rule))
    for name, days in (("exdate", series.skipped), ("rdate", series.extra)):
        if days:
            whole.add(name, [_at(on, entry.schedule["from_time"]) for on in days])
    return [whole, *([] if single or entry.off else [_instance(entry, on) for on in series.cancelled])]


def _instance(entry: Entry, on: date) -> Event:
    event = _event(entry, on, off=True)
    event.add("recurrence-id", _at(on, entry.schedule["from_time"]))
    return event


def _event(entry: Entry, on: date, *, off: bool) -> Event:
    begins, ends = _at(on, entry.schedule["from_time"]), _at(on, entry.schedule["until_time"])
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.revision)
    event.add("dtstart", begins)
    if begins != ends:
        event.add("dtend", ends if ends > begins else ends + timedelta(1))
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    for name, text in _words(entry, on if off else None).items():
        event.add(name, text)
    return event


def _words(entry: Entry, off: date | None) -> dict[str, Any]:
    """Give what people read; of a cancelled day, why. No telephone and no email: they may be somebody's own."""
    asset = entry.asset
    told = {
        "summary": _line(asset["name"]),
        "description": _clean((asset.get("description") or "")[:_DESCRIPTION]),
        "location": _line(", ".join(part for part in (asset.get("address"), asset.get("postcode")) if part)),
        "comment": _line(_why(entry.schedule, off)) if off else "",
    }
    words: dict[str, Any] = {name: text for name, text in told.items() if text}
    words["categories"] = [CATEGORIES.labels[asset["category"]]]
    if re.fullmatch(r"https?://[\x21-\x7e]+", asset.get("url") or ""):
        words["url"] = asset["url"]
    return words


def _why(schedule: Mapping[str, Any], on: date) -> str:
    for each in schedule.get("cancellations") or ():
        if each["on"] == on.isoformat():
            return ": ".join(part for part in (CANCEL_REASONS.labels[each["reason"]], each["note"]) if part)
    return ""


def _clean(text: str) -> str:
    return _UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _at(on: date, clock: str) -> datetime:
    return datetime.combine(on, time.fromisoformat(clock), LOCAL)
