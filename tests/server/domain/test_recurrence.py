"""On which days something is: worked out by hand, and held against dateutil's own reading of random rules."""

import time
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ml.sessions import next_sessions
from server.domain.days import LOCAL
from server.domain.recurrence import HORIZON_DAYS, begins_at, dates_between, next_dates, renewed

SATURDAY = date(2026, 11, 21)


def ruled(rule: str, starts_on: str = "2026-09-01", **more: Any) -> dict[str, Any]:
    said = {"frequency": "rule", "rrule": rule, "starts_on": starts_on, "from_time": "10:00", "until_time": "11:30"}
    return {**said, **more}


def texts(days: list[date]) -> list[str]:
    return [on.isoformat() for on in days]


def test_every_second_wednesday_keeps_its_rhythm_from_the_first() -> None:
    fortnightly = ruled("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "2026-09-02")
    assert texts(next_dates(fortnightly, SATURDAY, 3)) == ["2026-11-25", "2026-12-09", "2026-12-23"]


def test_a_group_runs_within_its_terms_with_extras_and_without_what_is_left_out() -> None:
    terms = [{"from_on": "2026-09-07", "until_on": "2026-12-11"}, {"from_on": "2027-01-04", "until_on": "2027-02-12"}]
    group = ruled("FREQ=WEEKLY;BYDAY=MO", "2026-09-07", terms=terms, extra_on=["2026-12-17"], skipped_on=["2027-01-11"])
    assert texts(next_dates(group, SATURDAY, 6)) == [
        "2026-11-23", "2026-11-30", "2026-12-07", "2026-12-17", "2027-01-04", "2027-01-18",
    ]  # fmt: skip


def test_a_cancelled_day_is_passed_over_and_still_known() -> None:
    group = ruled("FREQ=WEEKLY;BYDAY=MO", cancelled_on=["2026-11-23"])
    assert texts(next_dates(group, SATURDAY, 1)) == ["2026-11-30"]
    assert texts(dates_between(group, SATURDAY, date(2026, 11, 30))) == ["2026-11-23", "2026-11-30"]


def test_a_group_at_ten_stays_at_ten_when_the_clocks_change() -> None:
    days = dates_between(ruled("FREQ=WEEKLY;BYDAY=SU", "2026-10-18"), date(2026, 10, 18), date(2026, 10, 25))
    starts = [begins_at(on, "10:00") for on in days]
    assert [start.hour for start in starts] == [9, 10]
    assert [start.astimezone(LOCAL).hour for start in starts] == [10, 10]


def test_an_until_in_utc_is_compared_with_when_the_session_begins() -> None:
    at_nine, at_ten = (ruled(f"FREQ=DAILY;UNTIL=20260903T{hour}0000Z", "2026-09-01") for hour in ("08", "09"))
    first, last = date(2026, 9, 1), date(2026, 9, 9)
    assert len(dates_between(at_nine, first, last)) == 2
    assert len(dates_between(at_ten, first, last)) == 3


@pytest.mark.parametrize("week", [1, 2, 3, 4, 5])
def test_weekly_and_monthly_schedules_are_what_the_phone_works_out(week: int) -> None:
    for schedule in (
        {"frequency": "weekly", "weekday": "wed", "from_time": "10:00", "until_time": "11:00"},
        {"frequency": "monthly", "weekday": "fri", "week_of_month": week, "from_time": "10:00", "until_time": "11:00"},
    ):
        for number in range(60):
            today = SATURDAY + timedelta(number)
            assert next_dates(schedule, today, 1) == [session.on for session in next_sessions([schedule], today)]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000",
     "FREQ=YEARLY;BYWEEKNO=53;BYDAY=-53SU", "FREQ=DAILY;COUNT=1000;BYMONTHDAY=31"],
)  # fmt: skip
def test_a_rule_that_never_ends_or_never_begins_is_worked_out_in_no_time(rule: str) -> None:
    before = time.process_time()
    found = next_dates(ruled(rule, "2000-01-01"), SATURDAY, 1000)
    assert time.process_time() - before < 1
    assert all(SATURDAY <= on <= SATURDAY + timedelta(HORIZON_DAYS) for on in found)


