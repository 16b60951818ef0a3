"""OLD-CURSOR-410, never wrong data; RESYNC-KEEPS-OUTBOX."""

import random

import pytest

from server.sync.door import Put
from server.sync.model import Key, Outcome, Pull
from server.sync.ports import Store
from server.sync.pull import pull
from tests.builders import SEAL, TEAM, TENANT, Phone, door, person, prescriber
from tests.promises.shelves import everything, pull_all, refused
from tests.promises.test_13_compact_equiv import collect
from tests.promises.test_15_snapshot_plus_tail import BOTH, stir
from tests.server.sync.test_pull import people, problem_of


def test_after_a_restore_old_cursors_are_refused(store: Store) -> None:
    people(store, 1)
    cursor = Phone(store, prescriber()).pull().cursor
    store.new_epoch(TENANT)  # type: ignore[attr-defined] # every store of ours has it; the core does not need it
    assert problem_of(store, cursor) == "epoch-changed"


def test_a_cursor_from_before_tombstones_were_cleared_is_refused(store: Store) -> None:
    people(store, 3)
    phone = Phone(store, prescriber())
    early = phone.pull(limit=1).cursor
    late = phone.pull().cursor
    people(store, 2, start=10)
    store.raise_floor(TENANT, 3)  # type: ignore[attr-defined] # as new_epoch
    assert pull(Pull(late), prescriber(), store=store, seal=SEAL).consistent
    assert pull(Pull(early), prescriber(), store=store, seal=SEAL).consistent  # it began at 3, so it lacks nothing
    store.raise_floor(TENANT, 4)  # type: ignore[attr-defined] # as new_epoch
    assert problem_of(store, late) == "cursor-expired"


def test_a_place_beyond_the_head_is_from_another_history(store: Store) -> None:
    people(store, 1)
    with store.read(TENANT) as view:
        epoch = view.head().epoch
    token = SEAL.seal({"t": TENANT, "d": "phone-a", "e": epoch, "s": {TEAM: [99, 0]}})
    assert problem_of(store, token) == "epoch-changed"


@pytest.mark.parametrize("seed", range(2))
def test_a_cursor_of_any_age_is_either_refused_or_leads_to_the_truth(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    phone, held = Phone(store, prescriber(scopes=BOTH)), {}
    older = []
    for _ in range(6):
        stir(store, chance, 10)
        pull_all(phone, held, limit=3)
        older.append((phone.cursor, dict(held)))
        if chance.random() < 0.5:
            collect(store)
    truth = everything(phone)
    ends = [refused(Phone(store, phone.principal, cursor=cursor), then) for cursor, then in older]
    assert set(ends) <= {"", "cursor-expired"}
    assert all(then == truth for end, (_, then) in zip(ends, older, strict=True) if not end)
    assert ends[-1] == "", "the newest is good"


def test_a_phone_that_must_begin_again_keeps_its_outbox_and_loses_nothing(store: Store) -> None:
    people(store, 4)
    phone, held = Phone(store, prescriber()), {}
    pull_all(phone, held)
    waiting = [
        phone.mutation("patch", "person", "person-001", 2, set={"phone": "0123"}),
        phone.mutation("create", "person", "mine", set=person()),
    ]
    door(store).remove([Key("person", "person-000")])
    door(store).write([Put("person", "person-002", person("team-b"))])
    collect(store)
    assert problem_of(store, phone.cursor or "") == "cursor-expired"
    phone.cursor = None
    held.clear()
    pull_all(phone, held)
    assert {receipt.outcome for receipt in phone.push(*waiting).results} == {Outcome.APPLIED}
    pull_all(phone, held)
    assert held == everything(phone)
    assert {key.id for key in held} == {"person-001", "person-003", "mine"}
