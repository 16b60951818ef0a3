"""Calendars of an asset, a district and a theme, as other people's calendar programs read them."""

from datetime import date
from typing import Any

import icalendar
import pytest

from server.calendars.gather import asset_calendar, district_calendar, theme_calendar
from server.domain.recurrence import cancelled_days, dates_between
from server.storage.memory import MemoryStore
from tests.builders import DISTRICT, TENANT, Phone, centre, put
from tests.server.events.readers import by_icalendar, by_vobject

TODAY, FIRST, LAST = date(2026, 9, 1), date(2026, 9, 1), date(2027, 6, 30)
UID = "times@essex.kith"
ASSET = {"name": "Choir", "category": "music", "district": DISTRICT, "address": "Hall, High Street", "phone": "01206 0",
         "email": "me@home.example", "url": "https://choir.example/?a=1;b=2"}  # fmt: skip
TIMES = {"district": DISTRICT, "item_kind": "asset", "item_id": "choir", "from_time": "10:00", "until_time": "11:30"}
RULED = {**TIMES, "frequency": "rule", "starts_on": "2026-09-04"}
TERMS = [{"from_on": "2026-09-07", "until_on": "2026-12-18"}, {"from_on": "2027-01-04", "until_on": "2027-03-26"}]


def stored(schedule: dict[str, Any], **asset: Any) -> MemoryStore:
    store = MemoryStore()
    put(store, "district", DISTRICT, {"name": "Colchester"})
    put(store, "asset", "choir", {**ASSET, **asset})
    put(store, "schedule", "times", schedule)
    return store


def written(store: MemoryStore) -> bytes:
    with store.read(TENANT) as view:
        made = asset_calendar(view, "choir", TENANT, TODAY)
    assert made is not None
    return made