@pytest.mark.parametrize("wrong", [{"rrule": None}, {"starts_on": None}, {"starts_on": "0001-01-01"}, {"rrule": "X"}])
def test_a_schedule_that_makes_no_sense_has_no_days(wrong: dict[str, Any]) -> None:
    assert next_dates({**ruled("FREQ=DAILY"), **wrong}, SATURDAY) == []


def test_the_last_days_of_time_are_no_trouble() -> None:
    assert next_dates(ruled("FREQ=DAILY", "9999-12-30"), date(9999, 12, 30)) == [date(9999, 12, 30), date(9999, 12, 31)]


def test_what_a_record_carries_is_renewed_when_it_runs_low_and_not_before() -> None:
    group = ruled("FREQ=WEEKLY;BYDAY=WE", "2026-09-02")
    changes, carried = 0, renewed(group, SATURDAY)
    assert (len(carried), carried[0]) == (12, "2026-11-25")
    for number in range(364):
        today = SATURDAY + timedelta(number)
        fresh = renewed({**group, "next_on": carried}, today)
        changes, carried = changes + (fresh != carried), fresh
        assert texts(next_dates(group, today, 1))[0] in carried
    assert changes == 7  # in a year of 52 sessions


def test_what_a_record_carries_is_made_anew_when_its_rule_changes() -> None:
    carried = renewed(ruled("FREQ=WEEKLY;BYDAY=WE", "2026-09-02"), SATURDAY)
    assert renewed(ruled("FREQ=WEEKLY;BYDAY=TH", "2026-09-03", next_on=carried), SATURDAY)[0] == "2026-11-26"
    assert renewed({"frequency": "weekly", "weekday": "wed", "next_on": carried}, SATURDAY) == []


def test_a_long_row_of_cancelled_days_does_not_hide_what_comes_after() -> None:
    off = [(SATURDAY + timedelta(number)).isoformat() for number in range(20)]
    carried = renewed(ruled("FREQ=DAILY", cancelled_on=off), SATURDAY)
    assert len(carried) == 32


# ── against dateutil, which reads the text itself, with times and their zone ──────────────────────────────────────

_DAYS = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), unique=True, min_size=1, max_size=4)
_NTH = st.lists(st.sampled_from(["1MO", "2TU", "-1FR", "3SU", "4WE", "-2SA"]), unique=True, min_size=1, max_size=2)
_INTERVAL = st.integers(1, 5).map(lambda number: f"INTERVAL={number}")
_ENDS = st.one_of(st.just(""), st.integers(1, 40).map(lambda n: f"COUNT={n}"), st.just("UNTIL=20270620T090000Z"))
_BODIES = st.one_of(
    _DAYS.map(lambda days: f"FREQ=WEEKLY;BYDAY={','.join(days)}"),
    st.just("FREQ=WEEKLY"),
    _NTH.map(lambda days: f"FREQ=MONTHLY;BYDAY={','.join(days)}"),
    st.sets(st.integers(1, 31), min_size=1, max_size=3).map(
        lambda days: f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, sorted(days)))}"
    ),
    _DAYS.map(lambda days: f"FREQ=MONTHLY;BYDAY={','.join(days)};BYSETPOS=1,-1"),
    _DAYS.map(lambda days: f"FREQ=YEARLY;BYMONTH=3,10;BYDAY={','.join(days)}"),
    st.just("FREQ=DAILY"),
)
_RULES = st.tuples(_BODIES, _INTERVAL, _ENDS).map(lambda parts: ";".join(part for part in parts if part))


@settings(max_examples=60, deadline=None)
@given(rule=_RULES, starts=st.dates(date(2026, 1, 1), date(2027, 6, 1)), ahead=st.integers(0, 300))
@example(rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", starts=date(2026, 9, 4), ahead=30)
def test_the_days_are_those_that_dateutil_reads_from_the_same_text(rule: str, starts: date, ahead: int) -> None:
    first = starts + timedelta(ahead)
    last = first + timedelta(200)
    found = rrulestr(rule, dtstart=datetime(starts.year, starts.month, starts.day, 10, tzinfo=LOCAL))
    after, before = (datetime(on.year, on.month, on.day, hour, tzinfo=LOCAL) for on, hour in ((first, 0), (last, 23)))
    expected = [instant.date() for instant in found.between(after, before, inc=True)]
    assert dates_between(ruled(rule, starts.isoformat()), first, last) == expected
