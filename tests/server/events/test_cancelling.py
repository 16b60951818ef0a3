"""Cancelled sessions reach the phones of those who referred, and nobody learns through them who was referred."""

from typing import Any

import orjson
import pytest

from server.sync.decisions.cancelling import tell_again
from server.sync.door import Put
from server.sync.model import Command, Key, Principal, Receipt
from server.sync.ports import Store
from tests.builders import DISTRICT, NOW, TENANT, Phone, centre, door, placement, put
from tests.server.events.test_courses import COURSE, worker

WEDNESDAYS = {"district": DISTRICT, "item_kind": "asset", "item_id": "asset-1", "frequency": "weekly", "weekday": "wed",
              "from_time": "10:00", "until_time": "11:30"}  # fmt: skip


@pytest.fixture
def town(store: Store) -> Store:
    """A group on Wednesdays; one team waits for it with one person, goes with another, and a third has left."""
    states = {"ada": "chosen", "ben": "started", "cay": "ended"}
    placements = [
        Put("placement", name, placement(person_id=f"person-{name}", status=status)) for name, status in states.items()
    ]
    elsewhere = Put("placement", "dee", placement(person_id="person-dee", team_id="team-b", status="accepted"))
    asset = Put("asset", "asset-1", {"name": "Choir", "category": "music", "district": DISTRICT})
    door(store).write([asset, Put("schedule", "wednesdays", WEDNESDAYS), *placements, elsewhere])
    return store


def rows(phone: Phone, kind: str = "notice") -> list[dict[str, Any]]:
    phone.cursor = None
    return [orjson.loads(row.doc) for row in phone.pull().rows if row.kind == kind and row.doc]


def told(phone: Phone) -> list[tuple[Any, ...]]:
    return sorted((one["placement_id"], one["type"], one["on"], one["status"]) for one in rows(phone))


def said(receipt: Receipt) -> str:
    return receipt.problem.slug if receipt.problem else receipt.outcome.value


def cancel(phone: Phone, on: Any, **more: Any) -> str:
    return said(phone.command("cancel_date", "schedule", "wednesdays", on=on, **{"reason": "illness", **more}))


def test_a_cancelled_session_reaches_the_teams_that_referred_with_its_reason(town: Store) -> None:
    assert cancel(Phone(town, centre()), "2026-11-25", note="Back next week") == "applied"
    phone = Phone(town, worker())
    assert told(phone) == [
        ("ada", "session_cancelled", "2026-11-25", "active"),
        ("ben", "session_cancelled", "2026-11-25", "active"),
    ]
    (notice, _) = rows(phone)
    assert (notice["reason"], notice["note"], notice["from_time"]) == ("illness", "Back next week", "10:00")
    (schedule,) = rows(phone, "schedule")
    assert schedule["cancelled_on"] == ["2026-11-25"]
    assert schedule["cancellations"] == [
        {"on": "2026-11-25", "reason": "illness", "note": "Back next week", "by": "centre"}
    ]


def test_whoever_cancels_learns_nothing_of_whom_it_concerns(town: Store) -> None:
    desk = Phone(town, centre())
    receipt = desk.command("cancel_date", "schedule", "wednesdays", on="2026-11-25", reason="venue")
    assert receipt.row
    assert "person" not in str(receipt)
    assert rows(desk) == rows(desk, "placement") == []


def test_a_mistake_is_undone_and_that_reaches_them_too(town: Store) -> None:
    desk, phone = Phone(town, centre()), Phone(town, worker())
    cancel(desk, "2026-11-25")
    assert len(told(phone)) == 2
    assert said(desk.command("restore_date", "schedule", "wednesdays", on="2026-11-25")) == "applied"
    assert {status for *_, status in told(phone)} == {"withdrawn"}
    assert cancel(desk, "2026-11-25") == "applied"
    assert {status for *_, status in told(phone)} == {"active"}
    assert len(told(phone)) == 2


def test_cancelled_and_restored_in_one_push_is_no_news_that_stays(town: Store) -> None:
    desk = Phone(town, centre())
    commands = [
        Command("cancel_date", {"on": "2026-11-25", "reason": "venue"}),
        Command("restore_date", {"on": "2026-11-25"}),
    ]
    desk.push(*(desk.mutation("command", "schedule", "wednesdays", command=one) for one in commands))
    assert {status for *_, status in told(Phone(town, worker()))} == {"withdrawn"}


def test_two_who_cancel_offline_different_days_are_both_right_and_one_day_twice_is_once(town: Store) -> None:
    one, two = Phone(town, centre("one")), Phone(town, centre("two"))
    assert [cancel(one, "2026-11-25"), cancel(two, "2026-12-02"), cancel(two, "2026-11-25")] == [
        "applied",
        "applied",
        "duplicate",
    ]
    assert {on for _, _, on, _ in told(Phone(town, worker()))} == {"2026-11-25", "2026-12-02"}


