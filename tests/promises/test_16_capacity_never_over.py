"""CAPACITY-NEVER-OVER, LEDGER-SUM-ZERO and BALANCE-FLOOR under concurrent devices."""

from dataclasses import replace

import pytest

from server.storage.sql import SqlStore
from server.sync.door import Put
from server.sync.model import Key, Outcome, Principal, Receipt
from tests.builders import TENANT, Phone, door, place_count, placement, prescriber, put, task, volunteer
from tests.promises.racing import together
from tests.promises.world import World
from tests.server.timebank.town import Town, broker


@pytest.mark.slow
def test_two_who_claim_one_task_at_once_leave_one_winner(sql_store: SqlStore) -> None:
    phones = [Phone(sql_store, volunteer(number)) for number in range(6)]
    for number in range(8):
        name = f"task-{number}"
        put(sql_store, "task", name, task())
        receipts = together([lambda phone=phone, name=name: phone.command("claim", "task", name) for phone in phones])
        won = [receipt for receipt in receipts if receipt.outcome is Outcome.APPLIED]
        lost = [receipt.problem.slug for receipt in receipts if receipt.problem]
        assert (len(won), lost) == (1, ["task-already-claimed"] * 5)
    with sql_store.read(TENANT) as view:
        assert len(list(view.of_kind("claim"))) == 8


@pytest.mark.slow
def test_no_more_places_are_taken_than_there_are(sql_store: SqlStore) -> None:
    names = [f"placement-{number}" for number in range(24)]
    door(sql_store).write(
        [
            Put("place_count", "asset-1", place_count(7)),
            *(Put("placement", name, placement(person_id=f"of-{name}")) for name in names),
        ]
    )
    receipts: list[Receipt] = together(
        lambda name=name: Phone(sql_store, prescriber(f"phone-{name}")).command("offer_place", "placement", name)
        for name in names
    )
    assert sum(receipt.outcome is Outcome.APPLIED for receipt in receipts) == 7
    with sql_store.read(TENANT) as view:
        counted = view.records([Key("place_count", "asset-1")])[Key("place_count", "asset-1")].doc
        held = [stored for stored in view.of_kind("placement") if stored.doc["place_held"] == "offered"]
    assert (counted["places_open"], len(held)) == (0, 7)


@pytest.mark.slow
def test_one_person_has_one_place_however_many_devices_offer_it_at_once(sql_store: SqlStore) -> None:
    names = [f"placement-{number}" for number in range(6)]
    for item in (f"asset-{number}" for number in range(6)):
        door(sql_store).write([
            Put("place_count", item, place_count(7, item_id=item)),
            *(Put("placement", f"{item}-{name}", placement(item_id=item)) for name in names),
        ])  # fmt: skip
        receipts: list[Receipt] = together(
            lambda name=f"{item}-{name}": Phone(sql_store, prescriber(f"phone-{name}")).command(
                "offer_place", "placement", name
            )
            for name in names
        )
        refused = [receipt.problem.slug for receipt in receipts if receipt.problem]
        assert refused == ["place-held-already"] * 5
        with sql_store.read(TENANT) as view:
            assert view.records([Key("place_count", item)])[Key("place_count", item)].doc["places_open"] == 6


def test_no_world_ends_with_more_taken_than_there_is(world: World) -> None:
    with world.store.read(TENANT) as view:
        open_places = view.records([Key("place_count", "asset-1")])[Key("place_count", "asset-1")].doc["places_open"]
        held = [stored for stored in view.of_kind("placement") if stored.doc["place_held"] != "none"]
        claimed = [stored for stored in view.of_kind("claim") if stored.doc["status"] == "active"]
        tasks = [stored for stored in view.of_kind("task") if stored.doc["status"] == "claimed"]
    assert open_places + len(held) == 2, "CAPACITY-NEVER-OVER"
    assert len({stored.doc["person_id"] for stored in held}) == len(held), "one place a person"
    assert [stored for stored in held if stored.doc["status"] in ("declined", "ended")] == [], "leaving frees the place"
    assert sorted(stored.doc["task_id"] for stored in claimed) == [stored.key.id for stored in tasks]


