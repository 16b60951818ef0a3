import math
from datetime import date

import pytest

from ml.inputs import CANDIDATE_INPUTS, QUERY_INPUTS, candidate_inputs, columns, query_inputs, stacked_columns
from ml.sessions import Session, next_sessions, slot_bit
from mobile_contract.vocabulary import CATEGORIES
from tests.ml.features.made import COUNTS, GROUP, MONDAYS, PERSON, REFERRAL, TODAY


def weekly(**changes):
    return MONDAYS | changes


def dates(*schedules, today=TODAY):
    return [session.on.isoformat() for session in next_sessions(schedules, today)]


def test_inputs_are_finite_numbers_with_names_of_the_contract():
    query = query_inputs(REFERRAL, PERSON, today=TODAY)
    item = candidate_inputs("asset", GROUP, [MONDAYS], COUNTS, today=TODAY)
    assert set(query) <= set(QUERY_INPUTS)
    assert set(item) <= set(CANDIDATE_INPUTS)
    assert not set(QUERY_INPUTS) & set(CANDIDATE_INPUTS)
    assert all(isinstance(value, float) and math.isfinite(value) for value in (query | item).values())


def test_an_empty_person_gives_only_what_is_certain():
    assert query_inputs({"needs": ["work"]}, {}, today=TODAY) == {
        "needs_mask": 1 << 13, "main_need_mask": 1 << 13, "access_needs_mask": 0, "wanted_group": 0, "may_join": 0,
        "online_ok": 0, "urgency": 0,
    }  # fmt: skip


@pytest.mark.parametrize(("born", "age"), [("1950-11-21", 76), ("1950-11-22", 75), ("2026-11-21", 0)])
def test_age_counts_birthdays(born, age):
    assert query_inputs(REFERRAL, {"birth_on": born}, today=TODAY)["age_low"] == age


def test_a_code_of_a_newer_contract_is_left_out_and_spoils_nothing():
    newer = {"languages": ["en", "tlh"], "travel": "jetpack", "age_band": "over_900", "access_needs": ["levitation"]}
    query = query_inputs({"needs": ["work", "fame"], "main_need": "work"}, newer, today=TODAY)
    assert query["needs_mask"] == query["main_need_mask"] == 1 << 13
    assert (query["spoken_mask"], query["access_needs_mask"]) == (1, 0)
    assert not {"travel", "age_low"} & set(query)
    item = candidate_inputs("asset", GROUP | {"category": "quidditch"}, [], None, today=TODAY)
    assert item["category"] == CATEGORIES.codes.index("other")


def test_a_kind_that_is_not_ranked_is_an_error():
    with pytest.raises(ValueError, match="tuple"):
        candidate_inputs("volunteer", GROUP, [], None, today=TODAY)


def test_days_are_counted_from_today():
    item = candidate_inputs(
        "opportunity", GROUP | {"opens_on": "2026-11-01", "closes_on": "2026-12-01"}, [], None, today=TODAY
    )
    assert [item["opens_in_days"], item["closes_in_days"]] == [-20, 10]


def test_a_tasks_window_gives_its_slots():
    window = {
        "category": "home_help",
        "window_from_at": "2026-11-23T11:00:00Z",
        "window_until_at": "2026-11-23T13:00:00Z",
    }
    item = candidate_inputs("task", window, [], None, today=TODAY)
    assert item["slots_mask"] == 0b11  # Monday morning and afternoon
    assert [item["next_days"], item["closes_in_days"]] == [2, 2]


def test_slates_stacked_are_the_slates_one_by_one():
    query = query_inputs(REFERRAL, PERSON, today=TODAY)
    item = candidate_inputs("asset", GROUP, [MONDAYS], COUNTS, today=TODAY)
    stacked = stacked_columns([(query, [item, item]), (query | {"max_km": 1.0}, [item])])
    assert stacked["max_km"].tolist() == [6, 6, 1]
    assert stacked["easting"].shape == (3,)
    assert columns(query, [item])["max_km"].shape == (1,)


def test_a_weekly_session_comes_on_its_weekday_and_today_counts():
    assert dates(MONDAYS) == ["2026-11-23"]
    assert dates(weekly(weekday="sat")) == ["2026-11-21"]


def test_a_rule_is_on_when_its_record_says():
    days = ["2026-11-18", "2026-11-25", "2026-12-09"]
    assert dates(weekly(frequency="rule", next_on=days)) == ["2026-11-25"]
    assert dates(weekly(frequency="rule", next_on=days, cancelled_on=["2026-11-25"])) == ["2026-12-09"]
    assert dates(weekly(frequency="rule", next_on=[])) == []


def test_a_cancelled_date_is_passed_over():
    assert dates(weekly(cancelled_on=["2026-11-23", "2026-11-30"])) == ["2026-12-07"]


def test_terms_bound_the_sessions():
    assert dates(weekly(starts_on="2027-01-05")) == ["2027-01-11"]
    assert dates(weekly(ends_on="2026-11-22")) == []
    assert dates(weekly(starts_on="2027-03-01")) == []  # beyond twelve weeks


@pytest.mark.parametrize(
    ("week", "on"), [(1, "2026-12-07"), (2, "2026-12-14"), (3, "2026-12-21"), (4, "2026-11-23"), (5, "2026-11-30")]
)
def test_a_monthly_session_comes_in_its_week_and_five_is_the_last(week, on):
    assert dates(weekly(frequency="monthly", week_of_month=week)) == [on]


def test_the_last_week_may_be_the_fourth():
    assert dates(weekly(frequency="monthly", week_of_month=5, weekday="sun"), today=date(2027, 2, 1)) == ["2027-02-28"]


def test_a_single_session_is_gone_the_day_after():
    once = {"frequency": "once", "on": "2026-11-21", "from_time": "09:00", "until_time": "10:00"}
    assert dates(once) == ["2026-11-21"]
    assert dates(once, today=date(2026, 11, 22)) == []


def test_the_earliest_of_several_comes_first():
    assert next_sessions([MONDAYS, weekly(from_time="09:30"), weekly(weekday="sat")], TODAY) == [
        Session(TODAY, "10:00", "12:00"),
        Session(date(2026, 11, 23), "09:30", "12:00"),
        Session(date(2026, 11, 23), "10:00", "12:00"),
    ]


@pytest.mark.parametrize(("time", "bit"), [("11:59", 1), ("12:00", 2), ("16:59", 2), ("17:00", 4)])
def test_dayparts_turn_at_noon_and_at_five(time, bit):
    assert slot_bit(date(2026, 11, 23), time) == bit
