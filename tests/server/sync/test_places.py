"""Places over the life of a placement: one a person, free again whichever way somebody leaves."""

from datetime import timedelta
from typing import Any

import pytest

from server.sync.door import Put
from server.sync.model import Command, Key, Outcome, Receipt
from server.sync.ports import Store
from tests.builders import TENANT, Phone, door, person, place_count, placement, prescriber


def document(store: Store, kind: str, record_id: str) -> dict[str, Any]:
    with store.read(TENANT) as view:
        return dict(view.records([Key(kind, record_id)])[Key(kind, record_id)].doc)


def problem(receipt: Receipt) -> str:
    return receipt.problem.slug if receipt.problem else ""


def places_open(store: Store) -> int | None:
    left: int | None = document(store, "place_count", "asset-1")["places_open"]
    return left


@pytest.fixture
def phone(store: Store) -> Phone:
    """Three places, two placements of one person and one of another."""
    door(store).write(
        [
            Put("place_count", "asset-1", place_count(3)),
            Put("placement", "first", placement()),
            Put("placement", "again", placement()),
            Put("placement", "other", placement(person_id="person-2")),
        ]
    )
    return Phone(store, prescriber())


def test_a_person_who_has_a_place_takes_no_second(phone: Phone) -> None:
    answers = [phone.command("offer_place", "placement", name) for name in ("first", "again", "other")]
    assert [problem(answer) for answer in answers] == ["", "place-held-already", ""]
    assert answers[1].row is not None
    assert document(phone.store, "placement", "again")["status"] == "chosen"
    assert problem(phone.command("accept_place", "placement", "again")) == "place-not-offered"
    assert places_open(phone.store) == 1


def test_a_person_who_gave_the_place_back_may_have_one_again(phone: Phone) -> None:
    phone.command("offer_place", "placement", "first")
    phone.command("decline_place", "placement", "first")
    assert phone.command("offer_place", "placement", "again").outcome is Outcome.APPLIED
    assert places_open(phone.store) == 2


@pytest.mark.parametrize("status", ["declined", "ended"])
@pytest.mark.parametrize("accepted", [False, True])
def test_leaving_by_an_edit_frees_the_place(phone: Phone, status: str, accepted: bool) -> None:
    version = phone.command("offer_place", "placement", "first").version
    if accepted:
        version = phone.command("accept_place", "placement", "first").version
    assert places_open(phone.store) == 2
    left = phone.patch("placement", "first", version, status=status)
    assert left.outcome is Outcome.MERGED
    assert left.row is not None
    assert '"place_held":"none"' in (left.row.doc or "")
    assert document(phone.store, "placement", "first")["status"] == status
    assert places_open(phone.store) == 3
    assert phone.command("offer_place", "placement", "again").outcome is Outcome.APPLIED


def test_leaving_without_a_place_changes_no_count(phone: Phone) -> None:
    before = document(phone.store, "place_count", "asset-1")
    assert phone.patch("placement", "first", 9, status="declined").outcome is Outcome.APPLIED
    assert document(phone.store, "place_count", "asset-1") == before


def test_leaving_twice_frees_one_place(phone: Phone) -> None:
    phone.command("offer_place", "placement", "other")
    version = phone.command("offer_place", "placement", "first").version
    phone.patch("placement", "first", version, status="declined")
    assert phone.patch("placement", "first", version, status="declined").outcome is Outcome.DUPLICATE
    assert phone.command("decline_place", "placement", "first").outcome is Outcome.DUPLICATE
    assert places_open(phone.store) == 2


def test_going_on_keeps_the_place(phone: Phone) -> None:
    phone.command("offer_place", "placement", "first")
    version = phone.command("accept_place", "placement", "first").version
    assert phone.patch("placement", "first", version, status="started").outcome is Outcome.APPLIED
    assert document(phone.store, "placement", "first")["place_held"] == "accepted"
    assert places_open(phone.store) == 2


def test_a_deleted_placement_frees_its_place(phone: Phone) -> None:
    version = phone.command("offer_place", "placement", "first").version
    assert phone.delete("placement", "first", version).outcome is Outcome.APPLIED
    assert places_open(phone.store) == 3


