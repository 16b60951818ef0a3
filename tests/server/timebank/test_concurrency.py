"""Many phones at once on PostgreSQL: nothing is lost, nobody goes below the floor, no deadlock surfaces."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from server.domain.statement import faults
from server.storage.sql import SqlStore
from server.sync.door import Put
from server.sync.model import Key, Outcome
from tests.builders import TENANT, Phone, door
from tests.server.timebank.town import TERMS, Town, bank, broker, member, pot, slug

ACCOUNTS, WORKERS, EACH = 12, 8, 20


@pytest.fixture
def crowd(postgres_store: SqlStore) -> SqlStore:
    """Give a bank with a dozen members who may owe two hours."""
    people = [Put("volunteer", f"volunteer-{n}", _named(n)) for n in range(ACCOUNTS)]
    door(postgres_store).write([bank(), pot(), *people, *(member(n) for n in range(ACCOUNTS))])
    return postgres_store


def _named(number: int) -> dict[str, str]:
    return {"given_name": "Vic", "family_name": str(number), "centre_id": "centre-a"}


def _transfers(store: SqlStore, number: int, start: Barrier) -> list[tuple[Outcome, str]]:
    """Push transfers of up to an hour between accounts at random, several in a push, each in another order."""
    chance, phone = random.Random(number), Phone(store, broker(device=f"desk-{number}"))
    start.wait()
    answers = []
    for _ in range(EACH // 2):
        mutations = []
        for _ in range(2):
            payer, receiver = chance.sample(range(ACCOUNTS), 2)
            terms = {**TERMS, "minutes": chance.randint(1, 60), "to_account_id": f"a{receiver}"}
            mutations.append(phone.mutation("command", "account", f"a{payer}", command=_transfer(terms)))
        answers += [(one.outcome, slug(one)) for one in phone.push(*mutations).results]
    return answers


def _transfer(args: dict[str, object]) -> object:
    from server.sync.model import Command

    return Command("transfer", args)


@pytest.mark.slow
def test_many_transfers_at_once_sum_to_zero_and_nobody_passes_the_floor(crowd: SqlStore) -> None:
    start = Barrier(WORKERS)
    with ThreadPoolExecutor(WORKERS) as pool:
        done = [pool.submit(_transfers, crowd, number, start) for number in range(WORKERS)]
        answers = [answer for one in done for answer in one.result()]  # a deadlock that surfaced would raise here
    assert len(answers) == WORKERS * EACH
    assert {slug for outcome, slug in answers if outcome is not Outcome.APPLIED} <= {"below-floor"}
    with crowd.read(TENANT) as view:
        accounts = view.time_accounts()
        assert list(faults(accounts, view.line_sums(), view.unbalanced())) == []
        assert min(one.balance_min for one in accounts) >= -120
        told = view.records([Key("account", one.id) for one in accounts])
        assert {key.id: one.doc["balance_min"] for key, one in told.items()} == {
            one.id: one.balance_min for one in accounts
        }


@pytest.mark.slow
def test_both_sides_and_their_broker_confirm_at_the_same_moment(postgres_store: SqlStore) -> None:
    """The minutes move once, whoever comes first."""
    town = Town.opened(postgres_store)
    town.proposed()
    phones = [town.phone(1), town.phone(2), town.phone(1, "tablet"), town.phone(2, "other-tablet"), town.desk()]
    start = Barrier(len(phones))

    def confirm(phone: Phone) -> Outcome:
        args = {"side": "giver"} if phone.principal.roles == {"broker"} else {}
        start.wait()
        return phone.command("confirm_exchange", "exchange", "x", **args).outcome

    with ThreadPoolExecutor(len(phones)) as pool:
        outcomes = list(pool.map(confirm, phones))
    assert sorted(outcomes).count(Outcome.APPLIED) == 2
    assert outcomes.count(Outcome.DUPLICATE) == 3
    assert town.balances() == {"a1": 60, "a2": -60}
    with postgres_store.read(TENANT) as view:
        assert len(list(view.postings("a1"))) == 1
