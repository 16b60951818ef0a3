"""Exchanges: proposed, confirmed by both, settled once; and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from server.sync.model import Outcome
from server.sync.ports import Store
from tests.builders import Phone, centre
from tests.server.timebank.town import TERMS, Town, slug


@pytest.fixture
def town(store: Store) -> Town:
    return Town.opened(store)


def test_the_second_confirmation_moves_the_minutes(town: Town) -> None:
    first, second = town.phone(1), town.phone(2)
    assert town.proposed().outcome is Outcome.APPLIED
    assert town.balances() == {}
    assert first.command("confirm_exchange", "exchange", "x").outcome is Outcome.APPLIED
    assert town.doc("exchange", "x")["status"] == "confirmed"
    assert town.balances() == {}
    assert second.command("confirm_exchange", "exchange", "x").outcome is Outcome.APPLIED
    assert town.doc("exchange", "x")["status"] == "settled"
    assert town.balances() == {"a1": 60, "a2": -60}


def test_both_sides_hold_the_exchange_and_their_own_entry_alone(town: Town) -> None:
    town.proposed(done=True)
    town.phone(2).command("confirm_exchange", "exchange", "x")
    rows = {number: town.phone(number, f"new-{number}").pull().rows for number in (1, 2, 3)}
    seen = {number: {(row.kind, row.id) for row in rows[number]} for number in rows}
    assert {kind for kind, _ in seen[1]} == {"volunteer", "account", "entry", "exchange"}
    assert seen[1] & seen[2] == {("exchange", "x")}
    assert {kind for kind, _ in seen[3]} == {"volunteer", "account"}
    (entry,) = [row.doc or "" for row in rows[1] if row.kind == "entry"]
    assert '"minutes":60' in entry
    assert '"balance_min":60' in entry


def test_an_exchange_confirmed_twice_moves_minutes_once(town: Town) -> None:
    town.proposed(done=True)
    second, tablet = town.phone(2), town.phone(2, "tablet")
    assert second.command("confirm_exchange", "exchange", "x").outcome is Outcome.APPLIED
    assert second.command("confirm_exchange", "exchange", "x").outcome is Outcome.DUPLICATE
    assert tablet.command("confirm_exchange", "exchange", "x").outcome is Outcome.DUPLICATE
    assert town.phone(1, "later").command("confirm_exchange", "exchange", "x").outcome is Outcome.DUPLICATE
    assert town.balances() == {"a1": 60, "a2": -60}


def test_two_confirmations_made_offline_settle_in_whatever_order_they_arrive(town: Town) -> None:
    town.proposed()
    phones = [town.phone(2), town.phone(1)]
    waiting = [
        [phone.mutation("command", "exchange", "x", command=_confirm("2026-11-25T00:00:00Z"))] for phone in phones
    ]
    for phone, mutations in zip(phones, waiting, strict=True):
        phone.now += timedelta(days=2)
        assert phone.push(*mutations).results[0].outcome is Outcome.APPLIED
    for phone, mutations in zip(phones, waiting, strict=True):  # the answers got lost: both send again
        assert phone.push(*mutations).results[0].outcome is Outcome.APPLIED
    assert town.balances() == {"a1": 60, "a2": -60}


def test_a_confirmation_that_comes_too_late_moves_nothing(town: Town) -> None:
    town.proposed(done=True)
    late = town.phone(2).command("confirm_exchange", "exchange", "x", valid_until="2026-11-21T09:00:00Z")
    assert slug(late) == "command-expired"
    assert town.balances() == {}


def _confirm(valid_until: str) -> Any:
    from server.sync.model import Command

    return Command("confirm_exchange", {}, valid_until)


def test_the_other_side_takes_it_back_while_a_phone_is_offline(town: Town) -> None:
    """The phone that was away confirms once more, and then asks to take it back as well: neither moves anything."""
    away, other = town.phone(2), town.phone(1)
    town.proposed(done=True)
    away.command("confirm_exchange", "exchange", "x")
    late = away.mutation("command", "exchange", "x", command=_confirm("2026-11-30T00:00:00Z"))
    assert other.command("reverse", "exchange", "x").outcome is Outcome.APPLIED
    assert slug(away.push(late).results[0]) == "exchange-ended"
    assert slug(away.command("reverse", "exchange", "x")) == "not-your-account"
    assert slug(other.command("reverse", "exchange", "x")) == "already-reversed"
    assert town.doc("exchange", "x")["status"] == "reversed"
    assert town.balances() == {}
    entries = [row for row in town.phone(2, "new").pull().rows if row.kind == "entry"]
    assert len(entries) == 2


def test_who_received_the_help_cannot_take_the_minutes_back_but_the_broker_can(town: Town) -> None:
    town.proposed(done=True)
    assert slug(town.phone(1).command("reverse", "exchange", "x")) == "exchange-not-settled"
    town.phone(2).command("confirm_exchange", "exchange", "x")
    assert slug(town.phone(2).command("reverse", "exchange", "x")) == "not-your-account"
    assert town.desk().command("reverse", "exchange", "x").outcome is Outcome.APPLIED
    assert town.balances() == {}


def test_what_was_taken_back_is_not_taken_back_again_by_its_own_entry(town: Town) -> None:
    town.proposed(done=True)
    town.phone(2).command("confirm_exchange", "exchange", "x")
    town.desk().command("reverse", "exchange", "x")
    entries = [row.id for row in town.phone(2, "new").pull().rows if row.kind == "entry"]
    assert {slug(town.desk().command("reverse", "entry", entry)) for entry in entries} == {"already-reversed"}
    assert town.balances() == {}


def test_either_side_ends_what_is_not_settled(town: Town) -> None:
    for name in ("x", "y"):
        town.proposed(name)
    assert town.phone(2).command("decline_exchange", "exchange", "x").outcome is Outcome.APPLIED
    assert town.phone(2).command("decline_exchange", "exchange", "x").outcome is Outcome.DUPLICATE
    assert town.phone(1).command("cancel_exchange", "exchange", "y").outcome is Outcome.APPLIED
    assert [town.doc("exchange", name)["status"] for name in "xy"] == ["declined", "cancelled"]
    assert slug(town.phone(1).command("confirm_exchange", "exchange", "x")) == "exchange-ended"
    town.proposed("z", done=True)
    town.phone(2).command("confirm_exchange", "exchange", "z")
    assert slug(town.phone(2).command("decline_exchange", "exchange", "z")) == "exchange-settled"


def test_a_broker_says_for_whom_and_a_stranger_sees_nothing(town: Town) -> None:
    town.proposed()
    desk = town.desk()
    assert slug(desk.command("confirm_exchange", "exchange", "x")) == "invalid"
    for side in ("giver", "receiver"):
        assert desk.command("confirm_exchange", "exchange", "x", side=side).outcome is Outcome.APPLIED
    assert town.balances() == {"a1": 60, "a2": -60}
    assert slug(town.phone(3).command("confirm_exchange", "exchange", "x")) == "not-yours"
    assert slug(town.phone(1).command("confirm_exchange", "exchange", "x", side="receiver")) == "not-your-account"


def test_what_the_ledger_does_not_take_is_not_confirmed_either(town: Town) -> None:
    """The receiver may owe two hours. Once something was earned, the same confirmation goes through."""
    town.proposed("x", done=True, minutes=121)
    second = town.phone(2)
    assert slug(second.command("confirm_exchange", "exchange", "x")) == "below-floor"
    assert town.doc("exchange", "x")["receiver_confirmed_at"] is None
    town.phone(3).command("transfer", "account", "a3", to_account_id="a2", **TERMS)
    assert second.command("confirm_exchange", "exchange", "x").outcome is Outcome.APPLIED
    assert town.balances() == {"a1": 121, "a2": -61, "a3": -60}


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"minutes": 0}, "wrong-minutes"),
        ({"minutes": -60}, "wrong-minutes"),
        ({"minutes": 25 * 60}, "wrong-minutes"),
        ({"minutes": 24 * 60 + 1}, "wrong-minutes"),
        ({"minutes": 60.0}, "wrong-minutes"),
        ({"minutes": True}, "wrong-minutes"),
        ({"minutes": None}, "wrong-minutes"),
        ({"category": "juggling"}, "unknown-category"),
        ({"category": None}, "unknown-category"),
        ({"category": ["gardening"]}, "unknown-category"),
        ({"day_on": "2026-02-30"}, "invalid"),
        ({"day_on": 20261120}, "invalid"),
        ({"with_account_id": "a1"}, "to-oneself"),
        ({"with_account_id": "a9"}, "unknown-account"),
        ({"with_account_id": None}, "unknown-account"),
        ({"exchange_id": "no id"}, "invalid"),
        ({"exchange_id": None}, "invalid"),
        ({"note": 7}, "invalid"),
        ({"note": "n" * 1001}, "invalid"),
        ({"gives": "yes"}, "invalid"),
        ({"offer_id": ["x"]}, "invalid"),
    ],
)
def test_what_cannot_be_proposed_is_refused_by_name(town: Town, more: dict[str, Any], problem: str) -> None:
    assert slug(town.proposed(**({"name": "x"} | more))) == problem
    with town.store.read("essex") as view:
        assert list(view.of_kind("exchange")) == []


def test_an_id_is_used_once_and_an_account_by_its_owner_alone(town: Town) -> None:
    assert town.proposed().outcome is Outcome.APPLIED
    assert slug(town.phone(1).command("propose_exchange", "account", "a1", **_args())) == "already-exists"
    assert slug(town.phone(3).command("propose_exchange", "account", "a1", **_args())) == "not-yours"


def _args(**more: Any) -> dict[str, Any]:
    return {"exchange_id": "x", "with_account_id": "a2", "gives": True, **TERMS, **more}


def test_a_groups_centre_exchanges_for_it(town: Town) -> None:
    desk = Phone(town.store, centre())
    asked = desk.command("propose_exchange", "account", "choir", **_args(gives=False, with_account_id="a1", done=True))
    assert asked.outcome is Outcome.APPLIED
    assert town.phone(1).command("confirm_exchange", "exchange", "x").outcome is Outcome.APPLIED
    assert town.balances() == {"a1": 60, "choir": -60}