SCHEDULES = {
    "weekly": {**TIMES, "frequency": "weekly", "weekday": "sun"},
    "the last friday": {**TIMES, "frequency": "monthly", "weekday": "fri", "week_of_month": 5, "ends_on": "2027-04-01"},
    "once": {**TIMES, "frequency": "once", "on": "2026-10-25"},
    "fortnightly": {**RULED, "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,SU"},
    "from before its first day": {**RULED, "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"},
    "the last working day": {**RULED, "rrule": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"},
    "ten times": {**RULED, "rrule": "FREQ=WEEKLY;COUNT=10"},
    "ten times, ended before": {**RULED, "rrule": "FREQ=WEEKLY;COUNT=10", "ends_on": "2026-10-20"},
    "ten times, ended after": {**RULED, "rrule": "FREQ=WEEKLY;COUNT=10", "ends_on": "2027-10-20"},
    "until an instant": {**RULED, "rrule": "FREQ=DAILY;UNTIL=20261101T095959Z"},
    "until a day": {**RULED, "rrule": "FREQ=DAILY;UNTIL=20261101"},
    "in terms": {**RULED, "rrule": "FREQ=WEEKLY;BYDAY=MO,SU", "terms": TERMS, "extra_on": ["2026-12-22"],
                 "skipped_on": ["2026-10-25"]},
    "twelve times in terms": {**RULED, "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=12", "terms": TERMS},
    "only extra days": {**RULED, "rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                        "extra_on": ["2026-10-25", "2026-11-01"]},
    "cancelled days": {**RULED, "rrule": "FREQ=WEEKLY;BYDAY=SU", "extra_on": ["2026-11-03"], "starts_on": "2026-06-07",
                       "cancelled_on": ["2026-06-14", "2026-10-25", "2026-11-03", "2026-11-04", "2027-03-28"]},
    "cancelled once": {**TIMES, "frequency": "once", "on": "2026-10-25", "cancelled_on": ["2026-10-25"]},
}  # fmt: skip


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES.keys())
def test_icalendar_and_vobject_find_our_days_at_one_local_time_across_changes_of_the_clocks(
    schedule: dict[str, Any],
) -> None:
    text, off = written(stored(schedule)), cancelled_days(schedule)
    ours = [f"{on} 10:00" for on in dates_between(schedule, FIRST, LAST) if on not in off]
    assert by_icalendar(text, UID, FIRST, LAST) == ours
    assert by_vobject(text, UID, FIRST, LAST) == ours


def test_the_series_of_the_tests_are_not_empty() -> None:
    counts = {name: len(dates_between(schedule, FIRST, LAST)) for name, schedule in SCHEDULES.items()}
    assert counts["fortnightly"] == 43
    assert counts["in terms"] == (15 + 13) + (12 + 11) + 1  # by hand: Mondays and Sundays of each term, one day more
    assert min(counts.values()) == 1


def test_a_cancelled_day_is_told_with_its_reason_and_an_old_one_is_left_out() -> None:
    store = stored(SCHEDULES["cancelled days"] | {"cancellations": [
        {"on": "2026-10-25", "reason": "venue", "note": "Boiler", "by": "owner"}]})  # fmt: skip
    calendar = icalendar.Calendar.from_ical(written(store))
    off = {str(one["RECURRENCE-ID"].dt.date()): one for one in calendar.walk("VEVENT") if "RECURRENCE-ID" in one}
    assert list(off) == ["2026-10-25", "2026-11-03", "2027-03-28"]
    assert (off["2026-10-25"]["STATUS"], off["2026-10-25"]["COMMENT"]) == (
        "CANCELLED",
        "The venue cannot be used: Boiler",
    )


HOSTILE = [
    "Choir\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT",
    "Choir\nATTENDEE:mailto:a@b.example",
    'Tea; cake, and \\n more: "quoted" ^n',
    "Line\u2028sep\u2029par\x85nel\x0bvt\x0cff\x1cfs",
    "😀" * 100,
    "é" * 200,
    "END:VCALENDAR",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_can_break_a_line_or_bring_one_in(name: str) -> None:
    text = written(stored(SCHEDULES["fortnightly"], name=name[:200], description=name * 10, address=name[:300]))
    lines = text.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert len(text.decode().splitlines()) == len(lines) - 1
    calendar = icalendar.Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert (str(event["UID"]), "ATTENDEE" in event) == (UID, False)
    assert str(event["SUMMARY"]).split()[0] == name[:200].split()[0].split("\u2028")[0]
    assert by_vobject(text, UID, FIRST, LAST) == by_icalendar(text, UID, FIRST, LAST) != []


@pytest.mark.parametrize("odd", [
    {**RULED, "rrule": "FREQ=DAILY", "starts_on": "9999-12-31"},
    {**RULED, "rrule": "FREQ=DAILY;COUNT=3", "starts_on": "9998-12-30"},
    {**RULED, "rrule": "FREQ=DAILY;UNTIL=00010101T000000Z"},
    {**RULED, "rrule": "FREQ=DAILY;UNTIL=99991231T235959Z", "ends_on": "9999-12-31"},
    {**RULED, "rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "extra_on": ["0001-01-01", "9999-12-31"]},
    {**TIMES, "frequency": "once", "on": "9999-12-31", "from_time": "22:00", "until_time": "02:00"},
    {**TIMES, "frequency": "once", "on": "0001-01-01"},
    {**TIMES, "frequency": "weekly", "weekday": "sun", "starts_on": "0001-01-01", "ends_on": "9999-12-31"},
])  # fmt: skip
def test_one_schedule_at_the_end_of_all_dates_takes_nobodys_calendar_away(odd: dict[str, Any]) -> None:
    store = stored(SCHEDULES["weekly"])
    put(store, "schedule", "odd", odd)
    text = written(store)
    assert by_icalendar(text, UID, FIRST, date(2026, 9, 8)) == ["2026-09-06 10:00"]
    assert by_vobject(text, UID, FIRST, date(2026, 9, 8)) == ["2026-09-06 10:00"]


def test_a_calendar_has_nothing_of_anybody() -> None:
    text = written(stored(SCHEDULES["weekly"]))
    assert b"01206" not in text
    assert b"home.example" not in text


def test_the_same_directory_gives_the_same_bytes_and_a_change_a_higher_sequence() -> None:
    store = stored(SCHEDULES["weekly"])
    before = written(store)
    assert written(store) == before
    desk = Phone(store, centre())
    desk.pull()
    desk.patch("schedule", "times", 3, from_time="10:30")
    first, second = (icalendar.Calendar.from_ical(text).walk("VEVENT")[0] for text in (before, written(store)))
    assert first["UID"] == second["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"]
    assert first["LAST-MODIFIED"].dt < second["LAST-MODIFIED"].dt


@pytest.mark.parametrize("kept_back", [{"referral_only": True}, {"category": "safety_support"},
                                       {"other_categories": ["safety_support"]}])  # fmt: skip
def test_where_people_come_by_referral_or_for_safety_is_in_no_calendar(kept_back: dict[str, Any]) -> None:
    store = stored(SCHEDULES["weekly"], **kept_back)
    with store.read(TENANT) as view:
        assert asset_calendar(view, "choir", TENANT, TODAY) is None
        whole = district_calendar(view, DISTRICT, TENANT, TODAY)
    assert whole is not None
    assert b"VEVENT" not in whole


def test_a_group_that_has_closed_is_cancelled_in_its_own_calendar_and_gone_from_others() -> None:
    store = stored(SCHEDULES["weekly"], status="closed")
    assert b"STATUS:CANCELLED" in written(store)
    with store.read(TENANT) as view:
        assert b"VEVENT" not in (theme_calendar(view, "music", TENANT, TODAY) or b"")


def test_a_district_and_a_theme_bring_what_is_theirs_alone() -> None:
    store = stored(SCHEDULES["weekly"])
    put(store, "district", "E07000066", {"name": "Basildon"})
    put(store, "asset", "walk", {**ASSET, "name": "Walk", "category": "walking", "district": "E07000066"})
    put(store, "schedule", "walks", {**SCHEDULES["weekly"], "district": "E07000066", "item_id": "walk"})
    with store.read(TENANT) as view:
        made = [district_calendar(view, DISTRICT, TENANT, TODAY), theme_calendar(view, "walking", TENANT, TODAY)]
        assert [b"SUMMARY:Choir" in (each or b"") for each in made] == [True, False]
        assert [b"SUMMARY:Walk" in (each or b"") for each in made] == [False, True]
        assert theme_calendar(view, "nothing", TENANT, TODAY) is None
        assert district_calendar(view, "E07000099", TENANT, TODAY) is None