def test_a_note_of_the_second_who_calls_a_session_off_is_not_dropped_in_silence(town: Store) -> None:
    one, two = Phone(town, centre("one")), Phone(town, centre("two"))
    assert cancel(one, "2026-11-25", note="The hall is flooded.") == "applied"
    assert cancel(two, "2026-11-25", note="Tea at the library instead.") == "said-already"
    assert [cancel(two, "2026-11-25", note=note) for note in ("The hall is flooded.", None)] == ["duplicate"] * 2
    (kept,) = rows(one, "schedule")[0]["cancellations"]
    assert kept["note"] == "The hall is flooded."


@pytest.mark.parametrize("on", ["2026-11-26", "2026-11-18", "soon", None, 7])
def test_a_day_without_a_session_or_one_that_has_passed_cannot_be_cancelled(town: Store, on: Any) -> None:
    assert cancel(Phone(town, centre()), on) == "not-a-session"


def test_a_reason_is_one_that_is_known_and_a_note_is_short(town: Store) -> None:
    desk = Phone(town, centre())
    assert cancel(desk, "2026-11-25", reason="hangover") == "invalid"
    assert cancel(desk, "2026-11-25", note="n" * 201) == "invalid"
    assert told(Phone(town, worker())) == []


def test_a_prescriber_cannot_cancel_and_neither_can_another_districts_centre(town: Store) -> None:
    assert cancel(Phone(town, worker()), "2026-11-25") == "not-yours"
    strange = Principal(TENANT, "other", "other", frozenset({"centre"}), frozenset({"directory:E07000066"}))
    assert cancel(Phone(town, strange), "2026-11-25") == "not-yours"


def test_an_older_phone_that_edits_the_list_of_cancelled_days_tells_them_as_well(town: Store) -> None:
    desk = Phone(town, centre())
    edited = desk.patch("schedule", "wednesdays", 10_000, cancelled_on=["2026-11-25"])
    assert len(told(Phone(town, worker()))) == 2
    desk.patch("schedule", "wednesdays", edited.version, cancelled_on=[])
    assert {status for *_, status in told(Phone(town, worker()))} == {"withdrawn"}


def test_a_group_that_closes_and_opens_again_is_told_by_whoever_closes_it(town: Store) -> None:
    asset = {"name": "Choir", "category": "music", "district": DISTRICT}
    put(town, "asset", "asset-1", {**asset, "status": "closed"}, by="import")
    phone = Phone(town, worker())
    assert told(phone) == [("ada", "item_closed", None, "active"), ("ben", "item_closed", None, "active")]
    put(town, "asset", "asset-1", asset, by="import")
    assert {status for *_, status in told(phone)} == {"withdrawn"}


def test_a_series_ends_with_a_reason_and_may_go_on_after_all(town: Store) -> None:
    desk, phone = Phone(town, centre()), Phone(town, worker())
    ended = desk.command("end_series", "schedule", "wednesdays", last_on="2026-12-16", reason="staff")
    assert said(ended) == "applied"
    assert told(phone)[0] == ("ada", "series_ended", "2026-12-16", "active")
    desk.command("resume_series", "schedule", "wednesdays")
    assert told(phone)[0] == ("ada", "series_ended", "2026-12-16", "withdrawn")
    (schedule,) = rows(phone, "schedule")
    assert schedule["ends_on"] is None


def test_a_course_that_is_called_off_is_told_to_those_who_had_or_waited_for_a_place(town: Store) -> None:
    put(town, "course", "course-1", {**COURSE, "places": 1})
    phone = Phone(town, worker())
    assert said(phone.command("enrol", "placement", "ada", course_id="course-1")) == "applied"
    Phone(town, centre()).patch("course", "course-1", 10_000, status="cancelled")
    assert told(phone) == [("ada", "course_cancelled", None, "active")]


def test_a_notice_goes_with_its_person_when_they_are_erased(town: Store) -> None:
    cancel(Phone(town, centre()), "2026-11-25")
    door(town).erase([Key("placement", "ada")])
    assert [placement_id for placement_id, *_ in told(Phone(town, worker()))] == ["ben"]


def test_whose_choice_arrives_after_the_cancellation_is_told_by_the_next_look(town: Store) -> None:
    cancel(Phone(town, centre()), "2026-11-25")
    put(town, "placement", "eve", placement(person_id="person-eve"), by="phone-a")
    phone = Phone(town, worker())
    assert [name for name, *_ in told(phone)] == ["ada", "ben"]
    assert tell_again(town, door(town).carry_out, TENANT, NOW) == 1
    assert [name for name, *_ in told(phone)] == ["ada", "ben", "eve"]
