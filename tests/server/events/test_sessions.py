"""Schedules by a rule, through sync: what a record carries of its days, and when that is renewed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from server.sync.decisions.sessions import renew_all
from server.sync.model import Key, Outcome
from server.sync.ports import Store
from tests.builders import DISTRICT, NOW, TENANT, Phone, centre, door, put

CHOIR = Key("schedule", "choir")


def ruled(**more: Any) -> dict[str, Any]:
    said = {"frequency": "rule", "rrule": "FREQ=WEEKLY;BYDAY=WE", "starts_on": "2026-09-02"}
    place = {"district": DISTRICT, "item_kind": "asset", "item_id": "asset-1"}
    return {**place, **said, "from_time": "10:00", "until_time": "11:30", **more}


def carried(store: Store) -> list[str]:
    with store.read(TENANT) as view:
        days: list[str] = view.records([CHOIR])[CHOIR].doc["next_on"]
    return days


def test_a_phone_that_makes_a_schedule_is_told_its_coming_days(store: Store) -> None:
    receipt = Phone(store, centre()).create("schedule", "choir", **ruled(next_on=["2030-01-01"]))
    assert (receipt.outcome, receipt.row is not None) == (Outcome.MERGED, True)
    assert carried(store)[:2] == ["2026-11-25", "2026-12-02"]


def test_an_edited_rule_carries_other_days_at_once(store: Store) -> None:
    desk = Phone(store, centre())
    made = desk.create("schedule", "choir", **ruled())
    edited = desk.patch("schedule", "choir", made.version, rrule="FREQ=WEEKLY;BYDAY=TH")
    assert edited.row
    assert '"2026-11-26"' in str(edited.row.doc)
    assert carried(store)[0] == "2026-11-26"


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=WEEKLY;COUNT=1000000000", "FREQ=DAILY;BYMONTHDAY=" + "1," * 5000]
)
def test_a_rule_too_much_is_refused_by_name_and_changes_nothing(store: Store, rule: str) -> None:
    desk = Phone(store, centre())
    made = desk.create("schedule", "new", **ruled(rrule=rule))
    assert made.problem
    assert (made.problem.slug, list(made.problem.errors)) == ("invalid", ["rrule"])
    there = desk.create("schedule", "choir", **ruled())
    edited = desk.patch("schedule", "choir", there.version, rrule=rule)
    assert edited.problem
    assert (edited.problem.slug, list(edited.problem.errors)) == ("invalid", ["rrule"])
    assert carried(store)[0] == "2026-11-25"


def test_a_new_schedule_that_lacks_what_its_rule_needs_is_refused(store: Store) -> None:
    receipt = Phone(store, centre()).create("schedule", "choir", **ruled(starts_on=None))
    assert receipt.problem
    assert list(receipt.problem.errors) == ["starts_on"]


def test_days_are_renewed_once_half_of_them_has_passed(store: Store) -> None:
    put(store, "schedule", "choir", ruled())
    put(store, "schedule", "weekly", ruled(frequency="weekly", weekday="wed", rrule=None))
    changed = [renew_all(store, door(store).change, TENANT, NOW + timedelta(7 * week)) for week in range(14)]
    assert [week for week, number in enumerate(changed) if number] == [7]


def test_a_second_import_of_the_same_schedule_changes_nothing(store: Store) -> None:
    put(store, "schedule", "choir", ruled())
    with store.read(TENANT) as view:
        before = view.head().seq
    put(store, "schedule", "choir", ruled())
    with store.read(TENANT) as view:
        assert view.head().seq == before


def test_a_later_phone_sees_the_same_days_as_an_earlier_one(store: Store) -> None:
    early = Phone(store, centre("one"))
    early.create("schedule", "choir", **ruled())
    late = replace(Phone(store, centre("two")), now=NOW + timedelta(30))
    assert early.pull().rows == late.pull().rows
