"""Transfers, gifts, sessions for several, accounts and what members ask for."""

from dataclasses import replace
from typing import Any

import pytest

from server.sync.model import Key, Outcome
from server.sync.ports import Store
from tests.builders import TENANT, Phone, door, task, volunteer
from tests.server.timebank.town import TERMS, Put, Town, slug


@pytest.fixture
def town(store: Store) -> Town:
    return Town.opened(store)


def test_minutes_are_transferred_once_however_often_the_phone_says_so(town: Town) -> None:
    phone = town.phone(1)
    mutation = phone.mutation("command", "account", "a1", command=_transfer(to_account_id="a2"))
    for _ in range(2):
        assert phone.push(mutation).results[0].outcome is Outcome.APPLIED
    assert town.balances() == {"a1": -60, "a2": 60}
    for outcome in (Outcome.APPLIED, Outcome.DUPLICATE):  # another mutation that names the same transaction
        again = phone.command("transfer", "account", "a1", to_account_id="a2", transaction_id="t", **TERMS)
        assert again.outcome is outcome
    assert town.balances() == {"a1": -120, "a2": 120}


@pytest.mark.parametrize("other", [{"minutes": 30}, {"to_account_id": "a3"}, {"category": "transport"}])
def test_of_two_transfers_under_one_id_the_second_is_not_told_that_it_was_made(
    town: Town, other: dict[str, Any]
) -> None:
    said = {"to_account_id": "a2", "transaction_id": "t", **TERMS}
    assert town.phone(1).command("transfer", "account", "a1", **said).outcome is Outcome.APPLIED
    assert slug(town.phone(1).command("transfer", "account", "a1", **(said | other))) == "already-exists"
    assert town.balances() == {"a1": -60, "a2": 60}


