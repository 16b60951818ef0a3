"""A schedule as one series of RFC 5545: its beginning, its rule, what is left out, besides, and cancelled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final

from mobile_contract.recurrence import WEEKDAYS, Rule
from server.domain.recurrence import begins_at, cancelled_days, last_day, regular_dates, rule_of

#: Cancelled days before this many days ago are left out of the series rather than shown as cancelled.
SHOWN_BACK_DAYS: Final = 31
#: The most days that are shown as cancelled, and that are left out.
MOST_SHOWN, MOST_SKIPPED = 120, 1000
#: Days within which a series has to begin.
_TO_BEGIN: Final = 1500
#: Days outside of these are in no calendar: a day later or an hour earlier some clocks have no date for.
_FIRST, _LAST = date(1900, 1, 1), date(9998, 12, 31)

Schedule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Series:
    """Days of a series in local time. rule : the value of its RRULE, None for a single day.

    skipped : days of the rule on which nothing is. extra : days besides. cancelled : days that are told to be off.
    """

    begins: date
    rule: str | None = None
    skipped: tuple[date, ...] = ()
    extra: tuple[date, ...] = ()
    cancelled: tuple[date, ...] = ()


def series_of(schedule: Schedule, today: date) -> Series | None:
    """Write a schedule as a series; None when it has no day. today : local."""
    made = _regular(schedule, today) if schedule["frequency"] != "once" else _single(schedule)
    if made is None:
        return None
    off, since = sorted(cancelled_days(schedule)), today - timedelta(SHOWN_BACK_DAYS)
    shown = tuple(on for on in off if on >= since and _is_day(on, made, schedule))[:MOST_SHOWN]
    skipped = sorted({*made.skipped, *off} - set(shown))
    return replace(made, skipped=tuple(skipped)[-MOST_SKIPPED:] if made.rule else (), cancelled=shown)


def _is_day(on: date, made: Series, schedule: Schedule) -> bool:
    """Say whether something would be on that day if it were not cancelled."""
    extra = on in made.extra or (made.rule is None and on == made.begins)
    return extra or (on not in made.skipped and any(regular_dates(schedule, on, on)))


def _single(schedule: Schedule) -> Series | None:
    on = _day(schedule.get("on"))
    return Series(on) if on and _FIRST <= on <= _LAST else None


def _regular(schedule: Schedule, today: date) -> Series | None:
    rule, terms = rule_of(schedule), _terms(schedule)
    last = min(_day(schedule.get("ends_on")) or _LAST, _LAST)
    extra = tuple(sorted({on for on in _days(schedule, "extra_on") if _FIRST <= on <= last}))
    days = list(_days_of(schedule, terms, today)) if rule else []
    if rule is None or not days:
        return Series(extra[0], extra=extra[1:]) if extra else None
    skipped = {*_days(schedule, "skipped_on"), *(on for on in days if terms and not _within(on, terms))}
    skipped -= set(extra)
    end = days[-1] if terms else _end(rule, schedule, days[0])
    return Series(days[0], rule_text(rule, end, schedule["from_time"]), tuple(sorted(skipped)), extra)


def _days_of(schedule: Schedule, terms: list[tuple[date, date]], today: date) -> Iterator[date]:
    """Give the first day of the rule; all of its days between the first and the last, where it has terms.

    A regular time that nobody knows the beginning of begins with this year.
    """
    begins = max(_day(schedule.get("starts_on")) or date(today.year, 1, 1), _FIRST)
    ends_on = min(_day(schedule.get("ends_on")) or _LAST, _LAST)
    if terms:
        return regular_dates(schedule, max(begins, terms[0][0]), min(ends_on, terms[-1][1]))
    return islice(regular_dates(schedule, begins, min(ends_on, _after(begins, _TO_BEGIN))), 1)


def _end(rule: Rule, schedule: Schedule, begins: date) -> date | int | None:
    """Give the last day, or how many times, or None for a series without an end: never two of them."""
    ends_on, until = _day(schedule.get("ends_on")), last_day(rule, schedule["from_time"])
    bound = min((on for on in (ends_on, until) if on), default=None)
    if rule.count is None or bound is None:
        return bound or rule.count
    counted = sum(1 for _ in regular_dates(schedule, begins, bound))
    return rule.count if counted == rule.count else bound


def rule_text(rule: Rule, end: date | int | None, from_time: str) -> str:
    """Write a rule as RFC 5545 does. end : the last day, how many times, or None for no end."""
    parts = [f"FREQ={rule.frequency}"]
    if isinstance(end, date):
        parts.append(f"UNTIL={begins_at(end, from_time):%Y%m%dT%H%M%SZ}")
    elif end is not None:
        parts.append(f"COUNT={end}")
    parts += [f"INTERVAL={rule.interval}"] if rule.interval > 1 else []
    parts += [f"BYDAY={','.join(f'{which or str()}{WEEKDAYS[day]}' for which, day in rule.days)}"] if rule.days else []
    parts += [f"{name}={','.join(map(str, numbers))}" for name, numbers in (rule.by or {}).items()]
    parts += [f"WKST={WEEKDAYS[rule.week_start]}"] if rule.week_start else []
    return ";".join(parts)


def _terms(schedule: Schedule) -> list[tuple[date, date]]:
    terms = schedule.get("terms") or () if schedule["frequency"] == "rule" else ()
    return [(date.fromisoformat(term["from_on"]), date.fromisoformat(term["until_on"])) for term in terms]


def _within(on: date, terms: list[tuple[date, date]]) -> bool:
    return any(first <= on <= last for first, last in terms)


def _days(schedule: Schedule, name: str) -> Iterator[date]:
    """Read days that count for schedules by a rule alone."""
    return map(date.fromisoformat, schedule.get(name) or () if schedule["frequency"] == "rule" else ())


def _after(on: date, days: int) -> date:
    return on + timedelta(min(days, (_LAST - on).days))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
