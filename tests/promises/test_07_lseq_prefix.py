"""LSEQ-PREFIX: what is acknowledged is always 1, 2, 3… without a hole."""

from server.sync.model import Outcome
from server.sync.ports import Store
from tests.builders import Phone, person, prescriber
from tests.promises.asking import problem_of, quarantine


def test_a_hole_in_the_numbers_stops_there_and_says_so(store: Store) -> None:
    phone = Phone(store, prescriber())
    first, lost, third, fourth = (phone.mutation("create", "person", f"person-{n}", set=person()) for n in (1, 2, 3, 4))
    answer = phone.push(first, third, fourth)
    assert [(r.lseq, problem_of(r)) for r in answer.results] == [(1, ""), (3, "lseq-gap")]
    assert answer.acked_lseq == 1
    again = phone.push(lost, third, fourth)
    assert [receipt.outcome for receipt in again.results] == [Outcome.APPLIED] * 3
    assert again.acked_lseq == 4


def test_a_number_used_for_another_change_is_refused(store: Store) -> None:
    phone = Phone(store, prescriber())
    phone.create("person", "person-1", **person())
    phone.lseq = 0
    assert problem_of(phone.create("person", "person-2", **person())) == "lseq-reused"
    assert len(quarantine(store)) == 1