def test_an_offer_and_a_refusal_made_without_signal_leave_no_place_taken(phone: Phone) -> None:
    door(phone.store).write([Put("person", "person-3", person()), Put("referral", "referral-1", referral())])
    made = [
        phone.mutation("create", "placement", "new", set=placement(person_id="person-3")),
        phone.mutation("command", "placement", "new", command=Command("offer_place")),
        phone.mutation("patch", "placement", "new", set={"status": "declined"}),
    ]
    results = phone.push(*made).results
    assert [problem(receipt) for receipt in results] == ["", "", ""]
    new = document(phone.store, "placement", "new")
    assert (new["status"], new["place_held"]) == ("declined", "none")
    assert places_open(phone.store) == 3


def test_an_offer_that_comes_after_the_refusal_is_refused(phone: Phone) -> None:
    made = [
        phone.mutation("patch", "placement", "first", 9, set={"status": "declined"}),
        phone.mutation("command", "placement", "first", command=Command("offer_place")),
    ]
    results = phone.push(*made).results
    assert [problem(receipt) for receipt in results] == ["", "placement-ended"]
    assert places_open(phone.store) == 3


def referral() -> dict[str, Any]:
    return {"person_id": "person-3", "team_id": "team-a", "needs": ["money"], "received_on": "2026-11-20"}


def write(store: Store, record_id: str, **fields: Any) -> None:
    door(store).write([Put("placement", record_id, placement(**fields))])


def test_a_placement_written_by_staff_shows_in_the_count_at_once(phone: Phone) -> None:
    write(phone.store, "first", status="accepted", place_held="accepted")
    assert places_open(phone.store) == 2
    write(phone.store, "again", status="accepted", place_held="accepted")
    assert document(phone.store, "placement", "again")["place_held"] == "none"
    write(phone.store, "other", status="offered", place_held="offered", person_id="person-2")
    assert places_open(phone.store) == 1
    write(phone.store, "first", status="ended", place_held="accepted")
    assert document(phone.store, "placement", "first")["place_held"] == "none"
    assert places_open(phone.store) == 2


def test_staff_may_move_a_place_to_another_item(phone: Phone) -> None:
    door(phone.store).write([Put("place_count", "asset-2", place_count(5, item_id="asset-2"))])
    write(phone.store, "first", status="accepted", place_held="accepted")
    write(phone.store, "first", status="accepted", place_held="accepted", item_id="asset-2")
    assert places_open(phone.store) == 3
    assert document(phone.store, "place_count", "asset-2")["places_open"] == 4


def test_a_placement_removed_by_staff_frees_its_place(phone: Phone) -> None:
    phone.command("offer_place", "placement", "first")
    door(phone.store).remove([Key("placement", "first")])
    assert places_open(phone.store) == 3


def test_writing_a_held_place_twice_moves_nothing(phone: Phone) -> None:
    for _ in range(2):
        write(phone.store, "first", status="accepted", place_held="accepted")
    with phone.store.read(TENANT) as view:
        assert view.head().seq == 6  # four at first, then the placement and its count


@pytest.mark.parametrize("days", [-365, 0, 365])
def test_how_long_an_offer_is_good_does_not_hang_on_the_phones_clock(phone: Phone, days: int) -> None:
    phone.clock_error = timedelta(days=days)
    theirs = phone.now + phone.clock_error
    in_time, late = ((theirs + timedelta(minutes=minutes)).isoformat() for minutes in (5, -5))
    assert problem(phone.command("offer_place", "placement", "first", late)) == "command-expired"
    assert problem(phone.command("offer_place", "placement", "first", in_time)) == ""


def test_a_command_that_waits_for_its_record_stays_good_until_the_same_moment(phone: Phone) -> None:
    phone.clock_error = timedelta(days=-365)
    until = (phone.now + phone.clock_error + timedelta(minutes=5)).isoformat()
    door(phone.store).write([Put("referral", "referral-1", referral())])
    create = phone.mutation("create", "placement", "new", set=placement(person_id="person-3"))
    offer = phone.mutation("command", "placement", "new", command=Command("offer_place", valid_until=until))
    assert [receipt.outcome for receipt in phone.push(create, offer).results] == [Outcome.DEFERRED] * 2
    door(phone.store).write([Put("person", "person-3", person())])
    assert document(phone.store, "placement", "new")["place_held"] == "offered"
