"""A hub's stock by sync: movements, reservations, two phones that want the last one."""

from dataclasses import replace
from typing import Any

import pytest

from server.sync.decisions.stocking import lapse_all
from server.sync.model import Key, Outcome, Principal, Receipt
from server.sync.ports import Store
from tests.builders import NOW, TENANT, Phone, door

HUB = "hub:hub-a"
UNTIL = "2026-11-28T17:00:00Z"


def hub(device: str = "hub-phone", scope: str = HUB) -> Principal:
    return Principal(TENANT, f"account-{device}", device, frozenset({"hub"}), frozenset({scope}))


def stocked(store: Store, tins: int = 3) -> Phone:
    phone = Phone(store, hub())
    phone.create("item", "tins", hub_id="hub-a", name="Tinned soup", category="food", unit="tin")
    if tins:
        move(phone, "first", "in", "donated", tins)
    return phone


def move(phone: Phone, name: str, way: str, reason: str, quantity: int, **more: Any) -> Receipt:
    said = {"type": way, "reason": reason, "quantity": quantity, "moved_on": "2026-11-21", **more}
    return phone.create("movement", name, **{"item_id": "tins", "hub_id": "hub-a", **said})


def counts(store: Store) -> tuple[int, int]:
    with store.read(TENANT) as view:
        item = view.records([Key("item", "tins")])[Key("item", "tins")].doc
    return item["stock"], item["held"]


def problem(receipt: Receipt) -> str:
    assert receipt.problem
    return receipt.problem.slug


def test_stock_is_the_sum_of_its_movements(store: Store) -> None:
    phone = stocked(store, 12)
    receipts = [
        move(phone, "out", "out", "handed_out", 4, household_id="h-17"),
        move(phone, "less", "correction", "counted", -1),
        move(phone, "more", "in", "bought", 5),
    ]
    assert {receipt.outcome for receipt in receipts} == {Outcome.APPLIED}
    assert counts(store) == (12, 0)


def test_two_phones_offline_take_the_last_one_and_one_is_told(store: Store) -> None:
    one = stocked(store, 1)
    two = Phone(store, hub("other"))
    taken = [move(phone, phone.principal.device_id, "out", "handed_out", 1) for phone in (one, two)]
    assert (taken[0].outcome, problem(taken[1])) == (Outcome.APPLIED, "not-enough-stock")
    assert counts(store) == (0, 0)
    with store.read(TENANT) as view:
        assert [stored.key.id for stored in view.of_kind("movement")] == ["first", "hub-phone"]
        assert [entry.id for entry in view.quarantined()] == ["other"]  # what was handed over is not forgotten


@pytest.mark.parametrize(
    ("said", "about"),
    [
        (("in", "donated", -3), "quantity"),
        (("out", "handed_out", 0), "quantity"),
        (("out", "donated", 1), "reason"),
        (("correction", "mistake", 0), "quantity"),
        (("in", "bought", 100_001), "quantity"),
    ],
)
def test_a_movement_that_says_nonsense_is_refused(store: Store, said: tuple[str, str, int], about: str) -> None:
    receipt = move(stocked(store), "odd", *said)
    assert receipt.problem
    assert (receipt.problem.slug, list(receipt.problem.errors)) == ("invalid", [about])
    assert counts(store) == (3, 0)


def test_a_movement_that_is_still_to_come_is_refused_and_moves_nothing(store: Store) -> None:
    phone = stocked(store)
    assert problem(move(phone, "m9", "in", "donated", 5, moved_on="2026-11-22")) == "invalid"
    assert counts(store) == (3, 0)


def test_a_movement_names_an_item_of_its_own_hub(store: Store) -> None:
    stocked(store)
    both = replace(hub("both"), scopes=frozenset({HUB, "hub:hub-b"}))
    assert problem(move(Phone(store, both), "odd", "in", "donated", 1, hub_id="hub-b")) == "invalid"


def test_nobody_sets_the_stock_by_hand(store: Store) -> None:
    phone = stocked(store)
    assert phone.patch("item", "tins", 99, stock=500).outcome is Outcome.MERGED
    assert counts(store) == (3, 0)


