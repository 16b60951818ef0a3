"""How something repeats, as RFC 5545 (section 3.3.10) writes it: read as days, or refused with what is wrong.

A schedule has one time of day, so a rule says days and nothing finer: no hours, minutes or seconds, and no time zone,
as all times are those of clocks in the United Kingdom. What would take long to work out is refused with the rest:
rules are short, and their numbers small. Standard library only, so that the core may read it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

#: The longest rule, in characters, and the highest interval and count.
MOST_CHARACTERS, MOST_APART, MOST_TIMES = 300, 400, 1000
#: The first day on which a rule may begin: whoever works a rule out begins there.
EARLIEST: Final = "2000-01-01"
#: The most days that are named beside a rule, the most terms, and how many days lie at most between their ends.
MOST_DAYS, MOST_TERMS, MOST_SPAN = 120, 12, 800

FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TOO_FINE: Final = ("SECONDLY", "MINUTELY", "HOURLY")
_CLOCK: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
_ELSEWHERE: Final = ("DTSTART", "TZID", "EXDATE", "RDATE", "RRULE", "EXRULE")
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}", re.ASCII)
_DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_UNTIL: Final = re.compile(r"(\d{8})(T(\d{6})Z)?", re.ASCII)
#: Part → the highest number in it, and whether it may count from the end.
_NUMBERS: Final[Mapping[str, tuple[int, bool]]] = {
    "BYMONTH": (12, False),
    "BYMONTHDAY": (31, True),
    "BYYEARDAY": (366, True),
    "BYWEEKNO": (53, True),
    "BYSETPOS": (366, True),
}
#: Part → the frequencies with which RFC 5545 lets it stand.
_GOES_WITH: Final[Mapping[str, tuple[str, ...]]] = {
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
    "BYYEARDAY": ("YEARLY",),
    "BYWEEKNO": ("YEARLY",),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read. until : the last day, or the last instant in UTC.

    days : pairs of which of the month or year (None for each) and the weekday from 0, Monday. by : part → numbers.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    days: tuple[tuple[int | None, int], ...] = ()
    by: Mapping[str, tuple[int, ...]] | None = None
    week_start: int = 0


class RuleError(ValueError):
    """Says in words what is wrong with a rule."""


def wrong_rule(text: str) -> list[str]:
    """Say what is wrong with a rule; nothing for one that can be read."""
    try:
        read_rule(text)
    except RuleError as error:
        return [str(error)]
    return []


def read_rule(text: str) -> Rule:
    """Read a rule such as ``FREQ=WEEKLY;INTERVAL=2;BYDAY=WE``; RuleError for anything else."""
    if len(text) > MOST_CHARACTERS:
        raise RuleError(f"A rule has at most {MOST_CHARACTERS} characters.")
    parts = _parts(text)
    frequency = _frequency(parts.pop("FREQ", ""))
    for name, allowed in _GOES_WITH.items():
        if name in parts and frequency not in allowed:
            raise RuleError(f"{name} does not go with FREQ={frequency}.")
    if "COUNT" in parts and "UNTIL" in parts:
        raise RuleError("A rule ends by COUNT or by UNTIL, not by both.")
    if "BYSETPOS" in parts and parts.keys().isdisjoint({"BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}):
        raise RuleError("BYSETPOS chooses among days that another part names.")
    return Rule(frequency, **{field: read(parts[name]) for name, (field, read) in _SINGLE.items() if name in parts},
                days=_days(parts.get("BYDAY"), frequency), by=_numbers(parts))  # fmt: skip


def _parts(text: str) -> dict[str, str]:
    """Split a rule into its parts, each known and there once."""
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        begins = re.split("[:=]", part)[0]
        if begins in _ELSEWHERE:
            raise RuleError(f"{begins} is no part of a rule: days, times and time zones stand in no rule.")
        if not equals or not value:
            raise RuleError("Not a rule such as FREQ=WEEKLY;BYDAY=WE.")
        if name in _CLOCK:
            raise RuleError(f"{name}: a schedule has one time of day, which from_time says.")
        if name not in _KNOWN:
            raise RuleError("This has a part that no rule has.")
        if name in parts:
            raise RuleError(f"{name} stands there twice.")
        parts[name] = value
    return parts


def _frequency(value: str) -> str:
    if value in _TOO_FINE:
        raise RuleError(f"FREQ={value}: at most once a day.")
    if value not in FREQUENCIES:
        raise RuleError("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.")
    return value


def _whole(name: str, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit()) or len(value) > len(str(most)) or not 1 <= int(value) <= most:
            raise RuleError(f"{name} is from 1 to {most}.")
        return int(value)

    return read


def _until(value: str) -> date | datetime:
    found = _UNTIL.fullmatch(value)
    try:
        if found and found[2]:
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        if found:
            return datetime.strptime(value, "%Y%m%d").date()
    except ValueError:
        pass
    raise RuleError("UNTIL is a day such as 20261218, or an instant in UTC such as 20261218T235959Z.")


def _week_start(value: str) -> int:
    if value not in WEEKDAYS:
        raise RuleError("WKST is a weekday such as MO.")
    return WEEKDAYS.index(value)


_SINGLE: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "INTERVAL": ("interval", _whole("INTERVAL", MOST_APART)),
    "COUNT": ("count", _whole("COUNT", MOST_TIMES)),
    "UNTIL": ("until", _until),
    "WKST": ("week_start", _week_start),
}
_KNOWN: Final = frozenset({"FREQ", "BYDAY", *_SINGLE, *_NUMBERS})


def _days(value: str | None, frequency: str) -> tuple[tuple[int | None, int], ...]:
    found = [_DAY.fullmatch(each) for each in value.split(",")] if value else []
    days = [(int(one[1]) if one[1] else None, WEEKDAYS.index(one[2])) for one in found if one]
    if len(days) < len(found) or len(set(days)) < len(days) or any(which == 0 for which, _ in days):
        raise RuleError("BYDAY names weekdays, each once, such as MO,WE or 2TU or -1FR.")
    if any(which for which, _ in days) and frequency not in ("MONTHLY", "YEARLY"):
        raise RuleError(f"BYDAY with a number does not go with FREQ={frequency}.")
    return tuple(days)


def _numbers(parts: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    return {name: _listed(name, parts[name], *bounds) for name, bounds in _NUMBERS.items() if name in parts}


def _listed(name: str, value: str, most: int, from_end: bool) -> tuple[int, ...]:
    each = value.split(",")
    numbers = [int(one) for one in each if _NUMBER.fullmatch(one)]
    right = all(1 <= (abs(one) if from_end else one) <= most for one in numbers)
    if len(numbers) < len(each) or len(set(numbers)) < len(numbers) or not right:
        raise RuleError(
            f"{name} is a list of numbers from 1 to {most}, each once" + (", or from the end." if from_end else ".")
        )
    return tuple(numbers)


# ── what stands beside a rule ─────────────────────────────────────────────────────────────────────────────────────


def wrong_terms(terms: Sequence[Mapping[str, str]]) -> list[str]:
    """Say what is wrong with terms: each ends after it begins and before the next one, and all lie near together."""
    ends = [day for term in terms for day in (term["from_on"], term["until_on"])]
    if ends != sorted(ends):
        return ["Each term ends after it begins, and before the next one begins."]
    if terms and (date.fromisoformat(ends[-1]) - date.fromisoformat(ends[0])).days > MOST_SPAN:
        return [f"All terms together span at most {MOST_SPAN} days."]
    return []


def wrong_schedule(doc: Mapping[str, Any]) -> dict[str, list[str]]:
    """Say, by field, what a whole schedule lacks of what its frequency needs."""
    needs = {"weekly": ("weekday",), "monthly": ("weekday",), "once": ("on",), "rule": ("rrule", "starts_on")}
    lacking = [name for name in needs[doc["frequency"]] if not doc.get(name)]
    errors = {name: [f"A schedule that is {doc['frequency']} needs this."] for name in lacking}
    if doc["frequency"] == "rule" and (doc.get("starts_on") or EARLIEST) < EARLIEST:
        errors["starts_on"] = [f"A rule begins on {EARLIEST} or later."]
    return errors
