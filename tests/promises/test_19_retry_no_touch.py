"""RETRY-NO-TOUCH: a push that comes again moves no number and changes nothing that is kept."""

import random
from dataclasses import replace

import pytest

from server.sync.ports import Store
from tests.builders import KINDS, TENANT, Phone, person, prescriber, put
from tests.promises.asking import head
from tests.promises.world import contents


def everything(store: Store) -> tuple[int, list[object]]:
    return head(store), [contents(store, kind) for kind in sorted(KINDS)]


@pytest.mark.parametrize("seed", range(4))
def test_sending_again_whatever_was_answered_touches_nothing(store: Store, seed: int) -> None:
    roll = random.Random(seed)
    put(store, "person", "p", person())
    other, phone = Phone(store, prescriber("phone-b")), Phone(store, prescriber())
    other.patch("person", "p", 1, given_name="Grace")
    made = [
        phone.mutation("patch", "person", "p", 1, set={"given_name": "Joan"}),  # a conflict
        phone.mutation("create", "person", "q", set=person()),
        phone.mutation("create", "person", "r", set=person(given_name=7)),  # refused
        phone.mutation("create", "referral", "c", set={"person_id": "later", "team_id": "team-a", "needs": ["money"],
                                                       "received_on": "2026-11-20"}),  # waits
        phone.mutation("delete", "person", "q", 2),
    ]  # fmt: skip
    first = {receipt.mid: receipt for receipt in phone.push(*made).results}
    before = everything(store)
    for _ in range(6):
        again = roll.sample(made, roll.randrange(1, len(made) + 1))
        for receipt in phone.push(*again).results:
            assert replace(receipt, row=None) == replace(first[receipt.mid], row=None)
    assert everything(store) == before


def test_a_whole_world_sent_again_changes_nothing(store: Store) -> None:
    phone = Phone(store, prescriber())
    made = [phone.mutation("create", "person", f"p{number}", set=person()) for number in range(30)]
    phone.push(*made)
    before = everything(store)
    for mutation in made:
        phone.push(mutation)
    assert everything(store) == before
    with store.read(TENANT) as view:
        assert view.acked_lseq("phone-a") == 30
