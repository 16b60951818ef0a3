"""Exchange between two banks, by the consent of both."""

from typing import Any

import pytest

from server.sync.door import Put
from server.sync.model import Outcome
from server.sync.ports import Store
from tests.builders import TENANT, door
from tests.server.timebank.town import TERMS, Town, bank, member, pot, slug


@pytest.fixture
def towns(store: Store) -> Town:
    """Give a bank, and another with a member 4."""
    town = Town.opened(store)
    names = {"given_name": "Wen", "family_name": "4", "centre_id": "centre-b"}
    door(store).write([bank("other"), pot("other"), Put("volunteer", "volunteer-4", names), member(4, "other")])
    return town


def agree(town: Town) -> None:
    for one, two in (("bank", "other"), ("other", "bank")):
        assert town.desk(one).command("agree_exchange", "bank", one, bank_id=two).outcome is Outcome.APPLIED
        assert town.desk(one).command("agree_exchange", "bank", one, bank_id=two).outcome is Outcome.DUPLICATE


def propose(town: Town, name: str) -> Any:
    args = {"exchange_id": name, "with_account_id": "a4", "gives": True, "done": True, **TERMS}
    return town.phone(1).command("propose_exchange", "account", "a1", **args)


def sums(town: Town) -> dict[str, int]:
    """Add up each bank's accounts, its clearing included."""
    with town.store.read(TENANT) as view:
        accounts = list(view.time_accounts())
    return {one: sum(each.balance_min for each in accounts if each.bank_id == one) for one in ("bank", "other")}


def test_without_the_consent_of_both_nothing_moves_between_banks(towns: Town) -> None:
    assert slug(propose(towns, "x")) == "no-agreement"
    towns.desk("bank").command("agree_exchange", "bank", "bank", bank_id="other")
    assert slug(propose(towns, "x")) == "no-agreement"
    assert slug(towns.phone(1).command("transfer", "account", "a1", to_account_id="a4", **TERMS)) == "no-agreement"
    assert slug(towns.desk("other").command("agree_exchange", "bank", "bank", bank_id="other")) == "not-yours"


def test_with_it_minutes_go_through_both_clearings_and_each_bank_sums_to_zero(towns: Town) -> None:
    agree(towns)
    assert propose(towns, "x").outcome is Outcome.APPLIED
    assert towns.phone(4).command("confirm_exchange", "exchange", "x").outcome is Outcome.APPLIED
    balances = towns.balances()
    assert (balances["a1"], balances["a4"]) == (60, -60)
    assert sorted(balances.values()) == [-60, -60, 60, 60]
    assert sums(towns) == {"bank": 0, "other": 0}
    assert {row.kind for row in towns.desk("other").pull().rows} >= {"exchange", "entry", "account"}


def test_withdrawn_consent_refuses_what_is_new_and_leaves_what_is_settled(towns: Town) -> None:
    agree(towns)
    for name in ("x", "y"):
        propose(towns, name)
    towns.phone(4).command("confirm_exchange", "exchange", "x")
    withdrawn = towns.desk("other").command("withdraw_agreement", "bank", "other", bank_id="bank")
    assert withdrawn.outcome is Outcome.APPLIED
    again = towns.desk("other").command("withdraw_agreement", "bank", "other", bank_id="bank")
    assert again.outcome is Outcome.DUPLICATE
    assert slug(towns.phone(4).command("confirm_exchange", "exchange", "y")) == "no-agreement"
    assert slug(propose(towns, "z")) == "no-agreement"
    (kept,) = towns.doc("bank", "other")["agreements"]
    assert kept["withdrawn_at"] is not None
    assert towns.balances()["a1"] == 60
    assert towns.phone(1).command("reverse", "exchange", "x").outcome is Outcome.APPLIED
    assert sums(towns) == {"bank": 0, "other": 0}
    assert set(towns.balances().values()) == set()


@pytest.mark.parametrize("other", ["bank", "nowhere", None, 7])
def test_a_bank_agrees_with_another_that_there_is(towns: Town, other: Any) -> None:
    assert slug(towns.desk("bank").command("agree_exchange", "bank", "bank", bank_id=other)) == "invalid"
