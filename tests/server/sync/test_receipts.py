"""Receipts over repeats of every sort: in one request, numbered anew, and from before receipts were short."""

from dataclasses import replace

from server.sync.canonical import digest, plain
from server.sync.kept import mutation_json, receipt_json
from server.sync.model import Outcome, Receipt
from server.sync.ports import KeptReceipt, Store, Writes
from tests.builders import TENANT, Phone, person, prescriber
from tests.promises.asking import head, problem_of, quarantine, record


def test_a_mutation_numbered_anew_gets_its_first_receipt_and_holds_nothing_up(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutation = phone.mutation("create", "person", "person-1", set=person())
    first = phone.push(mutation)
    after = replace(phone.mutation("create", "person", "person-2", set=person()), lseq=3)
    answer = phone.push(replace(mutation, lseq=2), after)
    assert (answer.results[0], answer.results[1].outcome) == (first.results[0], Outcome.APPLIED)
    assert (answer.acked_lseq, quarantine(store)) == (3, [])


def test_a_mutation_that_comes_twice_in_one_push_is_applied_once(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutation, other = (phone.mutation("create", "person", f"person-{n}", set=person()) for n in (1, 2))
    answer = phone.push(mutation, mutation, other, other)
    assert [receipt.version for receipt in answer.results] == [1, 1, 2, 2]
    assert {receipt.outcome for receipt in answer.results} == {Outcome.APPLIED}
    assert (head(store), quarantine(store)) == (2, [])
    assert phone.push(mutation, other).results == (answer.results[0], answer.results[2])


def test_two_payloads_under_one_id_in_one_push_are_told_apart(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutation = phone.mutation("create", "person", "person-1", set=person())
    answer = phone.push(mutation, replace(mutation, lseq=2, set=person(given_name="Grace")))
    assert [problem_of(receipt) for receipt in answer.results] == ["", "mid-reused"]
    assert (answer.acked_lseq, record(store, "person", "person-1")["given_name"]) == (2, "Ada")


def test_receipts_of_the_first_releases_still_answer_their_repeats(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutation = phone.mutation("create", "person", "person-1", set=person())
    told = Receipt(mutation.mid, 1, Outcome.APPLIED, 7)
    with store.write(TENANT) as work:
        log = work.log("phone-a")
        kept = KeptReceipt(mutation.mid, 1, digest(mutation_json(mutation)), plain(receipt_json(told)))
        work.save(Writes(receipts=[kept], log=replace(log, acked_lseq=1, last_mid=mutation.mid)))
    assert phone.push(mutation).results == (told,)
    assert problem_of(phone.push(replace(mutation, set=person(given_name="Grace"))).results[0]) == "mid-reused"
