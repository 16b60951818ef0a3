"""COMPACT-EQUIV: clearing away old traces changes nothing that any phone ends up with."""

import random
from datetime import date, timedelta

import pytest

from server.storage.sql import SqlStore
from server.sync.compaction import compact, floor_before
from server.sync.door import Put
from server.sync.model import Key, Op
from server.sync.ports import Store
from server.sync.verify import Sums
from tests.builders import NOW, TEAM, TENANT, Phone, door, person, prescriber
from tests.promises.racing import together
from tests.promises.shelves import ask, everything, pull_all, refused, told
from tests.promises.test_15_snapshot_plus_tail import BOTH, stir

HALF_A_YEAR = timedelta(days=180)


def collect(store: Store, older_than: timedelta = timedelta()) -> int:
    return compact(store, TENANT, NOW, older_than).collected  # type: ignore[arg-type] # every store of ours can be


def traces(store: Store, *scopes: str) -> list[Op]:
    with store.read(TENANT) as view:
        return [row.op for row in view.changes(scopes, 0, 999, 0).rows if row.op is not Op.PUT]


@pytest.mark.parametrize("seed", range(2))
def test_phones_end_up_alike_with_and_without_compaction(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    phone, held = Phone(store, prescriber(scopes=BOTH)), {}
    for _ in range(4):
        stir(store, chance, 20)
        pull_all(phone, held)
        before = everything(phone)
        collect(store)
        assert traces(store, *BOTH) == []
        assert held == before == everything(phone)
    stir(store, chance, 20)
    pull_all(phone, held)
    assert held == everything(phone)


def test_nothing_that_is_live_is_ever_collected(store: Store) -> None:
    stir(store, random.Random(3), 60)
    live = everything(Phone(store, prescriber(scopes=BOTH)))
    assert collect(store) > 0
    assert collect(store) == 0
    assert everything(Phone(store, prescriber(scopes=BOTH))) == live
    with store.read(TENANT) as view:
        assert {stored.key for stored in view.of_kind("person")} == live.keys()


def test_only_what_is_old_enough_goes(store: Store) -> None:
    door(store).write([Put("person", name, person()) for name in ("old", "young")])
    door(store).remove([Key("person", "old")])
    store.note_day(TENANT, (NOW - timedelta(days=181)).date().isoformat())  # type: ignore[attr-defined] # ours have it
    door(store).remove([Key("person", "young")])
    assert collect(store, HALF_A_YEAR) == 1
    with store.read(TENANT) as view:
        assert [row.id for row in view.changes([TEAM], 0, 9, 0).rows] == ["young"]
        assert view.head().floor == 3


def test_what_a_scope_held_before_traces_were_cleared_away_is_not_taken_for_what_it_holds(store: Store) -> None:
    door(store).write([Put("person", name, person()) for name in ("first", "last")])
    phone, held, sums = Phone(store, prescriber()), {}, Sums()
    pull_all(phone, held)
    assert ask(phone, {TEAM: told(held.values())}, sums).mismatched == ()
    door(store).remove([Key("person", "first")])
    pull_all(phone, held)
    collect(store)
    assert ask(phone, {TEAM: told(held.values())}, sums).mismatched == ()


def test_an_edit_of_what_was_deleted_long_ago_still_meets_its_deletion(store: Store) -> None:
    door(store).write([Put("person", "ada", person())])
    phone = Phone(store, prescriber())
    phone.pull()
    edit = phone.mutation("patch", "person", "ada", 1, set={"phone": "0123"})
    door(store).remove([Key("person", "ada")])
    collect(store)
    (receipt,) = phone.push(edit).results
    assert receipt.outcome in ("conflict", "rejected")
    with store.read(TENANT) as view:
        assert view.records([Key("person", "ada")])[Key("person", "ada")].deleted


def test_a_repeat_gets_its_first_receipt_after_compaction_too(store: Store) -> None:
    phone = Phone(store, prescriber())
    made = phone.mutation("create", "person", "ada", set=person())
    first = phone.push(made)
    phone.delete("person", "ada", 1)
    collect(store)
    assert phone.push(made).results == first.results


def test_days_tell_where_the_floor_may_be() -> None:
    days = {"2026-05-01": 10, "2026-05-20": 40, "2026-06-01": 90}
    assert [floor_before(days, day) for day in ("2026-05-01", "2026-05-02", "2026-06-01", "2027-01-01")] == [
        0, 10, 40, 90,
    ]  # fmt: skip


def test_a_day_noted_by_a_clock_gone_wrong_raises_no_floor_too_far() -> None:
    days = {"1970-01-01": 5_000, "2026-05-01": 10, "2026-05-20": 40}
    assert floor_before(days, "2026-05-10") == 10
    assert floor_before({}, date.max.isoformat()) == 0


@pytest.mark.slow
def test_compaction_beside_writers_and_a_puller_skips_nothing_and_deletes_nothing_live(sql_store: SqlStore) -> None:
    phone, held = Phone(sql_store, prescriber(scopes=BOTH)), {}

    def gather() -> None:
        for _ in range(15):
            if refused(phone, held) == "cursor-expired":  # overtaken by the floor: begin again, as a phone does
                phone.cursor = None
                held.clear()

    def clear() -> None:
        for _ in range(15):
            with sql_store.read(TENANT) as view:
                floor = max(0, view.head().seq - 30)  # as old as no running pull is
            sql_store.raise_floor(TENANT, floor)
            sql_store.collect(TENANT, floor, 3)

    together([*(lambda seed=seed: stir(sql_store, random.Random(seed), 50) for seed in range(3)), gather, clear])
    gather()
    assert held == everything(phone)
