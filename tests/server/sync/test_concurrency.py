"""Real threads on real databases: what commits in whatever order is seen once by everybody, and nothing goes over."""

from dataclasses import replace
from typing import Any

import pytest

from server.storage.sql import SqlStore
from server.sync.door import Put
from server.sync.model import Mutation, Outcome, Push, Receipt
from server.sync.push import push
from tests.builders import (
    KINDS,
    NOW,
    TENANT,
    Phone,
    centre,
    door,
    person,
    placement,
    prescriber,
    put,
    validate,
)
from tests.promises.racing import together

pytestmark = pytest.mark.slow


class RolledBackError(Exception):
    """Breaks a transaction off after its numbers were taken."""


def test_two_creations_of_one_id_at_once_make_one_record(sql_store: SqlStore) -> None:
    phones = [Phone(sql_store, prescriber(f"phone-{number}")) for number in range(6)]
    for number in range(8):
        receipts = together(
            lambda phone=phone, number=number: phone.create(
                "person", f"p{number}", **person(given_name=phone.principal.device_id)
            )
            for phone in phones
        )
        outcomes = sorted(receipt.outcome for receipt in receipts)
        assert outcomes == [Outcome.APPLIED, *[Outcome.CONFLICT] * 5]
    with sql_store.read(TENANT) as view:
        assert len(list(view.of_kind("person"))) == 8
        assert len(list(view.of_kind("conflict"))) == 40


def test_counters_add_up_whoever_counts(sql_store: SqlStore) -> None:
    put(sql_store, "placement", "placement-1", placement(), by="amina")

    def count(number: int) -> None:
        phone = Phone(sql_store, prescriber(f"phone-{number}"))
        for _ in range(10):
            phone.patch("placement", "placement-1", 1, attended={"delta": 1})

    together([lambda number=number: count(number) for number in range(6)])
    with sql_store.read(TENANT) as view:
        (stored,) = view.of_kind("placement")
    assert stored.doc["attended"] == 60


def test_pushes_that_touch_the_same_records_in_another_order_all_arrive(sql_store: SqlStore) -> None:
    names = [f"p{number}" for number in range(12)]
    door(sql_store).write(Put("person", name, person()) for name in names)

    def edit(number: int) -> list[Outcome]:
        phone = Phone(sql_store, prescriber(f"phone-{number}"))
        order = names if number % 2 else names[::-1]
        mutations = [phone.mutation("patch", "person", name, 99, set={"phone": f"{number}"}) for name in order]
        return [receipt.outcome for receipt in phone.push(*mutations).results]

    outcomes = together([lambda number=number: edit(number) for number in range(8)])
    assert {outcome for each in outcomes for outcome in each} == {Outcome.APPLIED}


def test_children_and_parents_that_arrive_at_once_all_end_up_there(sql_store: SqlStore) -> None:
    referral = {"team_id": "team-a", "needs": ["money"], "received_on": "2026-11-20"}

    def child(number: int) -> Receipt:
        phone = Phone(sql_store, prescriber(f"child-{number}"))
        return phone.create("referral", f"r{number}", **referral, person_id=f"p{number}")

    def parent(number: int) -> Receipt:
        return Phone(sql_store, prescriber(f"parent-{number}")).create("person", f"p{number}", **person())

    together([lambda make=make, number=number: make(number) for number in range(10) for make in (child, parent)])
    with sql_store.read(TENANT) as view:
        assert [stored.key.id for stored in view.of_kind("referral")] == [f"r{number}" for number in range(10)]


def test_a_push_that_the_database_breaks_off_leaves_nothing_and_can_be_sent_again(sql_store: SqlStore) -> None:
    mutation = Mutation("m1", 1, "person", "p", "create", set=person())
    request = Push("phone-a", None, 1, (mutation,))

    class Broken(SqlStore):
        def write(self, tenant: str) -> Any:
            return breaking(super().write(tenant))

    with pytest.raises(RolledBackError):
        push(request, prescriber(), store=Broken(sql_store.engine), rules=KINDS, validate=validate, now=NOW)
    with sql_store.read(TENANT) as view:
        assert (view.head().seq, view.acked_lseq("phone-a")) == (0, 0)
    answer = push(request, prescriber(), store=sql_store, rules=KINDS, validate=validate, now=NOW)
    assert [(receipt.outcome, receipt.version) for receipt in answer.results] == [(Outcome.APPLIED, 1)]


class breaking:  # noqa: N801 # reads as a verb, as context managers do
    """Let a transaction do everything, then break it off in the moment before it commits."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __enter__(self) -> Any:
        return self.inner.__enter__()

    def __exit__(self, *_: Any) -> None:
        error = RolledBackError()
        self.inner.__exit__(RolledBackError, error, None)
        raise error


def test_of_many_who_take_different_steps_of_one_enquiry_at_once_one_does(sql_store: SqlStore) -> None:
    vera = {"centre_id": "centre-a", "given_name": "Vera", "family_name": "Shah"}
    asked = {"volunteer_id": "v", "centre_id": "centre-a", "origin": "web", "enquired_on": "2026-06-01"}
    ways = [("interview", None), ("withdrawn", "time"), ("unsuitable", "age"), ("no_reply", "unanswered")]
    desks = [Phone(sql_store, replace(centre(), device_id=f"desk-{number}")) for number in range(len(ways))]
    for name in (f"e{number}" for number in range(6)):
        door(sql_store).write([Put("volunteer", "v", vera), Put("enquiry", name, asked)])
        receipts: list[Receipt] = together(
            lambda desk=desk, step=step, reason=reason, name=name: desk.command(
                "take_step", "enquiry", name, from_step="enquiry", step=step, stepped_on="2026-06-02", reason=reason
            )
            for desk, (step, reason) in zip(desks, ways, strict=True)
        )
        assert sum(receipt.outcome is Outcome.APPLIED for receipt in receipts) == 1
        assert {receipt.problem.slug for receipt in receipts if receipt.problem} == {"step-taken-already"}
    with sql_store.read(TENANT) as view:
        assert len(list(view.of_kind("enquiry_step"))) == 6
