"""Answering what somebody without a name asks for or offers: the bank knows whose it is, the answerer does not yet."""

from dataclasses import replace

import pytest

from server.sync.model import Outcome
from server.sync.ports import Store
from tests.builders import DISTRICT, Phone, volunteer
from tests.server.timebank.town import TERMS, Town, slug

WANTED = {"title": "Company at the market", "category": "befriending", "minutes": 60}


@pytest.fixture
def town(store: Store) -> Town:
    town = Town.opened(store)
    town.phone(2).command("ask_help", "account", "a2", request_id="r", **WANTED)
    town.phone(2).command("offer_help", "account", "a2", offer_id="o", **WANTED)
    return town


def near(town: Town, device: str) -> Phone:
    """Give the phone of member 1, which holds what everybody of the district may read."""
    who = volunteer(1, device)
    return Phone(town.store, replace(who, scopes=who.scopes | {f"directory:{DISTRICT}"}))


def answered(town: Town, *, gives: bool = True, **to: str) -> str:
    receipt = near(town, f"near-{gives}").command(
        "propose_exchange", "account", "a1", exchange_id="x", gives=gives, **to, **TERMS
    )
    return slug(receipt) or receipt.outcome.value


def test_a_request_is_answered_and_who_asked_keeps_their_name_until_they_confirm(town: Town) -> None:
    assert answered(town, request_id="r") == Outcome.APPLIED.value
    waiting = town.doc("exchange", "x")
    assert (waiting["giver_name"], waiting["receiver_name"]) == ("Vic 1", None)
    assert waiting["receiver_account_id"] == "a2"
    town.phone(2).command("confirm_exchange", "exchange", "x")
    assert town.doc("exchange", "x")["receiver_name"] == "Vic 2"
    town.phone(1).command("confirm_exchange", "exchange", "x")
    assert town.balances() == {"a1": 60, "a2": -60}
    assert town.doc("time_request", "r")["status"] == "answered"


def test_an_offer_is_taken_up_and_who_offers_keeps_their_name_until_they_confirm(town: Town) -> None:
    assert answered(town, gives=False, offer_id="o") == Outcome.APPLIED.value
    waiting = town.doc("exchange", "x")
    assert (waiting["giver_name"], waiting["receiver_name"]) == (None, "Vic 1")
    assert waiting["giver_account_id"] == "a2"


def test_what_was_taken_back_is_nobodys_to_answer(town: Town) -> None:
    town.phone(2).command("withdraw_request", "request_detail", "r")
    town.phone(2).command("withdraw_offer", "offer_detail", "o")
    assert answered(town, request_id="r") == "unknown-account"
    assert answered(town, gives=False, offer_id="o") == "unknown-account"


def test_nobody_answers_the_wrong_way_round(town: Town) -> None:
    assert answered(town, gives=False, request_id="r") == "unknown-account"
    assert answered(town, offer_id="o") == "unknown-account"


def test_nobody_answers_what_they_cannot_read(town: Town) -> None:
    unseen = town.phone(1).command(
        "propose_exchange", "account", "a1", exchange_id="x", gives=True, request_id="r", **TERMS
    )
    assert slug(unseen) == "unknown-account"
