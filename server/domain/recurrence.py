"""On which days something is: weekly, monthly, once or by a rule of RFC 5545, worked out lazily and within bounds.

Days are those of clocks in the United Kingdom, and a session's time of day never changes: a group at ten stays at ten
when the clocks change. A schedule that makes no sense as a whole has no days; nothing here raises for one.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from functools import lru_cache
from heapq import merge
from itertools import islice, takewhile
from typing import Any, Final

from dateutil import rrule

from mobile_contract.recurrence import EARLIEST, Rule, RuleError, read_rule
from server.domain.days import LOCAL

#: Days further ahead than this are not looked for.
HORIZON_DAYS: Final = 400
#: How many coming days a record carries, how many of them are left when they are renewed, and how many with those
#: that are cancelled.
AHEAD, FEW, MOST_AHEAD = 12, 6, 60
#: The most days that are looked at for one answer, which is more than there are since the earliest beginning.
_MOST_LOOKED_AT: Final = 30_000
#: Years after which the Gregorian calendar repeats itself, weekdays included.
_CYCLE: Final = 400
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LAST: Final = 5
_FREQUENCY: Final[Mapping[str, Any]] = {
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}

Schedule = Mapping[str, Any]


def next_dates(schedule: Schedule, today: date, count: int = AHEAD) -> list[date]:
    """Give the next days from `today` on that are not cancelled, at most `count` and within the horizon."""
    cancelled = cancelled_days(schedule)
    return list(islice((on for on in _ahead(schedule, today) if on not in cancelled), count))


def dates_between(schedule: Schedule, first: date, last: date) -> list[date]:
    """Give the days from `first` to `last`, cancelled ones included; none later than the horizon after `first`."""
    bound = min(last, _after(first, HORIZON_DAYS))
    return list(takewhile(lambda on: on <= bound, _dates(schedule, first, bound)))


def cancelled_days(schedule: Schedule) -> frozenset[date]:
    """Give the days on which a session does not take place."""
    return frozenset(map(date.fromisoformat, schedule.get("cancelled_on") or ()))


def renewed(schedule: Schedule, today: date) -> list[str]:
    """Give what the record carries of the days ahead: as it is, while enough of it lies ahead and it is right.

    Phones leave out what has passed, so a weekly group's record changes every sixth week and not every week.
    """
    kept = list(schedule.get("next_on") or ())
    if schedule.get("frequency") != "rule":
        return []
    fresh = [on.isoformat() for on in _enough(schedule, today)]
    ahead = [on for on in kept if on >= today.isoformat()]
    enough = len(ahead) >= min(FEW, len(fresh)) and len(ahead) > 0
    return kept if enough and ahead == fresh[: len(ahead)] else fresh


def _enough(schedule: Schedule, today: date) -> Iterator[date]:
    """Give coming days until there are enough that are not cancelled."""
    cancelled, left = cancelled_days(schedule), AHEAD
    for on in islice(_ahead(schedule, today), MOST_AHEAD):
        yield on
        left -= on not in cancelled
        if left == 0:
            return


def _ahead(schedule: Schedule, today: date) -> Iterator[date]:
    return _dates(schedule, today, _after(today, HORIZON_DAYS))


def _dates(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    """Give the days from `first` to `last` in order, each once."""
    ends_on = _day(schedule.get("ends_on"))
    last = min(last, ends_on) if ends_on else last
    regular = regular_dates(schedule, first, last)
    if schedule.get("frequency") != "rule":
        return regular
    skipped = set(schedule.get("skipped_on") or ())
    kept = (on for on in regular if on.isoformat() not in skipped and _in_term(on, schedule))
    extra = sorted(on for on in map(date.fromisoformat, schedule.get("extra_on") or ()) if first <= on <= last)
    return _once_each(merge(kept, extra))


def _in_term(on: date, schedule: Schedule) -> bool:
    terms = schedule.get("terms") or ()
    return not terms or any(term["from_on"] <= on.isoformat() <= term["until_on"] for term in terms)


def _once_each(days: Iterable[date]) -> Iterator[date]:
    before = None
    for on in days:
        if on != before:
            yield on
        before = on


def regular_dates(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    """Give the days from `first` to `last` by the schedule's own frequency: no terms, nothing besides or left out."""
    starts_on = _day(schedule.get("starts_on"))
    if schedule["frequency"] == "once":
        on, first = _day(schedule.get("on")), max(first, starts_on or first)
        return iter([on] if on and first <= on <= last else [])
    rule = rule_of(schedule)
    if rule is None:
        return iter(())
    until = last_day(rule, schedule["from_time"])
    begins = max(first, starts_on or first) if schedule["frequency"] != "rule" else starts_on or first
    return _walk(rule, begins, first, min(last, until) if until else last)