def _transfer(**args: Any) -> Any:
    from server.sync.model import Command

    return Command("transfer", {**TERMS, **args}, None)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"to_account_id": "a1"}, "to-oneself"),
        ({"to_account_id": "nobody"}, "unknown-account"),
        ({"to_account_id": 7}, "unknown-account"),
        ({"to_account_id": "a\x00"}, "unknown-account"),
        ({"to_account_id": ["a2"]}, "unknown-account"),
        ({"minutes": 10**30}, "wrong-minutes"),
        ({"category": {}}, "unknown-category"),
        ({"day_on": []}, "invalid"),
        ({"day_on": "2099-01-01"}, "invalid"),
        ({"minutes": 121}, "below-floor"),
        ({"minutes": 25 * 60}, "wrong-minutes"),
        ({"minutes": 0}, "wrong-minutes"),
        ({"minutes": -1}, "wrong-minutes"),
        ({"category": "juggling"}, "unknown-category"),
        ({"transaction_id": "no id"}, "invalid"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused_by_name(town: Town, more: dict[str, Any], problem: str) -> None:
    receipt = town.phone(1).command("transfer", "account", "a1", **({"to_account_id": "a2", **TERMS} | more))
    assert slug(receipt) == problem
    assert town.balances() == {}


def test_nobody_holds_more_than_the_bank_allows(town: Town) -> None:
    for number in range(5):
        town.desk().command("donate", "account", "bank-pot", to_account_id="choir", **{**TERMS, "minutes": 120})
        assert town.balances()["choir"] == 120 * (number + 1)
    last = town.desk().command("donate", "account", "bank-pot", to_account_id="choir", **{**TERMS, "minutes": 1})
    assert slug(last) == "above-ceiling"


def test_gifts_go_to_groups_and_to_the_pot(town: Town) -> None:
    phone = town.phone(1)
    assert phone.command("donate", "account", "a1", to_account_id="choir", **TERMS).outcome is Outcome.APPLIED
    assert phone.command("donate", "account", "a1", **{**TERMS, "minutes": 30}).outcome is Outcome.APPLIED
    assert slug(phone.command("donate", "account", "a1", to_account_id="a2", **TERMS)) == "invalid"
    assert town.balances() == {"a1": -90, "choir": 60, "bank-pot": 30}


def test_a_broker_logs_what_one_gave_to_several_at_once(town: Town) -> None:
    args: dict[str, Any] = {"receiver_ids": ["a2", "a3", "choir"], **TERMS}
    assert slug(town.phone(1).command("log_session", "account", "a1", **args)) == "not-your-account"
    assert town.desk().command("log_session", "account", "a1", **args).outcome is Outcome.APPLIED
    assert town.balances() == {"a1": 180, "a2": -60, "a3": -60, "choir": -60}
    too_much = town.desk().command("log_session", "account", "a1", **{**args, "minutes": 61})
    assert slug(too_much) == "below-floor"
    assert town.balances() == {"a1": 180, "a2": -60, "a3": -60, "choir": -60}
    for wrong in ([], ["a2", "a2"], "a2", [7], ["a1"]):
        refused = town.desk().command("log_session", "account", "a1", **{**args, "receiver_ids": wrong})
        assert slug(refused) in ("invalid", "to-oneself")


def test_nothing_moves_in_a_closed_bank(town: Town) -> None:
    town.proposed(done=True)
    assert slug(town.phone(1).command("close_bank", "bank", "bank")) == "not-yours"
    stranger = replace(town.phone(1).principal, device_id="strange", scopes=frozenset({"directory:E07000071"}))
    assert slug(Phone(town.store, stranger).command("close_bank", "bank", "bank")) == "not-yours"
    assert town.desk().command("close_bank", "bank", "bank").outcome is Outcome.APPLIED
    assert town.desk().command("close_bank", "bank", "bank").outcome is Outcome.DUPLICATE
    assert slug(town.phone(2).command("confirm_exchange", "exchange", "x")) == "bank-closed"
    assert slug(town.phone(1).command("transfer", "account", "a1", to_account_id="a2", **TERMS)) == "bank-closed"
    assert slug(town.proposed("y")) == "bank-closed"
    assert town.balances() == {}


def test_an_account_is_closed_at_zero_and_opened_again_by_a_broker(town: Town) -> None:
    first, desk = town.phone(1), town.desk()
    first.command("donate", "account", "a1", **TERMS)
    assert slug(first.command("close_account", "account", "a1")) == "account-not-empty"
    desk.command("donate", "account", "bank-pot", to_account_id="choir", **TERMS)
    desk.command("transfer", "account", "choir", to_account_id="a1", **TERMS)
    assert first.command("close_account", "account", "a1").outcome is Outcome.APPLIED
    assert first.command("close_account", "account", "a1").outcome is Outcome.DUPLICATE
    assert slug(first.command("transfer", "account", "a1", to_account_id="a2", **TERMS)) == "account-closed"
    again = {"account_id": "a1", "type": "person", "owner_id": "volunteer-1"}
    assert desk.command("open_account", "bank", "bank", **again).outcome is Outcome.APPLIED
    assert desk.command("open_account", "bank", "bank", **again).outcome is Outcome.DUPLICATE
    assert first.command("transfer", "account", "a1", to_account_id="a2", **TERMS).outcome is Outcome.APPLIED


def test_one_account_for_each_owner(town: Town) -> None:
    desk = town.desk()
    door(town.store).write([Put("volunteer", "volunteer-4", {"given_name": "V", "family_name": "4", "centre_id": "c"})])
    new = {"account_id": "a4", "type": "person", "owner_id": "volunteer-4"}
    assert slug(town.phone(1).command("open_account", "bank", "bank", **new)) == "not-yours"
    assert desk.command("open_account", "bank", "bank", **new).outcome is Outcome.APPLIED
    assert town.doc("account", "a4")["name"] == "V 4"
    assert slug(desk.command("open_account", "bank", "bank", **{**new, "account_id": "a5"})) == "account-exists"
    assert slug(desk.command("open_account", "bank", "bank", **{**new, "owner_id": "volunteer-3"})) == "account-exists"
    assert slug(desk.command("open_account", "bank", "bank", **{**new, "owner_id": "nobody"})) == "invalid"
    assert slug(desk.command("open_account", "bank", "bank", **{**new, "type": "pot"})) == "invalid"


def test_new_rules_reach_every_account_and_put_nobody_in_the_wrong(town: Town) -> None:
    desk = town.desk()
    town.phone(1).command("transfer", "account", "a1", to_account_id="a2", **TERMS)
    assert slug(town.phone(1).command("set_rules", "bank", "bank", floor_min=-6000)) == "not-yours"
    assert slug(desk.command("set_rules", "bank", "bank", floor_min=60)) == "invalid"
    assert slug(desk.command("set_rules", "bank", "bank", status="closed")) == "invalid"
    assert desk.command("set_rules", "bank", "bank", floor_min=-30, ceiling_min=50).outcome is Outcome.APPLIED
    bounds = {name: town.doc("account", name) for name in ("a1", "a2", "a3", "bank-pot")}
    assert [(one["floor_min"], one["ceiling_min"]) for one in bounds.values()] == [
        (-60, 50), (-30, 60), (-30, 50), (-6000, 6000),
    ]  # fmt: skip
    assert slug(town.phone(1).command("donate", "account", "a1", **{**TERMS, "minutes": 1})) == "below-floor"


def test_what_a_member_asks_for_says_to_the_public_nothing_of_who(town: Town) -> None:
    ask = {"request_id": "r", "title": "Somebody to walk with", "category": "walking", "minutes": 60, "note": "Mrs X"}
    assert town.phone(2).command("ask_help", "account", "a2", **ask).outcome is Outcome.APPLIED
    assert slug(town.phone(2).command("ask_help", "account", "a2", **ask)) == "already-exists"
    public = Phone(town.store, replace(volunteer(9), scopes=frozenset({"directory:E07000071"})))
    rows = {row.kind: row.doc or "" for row in public.pull().rows}
    assert set(rows) == {"bank", "time_request"}
    assert not [word for word in ("a2", "volunteer-2", "Mrs X") if word in rows["time_request"]]
    town.proposed(done=True, request_id="r")
    town.phone(2).command("confirm_exchange", "exchange", "x")
    assert town.doc("time_request", "r")["status"] == "answered"
    town.phone(2).command("ask_help", "account", "a2", **{**ask, "request_id": "s"})
    assert slug(town.phone(1).command("withdraw_request", "request_detail", "s")) == "not-yours"
    assert town.phone(2).command("withdraw_request", "request_detail", "s").outcome is Outcome.APPLIED
    assert town.doc("time_request", "s")["status"] == "withdrawn"
    for wrong in ({"category": "juggling"}, {"minutes": 1500}, {"title": ""}, {"request_id": "no id"}):
        assert slug(town.phone(2).command("ask_help", "account", "a2", **{**ask, "request_id": "u", **wrong}))


def test_a_finished_task_credits_its_minutes_once_from_the_pot(store: Store) -> None:
    town = Town.opened(store, credits_tasks=True, centre_id="centre-a")
    door(store).write([Put("task", "t", task())])
    phone = town.phone(1)
    phone.command("claim", "task", "t")
    assert phone.command("complete", "task", "t", minutes=45).outcome is Outcome.APPLIED
    assert town.balances() == {"a1": 45, "bank-pot": -45}
    assert slug(phone.command("complete", "task", "t", minutes=45)) == "task-not-claimed"
    assert town.balances() == {"a1": 45, "bank-pot": -45}
    (entry,) = [row for row in phone.pull().rows if row.kind == "entry"]
    assert '"category":"home_help"' in (entry.doc or "")


def test_a_task_is_done_even_where_nothing_can_be_credited(store: Store) -> None:
    town = Town.opened(store, credits_tasks=True, centre_id="centre-a")
    town.desk().command("close_bank", "bank", "bank")
    door(store).write([Put("task", "t", task())])
    town.phone(1).command("claim", "task", "t")
    assert town.phone(1).command("complete", "task", "t", minutes=45).outcome is Outcome.APPLIED
    assert town.doc("task", "t")["status"] == "done"
    assert town.balances() == {}


def test_of_somebody_erased_the_ledger_keeps_an_account_without_a_name(town: Town) -> None:
    town.proposed(done=True, note="about Vic")
    town.phone(2).command("confirm_exchange", "exchange", "x")
    door(town.store).erase([Key("volunteer", "volunteer-2")])
    with town.store.read(TENANT) as view:
        (kept,) = [one for one in view.time_accounts() if one.id == "a2"]
        assert (kept.balance_min, kept.owner_id, kept.closed) == (-60, None, True)
        assert view.line_sums() == {"a1": 60, "a2": -60}
        docs = view.records([Key("account", "a2"), Key("exchange", "x")])
        assert all(one.deleted and "Vic" not in str(one.doc) for one in docs.values())
    assert {row.kind for row in town.phone(1).pull().rows} == {"volunteer", "account", "entry"}
    assert slug(town.phone(1).command("transfer", "account", "a1", to_account_id="a2", **TERMS)) == "unknown-account"


def test_documents_through_the_door_never_set_a_balance(town: Town) -> None:
    town.phone(1).command("transfer", "account", "a1", to_account_id="a2", **TERMS)
    doc = town.doc("account", "a1")
    door(town.store).write([Put("account", "a1", {**doc, "balance_min": 9000})])
    assert town.balances() == {"a1": -60, "a2": 60}


def test_nobody_writes_these_records_by_editing(town: Town) -> None:
    town.proposed()
    for kind, name in (("account", "a1"), ("exchange", "x")):
        assert slug(town.phone(1).patch(kind, name, 1, balance_min=9)) == "read-only"
        assert slug(town.desk().delete(kind, name, 1)) == "read-only"
    assert slug(town.desk().create("bank", "mine", name="Mine", district="E07000071")) == "read-only"


def test_what_a_member_offers_says_to_the_public_nothing_of_who(town: Town) -> None:
    offer = {
        "offer_id": "o", "title": "Bicycle repairs", "category": "other", "minutes": 60, "note": "Ring Vic",
        "description": "Punctures and brakes",
    }  # fmt: skip
    phone = town.phone(2)
    assert phone.command("offer_help", "account", "a2", **offer).outcome is Outcome.APPLIED
    assert slug(phone.command("offer_help", "account", "a2", **offer)) == "already-exists"
    assert slug(town.phone(1).command("offer_help", "account", "a2", **{**offer, "offer_id": "p"})) == "not-yours"
    public = Phone(town.store, replace(volunteer(9), scopes=frozenset({"directory:E07000071"})))
    rows = {row.kind: row.doc or "" for row in public.pull().rows}
    assert set(rows) == {"bank", "offer"}
    assert not [word for word in ("a2", "volunteer-2", "Ring Vic") if word in rows["offer"]]
    assert {row.kind for row in town.desk().pull().rows} >= {"offer_detail"}
    assert slug(town.phone(1).command("withdraw_offer", "offer_detail", "o")) == "not-yours"
    assert phone.command("withdraw_offer", "offer_detail", "o").outcome is Outcome.APPLIED
    assert phone.command("withdraw_offer", "offer_detail", "o").outcome is Outcome.DUPLICATE
    assert town.doc("offer", "o")["status"] == "closed"
    for wrong in ({"category": "juggling"}, {"minutes": 1500}, {"title": None}, {"offer_id": "no id"}):
        assert slug(phone.command("offer_help", "account", "a2", **{**offer, "offer_id": "u", **wrong})) == "invalid"


def test_nothing_is_offered_in_a_closed_bank(town: Town) -> None:
    town.desk().command("close_bank", "bank", "bank")
    offer = {"offer_id": "o", "title": "Bicycle repairs", "category": "other", "minutes": 60}
    assert slug(town.phone(2).command("offer_help", "account", "a2", **offer)) == "bank-closed"


def test_an_erased_members_offer_goes_with_its_words(town: Town) -> None:
    offer = {"offer_id": "o", "title": "Bicycle repairs", "category": "other", "minutes": 60, "note": "Ring Vic"}
    town.phone(2).command("offer_help", "account", "a2", **offer)
    door(town.store).erase([Key("volunteer", "volunteer-2")])
    with town.store.read(TENANT) as view:
        found = view.records([Key("offer_detail", "o"), Key("offer", "o")]).values()
    assert [(one.deleted, "note" in one.doc, "name" in one.doc) for one in found] == [(True, False, False)] * 2
