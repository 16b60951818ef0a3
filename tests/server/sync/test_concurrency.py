"""Real threads on real databases: what commits in whatever order is seen once by everybody, and nothing goes over."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from server.storage.sql import SqlStore
from server.sync.door import Put
from server.sync.model import Key, Mutation, Outcome, Push, Receipt
from server.sync.push import push
from tests.builders import (
    KINDS,
    NOW,
    TENANT,
    Phone,
    door,
    person,
    place_count,
    placement,
    prescriber,
    put,
    task,
    validate,
    volunteer,
)

pytestmark = pytest.mark.slow

#: How long writers write, in seconds.
WHILE_S = 2.5


def together(jobs: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run the jobs in threads that start at one moment; give what they return and raise what they raise."""
    jobs = list(jobs)
    gate, results, errors = threading.Barrier(len(jobs)), [None] * len(jobs), []

    def run(number: int, job: Callable[[], Any]) -> None:
        try:
            gate.wait()
            results[number] = job()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


class RolledBackError(Exception):
    """Breaks a transaction off after its numbers were taken."""


def test_a_phone_that_pulls_all_the_time_misses_nothing_of_what_many_write(sql_store: SqlStore) -> None:
    end = time.monotonic() + WHILE_S
    puller = Phone(sql_store, prescriber("puller"))
    seen: dict[str, int] = {}
    writing = threading.Event()
    writing.set()

    def write(number: int) -> int:
        phone = Phone(sql_store, prescriber(f"phone-{number}"))
        count = 0
        while time.monotonic() < end:
            mutations = [
                phone.mutation("create", "person", f"p-{number}-{count + extra}", set=person()) for extra in range(3)
            ]
            edit = phone.mutation("patch", "person", f"p-{number}-{count}", set={"phone": str(count)})
            phone.push(*mutations, edit)
            count += 3
            if count % 4 == 0:
                break_off(number)
        return count

    def break_off(number: int) -> None:
        try:
            with sql_store.write(TENANT) as work:
                work.numbers(7)
                raise RolledBackError
        except RolledBackError:
            pass

    def pull() -> None:
        last, done = 0, False
        while not done:
            was_over = not writing.is_set()
            page = puller.pull(limit=20)
            done = was_over and page.consistent
            for row in page.rows:
                assert row.version > last, "numbers come in order of commit"
                assert row.version > seen.get(row.id, 0), "nothing comes twice"
                last = seen[row.id] = row.version

    def write_all() -> list[int]:
        try:
            return together([lambda number=number: write(number) for number in range(8)])
        finally:
            writing.clear()

    counts, _ = together([write_all, pull])
    with sql_store.read(TENANT) as view:
        truth = {stored.key.id: stored.version for stored in view.of_kind("person")}
    assert len(truth) == sum(counts) > 50
    assert seen == truth


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


def test_one_push_sent_many_times_at_once_is_applied_once(sql_store: SqlStore) -> None:
    phone = Phone(sql_store, prescriber())
    mutations = tuple(phone.mutation("create", "person", f"p{number}", set=person()) for number in range(20))
    answers = together([lambda: phone.push(*mutations)] * 6)
    assert all(answer == answers[0] for answer in answers)
    assert [receipt.version for receipt in answers[0].results] == list(range(1, 21))
    with sql_store.read(TENANT) as view:
        assert view.head().seq == 20


def test_counters_add_up_whoever_counts(sql_store: SqlStore) -> None:
    put(sql_store, "placement", "placement-1", placement())

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
