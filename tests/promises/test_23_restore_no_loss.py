"""RESTORE-NO-LOSS: after a restore from a backup the epoch moves and phones send again what the backup lacks.

The phone here is the protocol in a few lines: it keeps what was answered and, in a new epoch, numbers what the server's
`acked_lseq` leaves out, and all that waits, anew. The reference clients are held to the same in their own tests.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from server.cli.copies import back_up, restore
from server.storage.engine import make_engine
from server.storage.sql import SqlStore
from server.sync.model import Key, Mutation, Outcome, Push, Receipt
from server.sync.push import push
from tests.builders import KINDS, Phone, person, prescriber, validate
from tests.promises.asking import quarantine
from tests.promises.shelves import Rows, everything, pull_all, refused


@dataclass
class Database:
    """A database at an address, opened anew after each restore."""

    url: str
    copy: Path
    store: SqlStore

    def back_up(self) -> None:
        back_up(self.url, self.copy)

    def restore(self) -> None:
        self.store.engine.dispose()
        restore(self.url, self.copy)


@pytest.fixture(params=["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = request.getfixturevalue(request.param)
    store = SqlStore(make_engine(url))
    yield Database(url, tmp_path / "copy", store)
    store.engine.dispose()


@dataclass
class Keeping:
    """A phone that keeps a journal of what was answered."""

    phone: Phone
    journal: list[Mutation] = field(default_factory=list)
    held: Rows = field(default_factory=dict)

    def send(self, *mutations: Mutation) -> list[Receipt]:
        results = self.phone.push(*mutations).results
        self.journal += [mutation for mutation in mutations if mutation not in self.journal]
        return list(results)

    def create(self, name: str, **fields: str) -> list[Receipt]:
        return self.send(self.phone.mutation("create", "person", name, set=person(**fields)))

    def edit(self, name: str, base: int, **fields: str) -> list[Receipt]:
        return self.send(self.phone.mutation("patch", "person", name, base, set=fields))

    def sync(self) -> list[Receipt]:
        """Pull; where the epoch has moved, take everything again and send what the server lacks."""
        if refused(self.phone, self.held) != "epoch-changed":
            return []
        self.phone.cursor = None
        self.held.clear()
        acked = pull_all(self.phone, self.held)[-1].acked_lseq
        lost = [mutation for mutation in self.journal if mutation.lseq > acked]
        again = [replace(mutation, lseq=acked + place) for place, mutation in enumerate(lost, start=1)]
        self.phone.lseq = acked + len(again)
        results = list(self.phone.push(*again).results)
        pull_all(self.phone, self.held)
        return results


def keeping(database: Database, device: str) -> Keeping:
    return Keeping(Phone(database.store, prescriber(device)))


def docs(phone: Keeping) -> dict[str, str]:
    return {key.id: row.doc or "" for key, row in phone.held.items()}


def test_what_the_backup_lacks_comes_back_from_the_phones(database: Database) -> None:
    ada, bea = keeping(database, "phone-a"), keeping(database, "phone-b")
    ada.create("kept")
    bea.create("theirs")
    database.back_up()
    ada.create("lost", given_name="Lost")
    ada.edit("theirs", 2, given_name="Edited")
    bea.create("lost-too")
    for phone in (ada, bea):
        phone.sync()
    before = docs(ada)
    database.restore()
    assert {receipt.outcome for receipt in ada.sync()} == {Outcome.APPLIED}
    assert {receipt.outcome for receipt in bea.sync()} == {Outcome.APPLIED}
    ada.sync(), pull_all(ada.phone, ada.held)
    assert docs(ada) == before == {key.id: row.doc for key, row in everything(ada.phone).items()}
    assert quarantine(database.store) == []


def test_what_the_backup_has_is_not_done_twice(database: Database) -> None:
    ada = keeping(database, "phone-a")
    ada.create("p1")
    ada.edit("p1", 1, given_name="Grace")
    database.back_up()
    database.restore()
    ada.phone.cursor = None  # a phone that does not know where it was sends all of its journal with the old numbers
    head = database.store.heads()["essex"].seq
    results = ada.phone.push(*ada.journal).results
    assert [receipt.version for receipt in results] == [1, 2]
    assert database.store.heads()["essex"].seq == head


@pytest.mark.slow
def test_an_edit_from_the_lost_history_does_not_pass_for_having_seen_the_new_one(database: Database) -> None:
    ada, bea = keeping(database, "phone-a"), keeping(database, "phone-b")
    ada.create("p1", given_name="First")
    database.back_up()
    for number in range(5):
        ada.create(f"more-{number}")
    ada.edit("p1", 6, phone="0123")
    ada.sync()
    database.restore()
    bea.edit("p1", 1, phone="0456")
    again = ada.sync()
    assert Outcome.CONFLICT in {receipt.outcome for receipt in again}, "both values are shown to a person"


def test_a_phone_whose_journal_does_not_reach_back_is_not_stuck(database: Database) -> None:
    ada = keeping(database, "phone-a")
    ada.create("kept")
    database.back_up()
    for number in range(4):
        ada.create(f"later-{number}")
    del ada.journal[:3]  # older than a phone keeps them
    ada.sync()
    database.restore()
    assert [receipt.outcome for receipt in ada.sync()] == [Outcome.APPLIED] * 2
    assert ada.create("new")[0].outcome is Outcome.APPLIED
    assert {key.id for key in everything(ada.phone)} == {"kept", "later-2", "later-3", "new"}


@pytest.mark.slow
def test_the_same_backup_restored_twice_still_gives_no_number_twice(database: Database) -> None:
    ada = keeping(database, "phone-a")
    ada.create("p1")
    database.back_up()
    versions = []
    for _ in range(2):
        database.restore()
        versions += [receipt.version for receipt in Keeping(Phone(database.store, prescriber("phone-x"))).create("p2")]
        ada.sync()
    assert len(set(versions)) == 2


def test_a_push_with_a_hole_after_a_restore_says_how_far_the_server_is(database: Database) -> None:
    ada = keeping(database, "phone-a")
    ada.create("kept")
    database.back_up()
    ada.create("lost")
    database.restore()
    late = ada.phone.mutation("create", "person", "waiting", set=person())
    request = Push("phone-a", None, 1, (late,))
    answer = push(request, ada.phone.principal, store=database.store, rules=KINDS, validate=validate, now=ada.phone.now)
    assert (answer.acked_lseq, answer.results[0].problem.slug) == (1, "lseq-gap")  # type: ignore[union-attr] # it was refused


def test_an_edit_of_what_only_another_phone_can_send_again_waits_for_it(database: Database) -> None:
    ada, bea = keeping(database, "phone-a"), keeping(database, "phone-b")
    ada.create("kept")
    database.back_up()
    made = ada.create("lost", given_name="First")[0]
    bea.phone.now += timedelta(minutes=1)
    bea.edit("lost", made.version, given_name="Second")
    seen = bea.edit("lost", made.version, phone="0123")[0]
    ada.phone.now += timedelta(minutes=2)
    ada.edit("lost", seen.version, phone="0456")
    ada.sync(), bea.sync()
    database.restore()
    assert {receipt.outcome for receipt in bea.sync()} == {Outcome.DEFERRED}
    ada.sync()
    doc = json.loads(everything(ada.phone)[Key("person", "lost")].doc or "")
    assert doc["given_name"] == "Second", "the edit of who had seen the first name stands"
    assert doc["phone"] == "0456"
    assert quarantine(database.store) == []
