import pytest

from server.importers.oruk.times import Session, day_of, sessions, time_of


def test_each_day_of_a_weekly_rule_is_a_session():
    found, repairs = sessions([{"freq": "WEEKLY", "byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:00"}])
    assert found == [Session("weekly", "10:00", "18:00", "fri"), Session("weekly", "10:00", "18:00", "thu")]
    assert repairs == ()


def test_the_older_weekday_is_read_too():
    found, _ = sessions([{"weekday": "Monday", "opens_at": "9:30", "closes_at": "11:00"}])
    assert found == [Session("weekly", "09:30", "11:00", "mon")]


def test_a_monthly_rule_names_which_day_of_the_month():
    row = {"freq": "MONTHLY", "byday": "2TU,-1FR", "opens_at": "10:00Z", "closes_at": "12:00Z"}
    assert [(one.weekday, one.week_of_month) for one in sessions([row])[0]] == [("fri", 5), ("tue", 2)]


def test_a_single_date_is_once():
    found, _ = sessions([{"dtstart": "2026-12-01", "opens_at": "14:00", "closes_at": "16:00"}])
    assert found == [Session("once", "14:00", "16:00", on="2026-12-01")]


def test_terms_keep_sessions_at_one_time_apart():
    hours = {"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"}
    spring = {**hours, "valid_from": "2027-01-04", "valid_to": "2027-04-01"}
    summer = {**hours, "valid_from": "2027-04-19", "valid_to": "2027-07-20"}
    assert [one.part for one in sessions([spring, summer])[0]] == ["mon.1000.2027-01-04", "mon.1000.2027-04-19"]


@pytest.mark.parametrize(
    "rule",
    [
        {"freq": "WEEKLY", "interval": 2, "byday": "MO"},
        {"freq": "MONTHLY", "bymonthday": "3"},
        {"freq": "MONTHLY", "byday": "MO"},
        {"freq": "MONTHLY", "byday": "-2MO"},
        {"freq": "WEEKLY"},
        {"freq": "DAILY"},
        {"freq": "WEEKLY", "interval": 0, "byday": "MO", "dtstart": "soon"},
        {"freq": "HOURLY", "interval": 2, "dtstart": "2026-09-07"},
        {"freq": "MONTHLY", "bymonthday": "41", "dtstart": "2026-09-07"},
    ],
)
def test_a_rule_that_no_schedule_can_hold_is_dropped_and_not_bent(rule):
    assert sessions([{**rule, "opens_at": "10:00", "closes_at": "12:00"}]) == ([], ("schedule-dropped",))


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"freq": "WEEKLY", "interval": 2, "byday": "MO"}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ({"freq": "MONTHLY", "bymonthday": "3"}, "FREQ=MONTHLY;BYMONTHDAY=3"),
        ({"freq": "MONTHLY", "byday": "-2MO"}, "FREQ=MONTHLY;BYDAY=-2MO"),
        ({"freq": "DAILY", "byday": "MO, TU"}, "FREQ=DAILY;BYDAY=MO,TU"),
    ],
)
def test_every_second_week_and_the_like_become_a_rule_from_the_day_that_is_counted_from(row, rule):
    given = {**row, "opens_at": "10:00", "closes_at": "12:00", "dtstart": "2026-09-07", "valid_to": "2027-07-16"}
    (found,), repairs = sessions([given])
    assert (found.frequency, found.rrule, found.starts_on, found.ends_on) == ("rule", rule, "2026-09-07", "2027-07-16")
    assert repairs == ()
    assert not set(found.part) - set("abcdefghijklmnopqrstuvwxyz0123456789.-")


@pytest.mark.parametrize(("opens", "closes"), [("12:00", "10:00"), ("10am", "12:00"), (None, None), ("25:00", "26:00")])
def test_hours_that_make_no_sense_are_dropped(opens, closes):
    row = {"freq": "WEEKLY", "byday": "MO", "opens_at": opens, "closes_at": closes}
    assert sessions([row]) == ([], ("hours-dropped",))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2026-02-03", "2026-02-03"),
        ("2023-03-15T10:30:45.123Z", "2023-03-15"),
        ("3/2/2026", "2026-02-03"),
        ("2026-02-31", None),
        ("soon", None),
        (20260203, None),
        (None, None),
    ],
)
def test_a_date_is_read_as_publishers_write_it(raw, expected):
    assert day_of(raw) == expected


def test_a_time_loses_its_seconds_and_zone():
    assert [time_of(raw) for raw in ("09:30", "9:30:00", "09:30:00Z", "09:30+01:00", "930")] == ["09:30"] * 4 + [None]