@pytest.mark.slow
def test_no_account_goes_below_its_floor_and_the_ledger_sums_to_zero(sql_store: SqlStore) -> None:
    """Two hours may be owed: of two dozen gifts of half an hour, made at once on as many devices, four are made."""
    town = Town.opened(sql_store)
    desks = [Phone(sql_store, broker(device=f"desk-{number}")) for number in range(24)]
    receipts: list[Receipt] = together(
        lambda desk=desk, to=f"a{2 + number % 2}": desk.command(
            "transfer", "account", "a1", to_account_id=to, minutes=30, category="gardening"
        )
        for number, desk in enumerate(desks)
    )
    assert sum(receipt.outcome is Outcome.APPLIED for receipt in receipts) == 4
    assert {receipt.problem.slug for receipt in receipts if receipt.problem} == {"below-floor"}
    balances = town.balances()
    assert (balances["a1"], sum(balances.values())) == (-120, 0)


@pytest.mark.slow
def test_no_hub_gives_or_promises_more_than_it_has(sql_store: SqlStore) -> None:
    desk = Principal(TENANT, "account-hub", "desk", frozenset({"hub"}), frozenset({"hub:hub-a"}))
    door(sql_store).write(
        [
            Put("item", "tins", {"hub_id": "hub-a", "name": "Tinned soup", "category": "food"}),
            Put("movement", "first", {**_MOVED, "type": "in", "reason": "donated", "quantity": 7}),
        ]
    )
    phones = [Phone(sql_store, replace(desk, device_id=f"phone-{number}")) for number in range(16)]
    receipts: list[Receipt] = together(
        (lambda phone=phone: phone.create("movement", f"of-{phone.principal.device_id}", **_MOVED, type="out",
                                          reason="handed_out", quantity=1))
        if number % 2 else
        (lambda phone=phone: phone.command("reserve", "item", "tins", quantity=1, until_at="2026-12-01T09:00:00Z"))
        for number, phone in enumerate(phones)
    )  # fmt: skip
    assert sum(receipt.outcome is Outcome.APPLIED for receipt in receipts) == 7
    refused = {receipt.problem.slug for receipt in receipts if receipt.problem}
    assert refused == {"not-enough-stock"}
    with sql_store.read(TENANT) as view:
        item = view.records([Key("item", "tins")])[Key("item", "tins")].doc
        moved = sum(-1 if one.doc["type"] == "out" else one.doc["quantity"] for one in view.of_kind("movement"))
        kept = len(list(view.of_kind("reservation")))
    assert (item["stock"], item["held"]) == (moved, kept)
    assert moved == kept


@pytest.mark.slow
def test_no_employer_gives_more_time_than_its_allowance_however_many_approve_at_once(sql_store: SqlStore) -> None:
    owner = {"centre_id": "centre-a", "given_name": "Vera", "family_name": "Shah", "employer_id": "firm-a"}
    asked = {"volunteer_id": "v", "employer_id": "firm-a", "employee": "1042", "leave_on": "2026-12-01", "minutes": 100}
    names = [f"leave-{number}" for number in range(16)]
    door(sql_store).write([
        Put("employer", "firm-a", {"name": "Firm", "centre_id": "centre-a", "allowance_min": 500}),
        Put("volunteer", "v", owner),
        *(Put("leave_request", name, asked) for name in names),
    ])  # fmt: skip
    desk = Principal(TENANT, "account-firm", "desk", frozenset({"employer"}), frozenset({"employer:firm-a"}))
    receipts: list[Receipt] = together(
        lambda name=name: Phone(sql_store, replace(desk, device_id=f"of-{name}")).command(
            "approve_leave", "leave_request", name
        )
        for name in names
    )
    assert sum(receipt.outcome is Outcome.APPLIED for receipt in receipts) == 5
    assert {receipt.problem.slug for receipt in receipts if receipt.problem} == {"allowance-spent"}
    with sql_store.read(TENANT) as view:
        used = view.records([Key("employer", "firm-a")])[Key("employer", "firm-a")].doc["used_min"]
        approved = [one for one in view.of_kind("leave_request") if one.doc["status"] == "approved"]
    assert (used, len(approved)) == (500, 5)


_MOVED = {"item_id": "tins", "hub_id": "hub-a", "moved_on": "2026-11-21"}
