"""Courses: the last place goes to one, the others wait in order, and what comes free is offered to whoever is next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.sync.decisions.enrolling import offer_on
from server.sync.door import Put
from server.sync.model import Command, Key, Outcome, Principal, Receipt
from server.sync.ports import Store
from tests.builders import DISTRICT, NOW, TEAM, TENANT, Phone, centre, door, person, placement

COURSE = {"district": DISTRICT, "asset_id": "asset-1", "name": "Cooking for one", "places": 2,
          "starts_on": "2026-12-01", "sessions_on": ["2026-12-01", "2026-12-08"], "offer_hours": 24}  # fmt: skip
#: placement → whose
PEOPLE = {"ada": "person-1", "ben": "person-2", "cay": "person-3", "dee": "person-4", "ada again": "person-1"}


def worker(device: str = "phone-a") -> Principal:
    scopes = frozenset({TEAM, f"directory:{DISTRICT}"})
    return Principal(TENANT, f"account-{device}", device, frozenset({"prescriber"}), scopes)


@pytest.fixture
def phone(store: Store) -> Phone:
    """A course with two places, and five placements of four people."""
    asset = {"name": "Kitchen", "category": "cooking", "district": DISTRICT}
    placements = [Put("placement", _id(name), placement(person_id=who)) for name, who in PEOPLE.items()]
    door(store).write([Put("asset", "asset-1", asset), Put("course", "course-1", COURSE), *placements])
    return Phone(store, worker())


def _id(name: str) -> str:
    return name.replace(" ", "-")


def enrol(phone: Phone, *names: str) -> list[str]:
    return [said(phone.command("enrol", "placement", _id(name), course_id="course-1")) for name in names]


def said(receipt: Receipt) -> str:
    return receipt.problem.slug if receipt.problem else receipt.outcome.value


def document(store: Store, kind: str, record_id: str) -> dict[str, Any]:
    with store.read(TENANT) as view:
        return dict(view.records([Key(kind, record_id)])[Key(kind, record_id)].doc)


def standing(store: Store, *names: str) -> list[Any]:
    """Say of each how they stand: their place, or which one of those who wait they are."""
    docs = [document(store, "placement", _id(name)) for name in names]
    return [doc["waiting_position"] or doc["place_held"] for doc in docs]


def renew(store: Store, now: datetime) -> int:
    return offer_on(store, door(store, now).carry_out, TENANT, now)


def counted(store: Store) -> tuple[int, int, int]:
    doc = document(store, "place_count", "course-1")
    return doc["places_total"], doc["places_open"], doc["waiting"]


def test_two_have_places_and_the_others_wait_in_order(phone: Phone) -> None:
    assert enrol(phone, "ada", "ben", "cay", "dee") == ["applied"] * 4
    assert standing(phone.store, "ada", "ben", "cay", "dee") == ["accepted", "accepted", 1, 2]
    assert counted(phone.store) == (2, 0, 2)
    assert enrol(phone, "cay", "ada") == ["duplicate", "duplicate"]


def test_nobody_has_two_places_or_waits_twice(phone: Phone) -> None:
    assert enrol(phone, "ada", "ada again") == ["applied", "place-held-already"]
    enrol(phone, "ben", "cay")
    assert enrol(phone, "ada again") == ["place-held-already"]
    assert counted(phone.store) == (2, 0, 1)


def test_a_place_that_comes_free_is_offered_to_the_next_for_so_long_and_then_to_the_one_after(phone: Phone) -> None:
    enrol(phone, "ada", "ben", "cay", "dee")
    assert said(phone.command("decline_place", "placement", "ada")) == "applied"
    assert standing(phone.store, "ada", "cay", "dee") == ["none", "offered", 1]
    assert document(phone.store, "placement", "cay")["offered_until_at"] == "2026-11-22T09:30:00.000Z"
    late = replace(phone, now=NOW + timedelta(hours=25))
    assert said(late.command("accept_place", "placement", "cay")) == "offer-lapsed"
    assert renew(phone.store, late.now) == 1
    assert standing(phone.store, "cay", "dee") == ["none", "offered"]
    assert said(late.command("accept_place", "placement", "dee")) == "applied"
    assert document(phone.store, "placement", "dee")["offered_until_at"] is None
    assert enrol(late, "cay") == ["applied"]
    assert standing(phone.store, "ben", "dee", "cay") == ["accepted", "accepted", 1]


def test_whoever_accepts_in_time_has_the_place_for_good(phone: Phone) -> None:
    enrol(phone, "ada", "ben", "cay")
    phone.command("decline_place", "placement", "ben")
    assert said(phone.command("accept_place", "placement", "cay")) == "applied"
    enrol(replace(phone, now=NOW + timedelta(days=3)), "dee")
    assert standing(phone.store, "cay", "dee") == ["accepted", 1]


def test_whoever_leaves_the_queue_or_ends_lets_the_others_move_up(phone: Phone) -> None:
    enrol(phone, "ada", "ben", "cay", "dee")
    phone.command("decline_place", "placement", "cay")
    assert standing(phone.store, "cay", "dee") == ["none", 1]
    with phone.store.read(TENANT) as view:
        version = view.records([Key("placement", "ada")])[Key("placement", "ada")].version
    phone.patch("placement", "ada", version, status="ended", reason="moved")
    assert standing(phone.store, "ada", "dee") == ["none", "offered"]


def test_an_erased_person_gives_place_and_turn_to_the_next(phone: Phone) -> None:
    enrol(phone, "ada", "ben", "cay", "dee")
    assert door(phone.store).erase([Key("placement", "ada"), Key("placement", "cay")]) == 2
    assert standing(phone.store, "ben", "dee") == ["accepted", "offered"]


def test_nobody_enrols_once_enrolment_is_over_and_nothing_is_offered_once_it_has_begun(phone: Phone) -> None:
    enrol(phone, "ada", "ben", "cay")
    late = replace(phone, now=NOW + timedelta(days=11))  # 2 December
    assert enrol(late, "dee") == ["enrolment-closed"]
    late.command("decline_place", "placement", "ada")
    assert standing(phone.store, "ada", "cay") == ["none", 1]


def test_more_places_are_offered_at_once_and_fewer_take_nobodys_away(phone: Phone) -> None:
    enrol(phone, "ada", "ben", "cay", "dee")
    desk = Phone(phone.store, centre())
    more = desk.patch("course", "course-1", 10_000, places=3)
    assert standing(phone.store, "cay", "dee") == ["offered", 1]
    desk.patch("course", "course-1", more.version, places=1)
    assert standing(phone.store, "ada", "ben", "cay") == ["accepted", "accepted", "offered"]
    assert counted(phone.store) == (3, 0, 1)


def test_a_course_that_is_called_off_keeps_nobody(phone: Phone) -> None:
    enrol(phone, "ada", "ben", "cay")
    Phone(phone.store, centre()).patch("course", "course-1", 10_000, status="cancelled")
    assert standing(phone.store, "ada", "ben", "cay") == ["none", "none", "none"]
    assert counted(phone.store) == (0, 0, 0)
    assert enrol(phone, "dee") == ["enrolment-closed"]


@pytest.mark.parametrize("wrong", [{"ends_on": "2026-11-30"}, {"sessions_on": ["2026-11-30"]}, {"places": 0}])
def test_a_course_whose_days_or_places_make_no_sense_is_refused(phone: Phone, wrong: dict[str, Any]) -> None:
    receipt = Phone(phone.store, centre()).create("course", "new", **{**COURSE, **wrong})
    assert receipt.problem
    assert next(iter(wrong)) in receipt.problem.errors


@pytest.mark.parametrize("course", ["course-9", None, 7])
def test_a_course_that_is_not_there_or_another_assets_is_invalid(phone: Phone, course: Any) -> None:
    assert said(phone.command("enrol", "placement", "ada", course_id=course)) == "invalid"
    door(phone.store).write([Put("course", "course-2", {**COURSE, "asset_id": "asset-2"})])
    assert said(phone.command("enrol", "placement", "ada", course_id="course-2")) == "invalid"


def test_two_phones_that_mark_one_session_write_one_line_and_it_is_counted_once(phone: Phone) -> None:
    enrol(phone, "ada")
    other = Phone(phone.store, worker("phone-b"))
    line = {"placement_id": "ada", "person_id": "person-1", "team_id": "team-a", "on": "2026-12-01"}
    door(phone.store).write([Put("person", "person-1", person())])
    early = phone.create("attendance", "ada.2026-12-01", **line, state="came")
    assert early.problem
    assert early.problem.errors == {"on": ["This is still to come."]}
    phone.now = other.now = datetime(2026, 12, 1, 20, tzinfo=UTC)
    first = phone.create("attendance", "ada.2026-12-01", **line, state="came")
    second = other.create("attendance", "ada.2026-12-01", **line, state="came")
    assert [first.problem, second.problem] == [None, None]
    assert document(phone.store, "placement", "ada")["attended"] == 1
    phone.patch("attendance", "ada.2026-12-01", second.version, state="excused")
    assert document(phone.store, "placement", "ada")["attended"] == 0
    wrong = phone.create("attendance", "ada.2026-12-02", **{**line, "on": "2026-12-02"}, state="came")
    assert wrong.problem
    assert list(wrong.problem.errors) == ["on"]


def test_the_last_place_goes_to_one_of_two_offline_phones_and_a_repeat_changes_nothing(phone: Phone) -> None:
    enrol(phone, "ada")
    other = Phone(phone.store, worker("phone-b"))
    command = Command("enrol", {"course_id": "course-1"})
    waits = phone.mutation("command", "placement", "cay", command=command)
    wins = other.push(other.mutation("command", "placement", "ben", command=command)).results[0]
    receipt, again = phone.push(waits).results[0], phone.push(waits).results[0]
    assert (wins.outcome, receipt.outcome, again) == (Outcome.APPLIED, Outcome.APPLIED, receipt)
    assert standing(phone.store, "ben", "cay") == ["accepted", 1]
