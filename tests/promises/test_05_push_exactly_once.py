"""PUSH-EXACTLY-ONCE under any resend, duplication or reordering; a repeat gets the first receipt."""

import pytest

from server.storage.sql import SqlStore
from server.sync.model import Outcome
from server.sync.ports import Store
from tests.builders import TENANT, Phone, person, prescriber, put
from tests.promises.asking import head as store_head
from tests.promises.asking import record
from tests.promises.racing import together


def test_a_repeated_push_returns_the_first_receipt(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutation = phone.mutation("create", "person", "person-1", set=person())
    first = phone.push(mutation)
    other = Phone(store, prescriber("phone-b"))
    other.patch("person", "person-1", 1, given_name="Grace")
    assert phone.push(mutation) == first
    assert store_head(store) == 2  # the repeat moved nothing


def test_every_kind_of_receipt_comes_back_verbatim(store: Store) -> None:
    put(store, "person", "person-1", person(given_name="Grace"))
    phone = Phone(store, prescriber())
    mutations = (
        phone.mutation("patch", "person", "person-1", 0, set={"given_name": "Joan"}),
        phone.mutation("create", "person", "person-2", set=person(given_name=7)),
        phone.mutation("create", "referral", "r", set={"person_id": "later", "team_id": "team-a", "needs": ["money"],
                                                       "received_on": "2026-11-20"}),
        phone.mutation("patch", "person", "person-1", 1, set={"given_name": "Joan"}),
    )  # fmt: skip
    first = phone.push(*mutations)
    outcomes = [receipt.outcome for receipt in first.results]
    assert outcomes == [Outcome.CONFLICT, Outcome.REJECTED, Outcome.DEFERRED, Outcome.DUPLICATE]
    assert phone.push(*mutations) == first


def test_mutations_out_of_order_in_one_push_are_applied_in_order(store: Store) -> None:
    phone = Phone(store, prescriber())
    create = phone.mutation("create", "person", "person-1", set=person())
    edit = phone.mutation("patch", "person", "person-1", set={"given_name": "Grace"})
    answer = phone.push(edit, create)
    assert [receipt.lseq for receipt in answer.results] == [1, 2]
    assert record(store, "person", "person-1")["given_name"] == "Grace"


@pytest.mark.slow
def test_one_push_sent_many_times_at_once_is_applied_once(sql_store: SqlStore) -> None:
    phone = Phone(sql_store, prescriber())
    mutations = tuple(phone.mutation("create", "person", f"p{number}", set=person()) for number in range(20))
    answers = together([lambda: phone.push(*mutations)] * 6)
    assert all(answer == answers[0] for answer in answers)
    assert [receipt.version for receipt in answers[0].results] == list(range(1, 21))
    with sql_store.read(TENANT) as view:
        assert view.head().seq == 20
