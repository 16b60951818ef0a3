"""`kith calendar`: what a person prints into a file, and what a machine renews every hour."""

from datetime import timedelta

import icalendar
import pytest

from server.cli.workplace import workplace
from server.domain.days import local_day
from server.sync.door import Put
from tests.builders import DISTRICT
from tests.server.cli.conftest import Run


@pytest.fixture
def choir(essex: Run) -> Run:
    at = workplace()
    today = local_day(at.services.now())
    times = {"district": DISTRICT, "item_kind": "asset", "item_id": "choir", "from_time": "10:00",
             "until_time": "11:30", "frequency": "rule", "rrule": "FREQ=DAILY", "starts_on": str(today - timedelta(9)),
             "cancelled_on": [str(today + timedelta(1))]}  # fmt: skip
    asset = {"name": "Choir", "category": "music", "district": DISTRICT}
    district = Put("district", DISTRICT, {"name": "Colchester"})
    at.door("essex").write([district, Put("asset", "choir", asset), Put("schedule", "times", times)])
    return essex


@pytest.mark.parametrize("what", [("asset", "choir"), ("district", DISTRICT), ("theme", "music")])
def test_a_calendar_is_printed_as_a_calendar_program_reads_it(choir: Run, what: tuple[str, str]) -> None:
    printed = choir("calendar", *what, "--tenant", "essex").stdout_bytes
    series, off = icalendar.Calendar.from_ical(printed).walk("VEVENT")
    assert (str(series["SUMMARY"]), str(off["STATUS"])) == ("Choir", "CANCELLED")


@pytest.mark.parametrize(
    "what", [("asset", "nobody"), ("district", "E07000099"), ("theme", "nothing"), ("next", "none")]
)
def test_what_is_not_there_is_said_in_a_sentence(choir: Run, what: tuple[str, str]) -> None:
    said = choir("calendar", *what, "--tenant", "essex", ends=1).output
    assert "There is no" in said
    assert said.count(".") > 1, "what to do, too"


def test_coming_days_are_listed_with_those_that_are_off(choir: Run) -> None:
    lines = choir("calendar", "next", "times", "--tenant", "essex", "--count", "2").output.splitlines()
    assert [line.endswith("cancelled") for line in lines] == [False, True, False]


def test_what_is_fresh_needs_no_renewing(choir: Run) -> None:
    assert choir("calendar", "renew").output == ""