def test_a_reservation_keeps_units_until_they_are_handed_out(store: Store) -> None:
    phone = stocked(store)
    assert phone.command("reserve", "item", "tins", quantity=2, household_id="h-17", until_at=UNTIL).outcome
    assert counts(store) == (3, 2)
    assert problem(move(phone, "odd", "out", "handed_out", 2)) == "not-enough-stock"
    kept = only(store)
    assert phone.command("hand_out", "reservation", kept).outcome is Outcome.APPLIED
    assert phone.command("hand_out", "reservation", kept).outcome is Outcome.DUPLICATE
    assert problem(phone.command("let_go", "reservation", kept)) == "reservation-ended"
    assert counts(store) == (1, 0)
    with store.read(TENANT) as view:
        moved = [stored.doc for stored in view.of_kind("movement") if stored.doc["reservation_id"] == kept]
    assert [(one["type"], one["quantity"], one["household_id"]) for one in moved] == [("out", 2, "h-17")]


def test_what_is_let_go_is_there_for_others(store: Store) -> None:
    phone = stocked(store)
    phone.command("reserve", "item", "tins", quantity=3, until_at=UNTIL)
    assert phone.command("let_go", "reservation", only(store)).outcome is Outcome.APPLIED
    assert counts(store) == (3, 0)


def test_stock_is_never_promised_twice(store: Store) -> None:
    one, two = stocked(store), Phone(store, hub("other"))
    kept = [phone.command("reserve", "item", "tins", quantity=2, until_at=UNTIL) for phone in (one, two)]
    assert (kept[0].outcome, problem(kept[1])) == (Outcome.APPLIED, "not-enough-stock")
    assert kept[1].row
    assert kept[1].row.key == Key("item", "tins")


def test_what_has_lapsed_is_let_go_by_the_daily_work_and_nothing_else_is(store: Store) -> None:
    phone = stocked(store)
    phone.command("reserve", "item", "tins", quantity=2, until_at="2026-11-21T12:00:00Z")
    phone.command("reserve", "item", "tins", quantity=1, until_at=UNTIL)
    carry_out = door(store).carry_out
    assert lapse_all(store, carry_out, TENANT, NOW) == 0
    assert lapse_all(store, door(store, NOW.replace(day=22)).carry_out, TENANT, NOW.replace(day=22)) == 1
    assert counts(store) == (3, 1)
    assert lapse_all(store, carry_out, TENANT, NOW.replace(day=22)) == 0
    with store.read(TENANT) as view:
        assert sorted(stored.doc["status"] for stored in view.of_kind("reservation")) == ["held", "lapsed"]


def test_a_reservation_that_has_lapsed_gives_way(store: Store) -> None:
    phone = stocked(store)
    phone.command("reserve", "item", "tins", quantity=3, until_at=UNTIL)
    late = Phone(store, hub("late"), now=NOW.replace(month=12))
    assert (
        late.command("reserve", "item", "tins", quantity=3, until_at="2026-12-30T09:00:00Z").outcome is Outcome.APPLIED
    )
    with store.read(TENANT) as view:
        assert sorted(stored.doc["status"] for stored in view.of_kind("reservation")) == ["held", "lapsed"]
    assert counts(store) == (3, 3)


@pytest.mark.parametrize(
    "args",
    [
        {"quantity": 0, "until_at": UNTIL},
        {"quantity": -1, "until_at": UNTIL},
        {"quantity": 1},
        {"quantity": 1, "until_at": "2026-11-01T09:00:00Z"},
        {"quantity": "many", "until_at": UNTIL},
        {"quantity": 1, "until_at": UNTIL, "household_id": "Mrs Jones, 4 High Street"},
    ],
)
def test_a_reservation_that_says_nonsense_is_refused(store: Store, args: dict[str, Any]) -> None:
    assert problem(stocked(store).command("reserve", "item", "tins", **args)) == "invalid"
    assert counts(store) == (3, 0)


def test_another_hub_sees_and_moves_nothing(store: Store) -> None:
    stocked(store)
    other = Phone(store, hub("other", "hub:hub-b"))
    assert not other.pull().rows
    assert problem(other.command("reserve", "item", "tins", quantity=1, until_at=UNTIL)) == "not-yours"


def only(store: Store) -> str:
    with store.read(TENANT) as view:
        (stored,) = view.of_kind("reservation")
    return stored.key.id
