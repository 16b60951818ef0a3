"""A session credits the minutes of volunteers who helped: once for each session and volunteer."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from server.storage.sql import SqlStore
from server.sync.door import Put
from server.sync.model import Outcome, Principal
from server.sync.ports import Store
from tests.builders import TENANT, Phone, door
from tests.server.timebank.town import Town

SESSION = {"team_id": "team-a", "held_on": "2026-11-20", "place": "Northgate park", "minutes": 90,
           "centre_id": "centre-a"}  # fmt: skip


def worker(store: Store, device: str = "worker") -> Phone:
    scopes = frozenset({"fieldwork:team-a"})
    return Phone(store, Principal(TENANT, f"account-{device}", device, frozenset({"outreach"}), scopes))


@pytest.fixture
def town(store: Store) -> Town:
    return Town.opened(store, credits_tasks=True, centre_id="centre-a")


def entries(town: Town) -> list[tuple[Any, ...]]:
    with town.store.read(TENANT) as view:
        found = [one.doc for one in view.of_kind("entry")]
    mine = [one for one in found if one["account_id"] != "bank-pot"]
    return sorted((one["account_id"], one["type"], one["minutes"], one["day_on"], one["about_id"]) for one in mine)


def test_each_who_helped_is_credited_the_minutes_of_the_session_from_the_pot(town: Town) -> None:
    receipt = worker(town.store).create("session_log", "s1", **SESSION, helpers=["volunteer-1", "volunteer-2"])
    assert receipt.outcome is Outcome.APPLIED
    assert town.balances() == {"a1": 90, "a2": 90, "bank-pot": -180}
    day = ("session", 90, "2026-11-20", "s1")
    assert entries(town) == [("a1", *day), ("a2", *day)]


def test_a_session_that_is_still_to_come_credits_nobody(town: Town) -> None:
    phone = worker(town.store)
    ahead = {**SESSION, "held_on": "2026-12-24"}
    refused = phone.create("session_log", "s1", **ahead, helpers=["volunteer-1"])
    assert refused.problem
    assert list(refused.problem.errors) == ["held_on"]
    planned = phone.create("session_log", "s2", **ahead)
    phone.patch("session_log", "s2", planned.version, helpers=["volunteer-1"])
    assert town.balances() == {}


def test_a_session_that_is_edited_or_sent_again_credits_nobody_twice(town: Town) -> None:
    phone = worker(town.store)
    first = phone.create("session_log", "s1", **SESSION, helpers=["volunteer-1"])
    phone.patch("session_log", "s1", first.version, minutes=120, helpers=["volunteer-1", "volunteer-3"])
    phone.create("session_log", "s1", **SESSION, helpers=["volunteer-1"])
    assert town.balances() == {"a1": 90, "a3": 120, "bank-pot": -210}


def test_who_is_no_volunteer_of_the_centre_or_has_no_account_is_passed_over_without_a_word(town: Town) -> None:
    names = {"given_name": "V", "family_name": "4"}
    door(town.store).write(
        [
            Put("volunteer", "volunteer-4", names | {"centre_id": "centre-a"}),
            Put("volunteer", "volunteer-5", names | {"centre_id": "centre-z"}),
        ]
    )
    helpers = ["volunteer-4", "volunteer-5", "nobody", "no id!", "volunteer-1"]
    receipt = worker(town.store).create("session_log", "s1", **SESSION, helpers=helpers)
    assert (receipt.outcome, receipt.problem) == (Outcome.APPLIED, None)
    assert town.balances() == {"a1": 90, "bank-pot": -90}


@pytest.mark.parametrize("missing", ["centre_id", "minutes"])
def test_helpers_need_a_centre_and_a_time(town: Town, missing: str) -> None:
    said = {name: value for name, value in SESSION.items() if name != missing}
    refused = worker(town.store).create("session_log", "s1", **said, helpers=["volunteer-1"])
    assert refused.problem is not None
    assert list(refused.problem.errors) == [missing]


def test_a_session_without_helpers_needs_neither(town: Town) -> None:
    said = {name: value for name, value in SESSION.items() if name not in ("centre_id", "minutes")}
    assert worker(town.store).create("session_log", "s1", **said).outcome is Outcome.APPLIED


@pytest.mark.slow
def test_sessions_logged_at_once_credit_each_helper_once_and_wait_for_nobody_in_vain(postgres_store: SqlStore) -> None:
    town = Town.opened(postgres_store, credits_tasks=True, centre_id="centre-a")
    helpers = [["volunteer-1", "volunteer-2"], ["volunteer-3", "volunteer-1"], ["volunteer-2", "volunteer-3"]]

    def log(number: int) -> Outcome:
        phone = worker(postgres_store, f"worker-{number}")
        said = SESSION | {"minutes": 10}
        return phone.create("session_log", f"s{number}", **said, helpers=helpers[number % 3]).outcome

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(log, range(12)))
    assert set(outcomes) == {Outcome.APPLIED}
    assert town.balances() == {"a1": 80, "a2": 80, "a3": 80, "bank-pot": -240}
