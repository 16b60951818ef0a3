"""Schedules of a feed (iCalendar's recurrence rules, or the older weekday and hours) as our schedules."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from mobile_contract.recurrence import EARLIEST, wrong_rule
from server.importers.oruk.shape import Raw, text

_DAYS: Final = {"mo": "mon", "tu": "tue", "we": "wed", "th": "thu", "fr": "fri", "sa": "sat", "su": "sun"}
_BYDAY: Final = re.compile(r"([+-]?\d)?([A-Za-z]{2})[a-z]*")
_TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
_LAST: Final = 5


@dataclass(frozen=True, slots=True)
class Session:
    """One regular time. week_of_month : 1 to 4, or 5 for the last, when monthly. on : the date, when once."""

    frequency: str
    from_time: str
    until_time: str
    weekday: str | None = None
    week_of_month: int | None = None
    on: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    rrule: str | None = None

    @property
    def part(self) -> str:
        """Name the session within its asset, so that the same time always has the same id."""
        when = self.on or self.rrule or f"{self.weekday}{self.week_of_month or ''}"
        when = "".join(sign.lower() for sign in when if sign.isalnum() or sign == "-")
        since = f".{self.starts_on}" if self.starts_on else ""
        return f"{when}.{self.from_time.replace(':', '')}{since}"

    def fields(self) -> dict[str, Any]:
        """Give the session as the fields of a schedule."""
        return {
            "frequency": self.frequency,
            "weekday": self.weekday,
            "week_of_month": self.week_of_month,
            "on": self.on,
            "rrule": self.rrule,
            "from_time": self.from_time,
            "until_time": self.until_time,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
        }


def sessions(rows: Iterable[Raw]) -> tuple[list[Session], tuple[str, ...]]:
    """Read schedules, and name the repairs.

    Every second week, the 3rd of each month and the like become a rule where a day is known from which to count. A time
    that our schedules cannot hold is dropped, not bent.
    """
    found: dict[str, Session] = {}
    repairs: dict[str, None] = {}
    for row in rows:
        hours = _hours(row)
        each = list(_sessions(row, *hours)) if hours else []
        if not each:
            repairs["schedule-dropped" if hours else "hours-dropped"] = None
        found |= {session.part: session for session in each}
    return [found[part] for part in sorted(found)], tuple(repairs)


def day_of(raw: object) -> str | None:
    """Read a date in ISO 8601, an instant's date, or a date as the British write it; None for anything else."""
    words = raw.strip() if isinstance(raw, str) else ""
    british = re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", words)
    iso = f"{british[3]}-{british[2]:>02}-{british[1]:>02}" if british else words[:10]
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError:
        return None


def time_of(raw: object) -> str | None:
    """Read a time of day as ``09:30``; seconds and zone are left out, as publishers give local times under either."""
    found = _TIME.fullmatch(raw.strip()) if isinstance(raw, str) else None
    return f"{int(found[1]):02}:{found[2]}" if found else None


def _hours(row: Raw) -> tuple[str, str] | None:
    start, end = time_of(row.get("opens_at")), time_of(row.get("closes_at"))
    return (start, end) if start and end and start < end else None


def _sessions(row: Raw, start: str, end: str) -> Iterator[Session]:
    how_often = text(row, "freq").strip().upper() or ("WEEKLY" if _days(row) else "ONCE")
    since, until = day_of(row.get("valid_from")), day_of(row.get("valid_to"))
    if _is_ruled(row, how_often):
        yield from _by_rule(row, how_often, start, end)
        return
    if how_often == "ONCE" and (on := day_of(row.get("dtstart"))):
        yield Session("once", start, end, on=on)
    for count, day in _days(row):
        if how_often == "WEEKLY":
            yield Session("weekly", start, end, day, starts_on=since, ends_on=until)
        elif how_often == "MONTHLY" and count is not None:
            yield Session("monthly", start, end, day, count, starts_on=since, ends_on=until)


def _is_ruled(row: Raw, how_often: str) -> bool:
    """Say whether a row says more than our weekly, monthly and single times can."""
    apart = row.get("interval") not in (None, "", 1, "1")
    days, named = _days(row), re.findall(r"[^,; ]+", text(row, "byday") or text(row, "weekday"))
    usual = bool(days) and all(which is not None for which, _ in days) and len(days) == len(named)
    return apart or how_often in ("DAILY", "YEARLY") or (how_often == "MONTHLY" and not usual)


def _by_rule(row: Raw, how_often: str, start: str, end: str) -> Iterator[Session]:
    """Write a row as a rule of RFC 5545; nothing without a day to count from, or for what is no rule."""
    begins = day_of(row.get("dtstart")) or day_of(row.get("valid_from"))
    parts = [f"FREQ={how_often}"]
    for name, field in (("INTERVAL", "interval"), ("BYDAY", "byday"), ("BYMONTHDAY", "bymonthday")):
        value = str(row.get(field) or "").replace(" ", "").upper()
        parts += [f"{name}={value}"] if value else []
    rule = ";".join(parts)
    if begins and not wrong_rule(rule) and begins >= EARLIEST:
        last = day_of(row.get("until")) or day_of(row.get("valid_to"))
        yield Session("rule", start, end, starts_on=begins, ends_on=last, rrule=rule)


def _days(row: Raw) -> list[tuple[int | None, str]]:
    """Give (which of the month or None, weekday) for each day that is named."""
    words = re.split(r"[,; ]+", text(row, "byday") or text(row, "weekday"))
    found = [match for word in words if (match := _BYDAY.fullmatch(word)) and match[2].lower() in _DAYS]
    return [(_week(match[1]), _DAYS[match[2].lower()]) for match in found if _week(match[1]) != 0]


def _week(count: str | None) -> int | None:
    """Give 1 to 4, or 5 for the last; 0 for what cannot be said so."""
    if count is None:
        return None
    number = _LAST if count == "-1" else int(count)
    return number if 1 <= number <= _LAST else 0
