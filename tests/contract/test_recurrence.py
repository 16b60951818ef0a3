"""Rules of RFC 5545 at the door: what is read, and what is refused with what is wrong."""

import pytest

from mobile_contract.recurrence import read_rule, wrong_rule, wrong_schedule, wrong_terms
from mobile_contract.validate import validate

RULE = {"item_kind": "asset", "item_id": "choir", "frequency": "rule", "from_time": "10:00", "until_time": "11:30"}


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=WEEKLY;BYDAY=WE",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU",
        "FREQ=MONTHLY;BYDAY=2TU,-1FR;COUNT=10",
        "FREQ=MONTHLY;BYMONTHDAY=1,-1;UNTIL=20271231",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;UNTIL=20301231T235959Z",
        "FREQ=DAILY;BYMONTH=7,8",
    ],
)
def test_usual_rules_are_read(text: str) -> None:
    assert wrong_rule(text) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Not a rule"),
        ("WEEKLY", "Not a rule"),
        ("FREQ=WEEKLY;", "Not a rule"),
        ("FREQ=SECONDLY", "at most once a day"),
        ("FREQ=MINUTELY;INTERVAL=1", "at most once a day"),
        ("FREQ=FORTNIGHTLY", "FREQ is"),
        ("INTERVAL=2", "FREQ is"),
        ("FREQ=WEEKLY;COUNT=1000000000", "COUNT is from 1 to 1000"),
        ("FREQ=WEEKLY;COUNT=0", "COUNT is"),
        ("FREQ=WEEKLY;COUNT=²", "COUNT is"),
        ("FREQ=WEEKLY;INTERVAL=-1", "INTERVAL is"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20261218", "not by both"),
        ("FREQ=WEEKLY;UNTIL=20261218T100000", "UNTIL is"),
        ("FREQ=WEEKLY;UNTIL=tomorrow", "UNTIL is"),
        ("FREQ=WEEKLY;UNTIL=20260231", "UNTIL is"),
        ("FREQ=WEEKLY;BYHOUR=0,1,2,3,4,5,6,7,8,9", "one time of day"),
        ("FREQ=WEEKLY;BYMINUTE=0", "one time of day"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY names"),
        ("FREQ=WEEKLY;BYDAY=MO,MO", "BYDAY names"),
        ("FREQ=WEEKLY;BYDAY=2MO", "does not go with"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "does not go with"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "does not go with"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH is"),
        ("FREQ=YEARLY;BYMONTHDAY=0", "BYMONTHDAY is"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS chooses"),
        ("FREQ=WEEKLY;FREQ=DAILY", "twice"),
        ("FREQ=WEEKLY;X-MINE=1", "no rule has"),
        ("DTSTART;TZID=Mars/Phobos:20261121T100000\nRRULE:FREQ=WEEKLY", "DTSTART is no part"),
        ("RRULE:FREQ=WEEKLY", "RRULE is no part"),
        ("FREQ=WEEKLY;BYDAY=MO\r\nATTACH:file", "BYDAY names"),
        ("FREQ=YEARLY;BYYEARDAY=" + ",".join(map(str, range(1, 367))), "at most 300 characters"),
        ("FREQ=DAILY;" * 1000, "at most 300 characters"),
    ],
)
def test_what_is_no_rule_or_too_much_of_one_is_refused_with_what_is_wrong(text: str, says: str) -> None:
    (said,) = wrong_rule(text)
    assert says in said


def test_a_rule_of_ten_kilobytes_never_gets_past_the_door() -> None:
    _, errors = validate("schedule", {**RULE, "rrule": "FREQ=DAILY;BYMONTHDAY=" + "1," * 5000}, False)
    assert list(errors) == ["rrule"]


def test_the_quick_and_the_slow_way_of_checking_a_rule_agree() -> None:
    for text in ("FREQ=WEEKLY", "FREQ=HOURLY"):
        whole, partial = (
            validate("schedule", {**RULE, "rrule": text}, False),
            validate("schedule", {"rrule": text}, True),
        )
        assert whole[1] == partial[1]


def test_a_day_may_be_counted_from_the_end() -> None:
    rule = read_rule("FREQ=MONTHLY;BYDAY=-1FR,2MO")
    assert rule.days == ((-1, 4), (2, 0))


def test_terms_stand_in_order_and_near_together() -> None:
    autumn, spring = (
        {"from_on": "2026-09-07", "until_on": "2026-12-18"},
        {"from_on": "2027-01-04", "until_on": "2027-03-26"},
    )
    assert wrong_terms([autumn, spring]) == []
    assert wrong_terms([spring, autumn]) == ["Each term ends after it begins, and before the next one begins."]
    assert wrong_terms([{"from_on": "2026-09-07", "until_on": "2036-12-18"}]) == [
        "All terms together span at most 800 days."
    ]


def test_a_schedule_says_what_its_frequency_needs() -> None:
    assert list(wrong_schedule({"frequency": "rule", "rrule": "FREQ=WEEKLY"})) == ["starts_on"]
    assert list(wrong_schedule({"frequency": "rule", "rrule": "FREQ=WEEKLY", "starts_on": "1970-01-01"})) == [
        "starts_on"
    ]
    assert list(wrong_schedule({"frequency": "weekly"})) == ["weekday"]
    assert wrong_schedule({"frequency": "once", "on": "2026-12-01"}) == {}
