"""SAME-MID-OTHER-PAYLOAD is refused, kept aside, and holds nothing up."""

from dataclasses import replace

from server.sync.model import Outcome
from server.sync.ports import Store
from tests.builders import Phone, person, prescriber
from tests.promises.asking import problem_of, quarantine


def test_the_same_id_with_another_payload_is_refused_and_kept_aside(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutation = phone.mutation("create", "person", "person-1", set=person())
    phone.push(mutation)
    answer = phone.push(replace(mutation, set=person(given_name="Grace")))
    assert problem_of(answer.results[0]) == "mid-reused"
    assert [refused.reason for refused in quarantine(store)] == ["mid-reused"]
    assert phone.push(mutation).results[0].outcome is Outcome.APPLIED


def test_a_reused_id_does_not_block_what_comes_after_it(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutation = phone.mutation("create", "person", "person-1", set=person())
    phone.push(mutation)
    reused = replace(phone.mutation("create", "person", "person-2", set=person()), mid=mutation.mid)
    after = phone.mutation("create", "person", "person-3", set=person())
    answer = phone.push(reused, after)
    assert [receipt.outcome for receipt in answer.results] == [Outcome.REJECTED, Outcome.APPLIED]
    assert answer.acked_lseq == 3