def rule_of(schedule: Schedule) -> Rule | None:
    """Give the rule of a schedule; None where what it needs is missing, or it begins too early to be worked out."""
    if schedule["frequency"] == "rule":
        begins = schedule.get("starts_on")
        return _read(schedule.get("rrule") or "") if begins and begins >= EARLIEST else None
    if schedule.get("weekday") not in _WEEKDAYS or schedule["frequency"] == "once":
        return None
    weekday = _WEEKDAYS.index(schedule["weekday"])
    if schedule["frequency"] == "weekly":
        return Rule("WEEKLY", days=((None, weekday),))
    week = schedule.get("week_of_month") or 1
    return Rule("MONTHLY", days=((-1 if week == _LAST else week, weekday),))


@lru_cache(maxsize=2048)
def _read(text: str) -> Rule | None:
    try:
        return read_rule(text)
    except RuleError:
        return None


def last_day(rule: Rule, from_time: str) -> date | None:
    """Give the last day on which a session may begin. An instant in UTC is compared with when the session begins."""
    if not isinstance(rule.until, datetime):
        return rule.until
    if rule.until.date().isoformat() < EARLIEST:
        return rule.until.date()
    until = rule.until.astimezone(LOCAL)
    return until.date() if from_time <= until.strftime("%H:%M") else until.date() - timedelta(1)


def _walk(rule: Rule, begins: date, first: date, last: date) -> Iterator[date]:
    """Let dateutil work the rule out, day by day up to `last`, and leave out what is before `first`.

    A rule that has no further day it would follow to the year 9999. The calendar repeats itself every 400 years, so
    all is worked out as late as can be, where such a walk is soon over.
    """
    shift = _CYCLE * ((MAXYEAR - max(begins, last).year) // _CYCLE)
    days = [rrule.weekday(weekday, which) if which else rrule.weekday(weekday) for which, weekday in rule.days]
    by = {name.lower(): list(numbers) for name, numbers in (rule.by or {}).items()}
    found = rrule.rrule(
        _FREQUENCY[rule.frequency], dtstart=_midnight(begins, shift), interval=rule.interval,
        until=_midnight(last, shift), wkst=rule.week_start, byweekday=days or None, **by,
    )  # fmt: skip
    # Counted here, as dateutil takes a count or an end and not both.
    each = islice(found, min(rule.count or _MOST_LOOKED_AT, _MOST_LOOKED_AT))
    return (on for on in (_earlier(instant, shift) for instant in each) if on >= first)


def _midnight(on: date, shift: int) -> datetime:
    return datetime(on.year + shift, on.month, on.day)


def _earlier(instant: datetime, shift: int) -> date:
    return date(instant.year - shift, instant.month, instant.day)


def begins_at(on: date, time_of_day: str) -> datetime:
    """Give the instant at which a session begins, in UTC."""
    hour, minute = map(int, time_of_day.split(":"))
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=LOCAL).astimezone(UTC)


def _after(on: date, days: int) -> date:
    return on + timedelta(min(days, (date.max - on).days))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
