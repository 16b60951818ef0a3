"""SNAPSHOT-PLUS-TAIL: a snapshot and what came after it are what a full pull gives."""

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from server.storage.memory import MemoryStore
from server.storage.shelf import FileShelf
from server.storage.sql import SqlStore
from server.sync.door import Put
from server.sync.model import Key, Pull, RefusedError
from server.sync.ports import Store
from server.sync.pull import pull
from server.sync.snapshot import Beginning, Kept, build
from tests.builders import SEAL, TEAM, TENANT, Phone, door, person, prescriber
from tests.promises.racing import together
from tests.promises.shelves import build_one, everything, lines_of, load, pull_all

OTHER = "caseload:team-b"
BOTH = (TEAM, OTHER)


def stir(store: Store, chance: random.Random, steps: int) -> None:
    """Write, move and delete people of two teams at random, a few in one transaction."""
    done = 0
    while done < steps:
        some = [f"p{number:02d}" for number in chance.sample(range(40), chance.randrange(1, 6))]
        done += len(some)
        if chance.random() < 0.2:
            door(store).remove([Key("person", name) for name in some])
        else:
            teams = [chance.choice(("team-a", "team-b")) for _ in some]
            named = person(given_name=f"N{chance.randrange(99)}")
            door(store).write(
                Put("person", name, named | {"team_id": team}) for name, team in zip(some, teams, strict=True)
            )


@pytest.mark.parametrize("seed", range(2))
def test_a_snapshot_and_its_tail_are_a_full_pull(store: Store, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    phone, held = Phone(store, prescriber(scopes=BOTH)), {}
    taken = []
    for scope in BOTH:  # at two places of the feed, between which records leave one scope for the other
        stir(store, chance, 25)
        taken.append(build_one(store, tmp_path, scope))
    stir(store, chance, 15)
    for snapshot in chance.sample(taken, len(taken)):
        load(held, lines_of(tmp_path, snapshot)[1])
    pull_all(phone, held, snapshots=tuple(snapshot.sha256 for snapshot in taken))
    assert held == everything(phone)


@pytest.mark.parametrize("seed", range(2))
def test_a_scope_that_is_gained_comes_by_snapshot_while_others_keep_their_place(
    store: Store, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    phone, held = Phone(store, prescriber()), {}
    stir(store, chance, 40)
    pull_all(phone, held)
    snapshot = build_one(store, tmp_path, OTHER)
    stir(store, chance, 15)
    pull_all(phone, held)
    phone.principal = prescriber(scopes=BOTH)
    load(held, lines_of(tmp_path, snapshot)[1])
    pages = pull_all(phone, held, snapshots=(snapshot.sha256,))
    assert held == everything(phone)
    assert sum(len(page.rows) for page in pages) <= 20, "only the tail travels"


def test_the_rows_of_a_snapshot_are_those_of_a_page(store: Store, tmp_path: Path) -> None:
    stir(store, random.Random(1), 30)
    snapshot = build_one(store, tmp_path, TEAM)
    header, rows = lines_of(tmp_path, snapshot)
    fresh = everything(Phone(store, prescriber()))
    assert {row.key: row for row in rows} == fresh
    assert [row.version for row in rows] == sorted(row.version for row in rows)
    assert (header["tenant"], header["scope"], header["schema"]) == (TENANT, TEAM, 2)


def test_an_unchanged_scope_is_packed_once(store: Store, tmp_path: Path) -> None:
    stir(store, random.Random(1), 10)
    first = build_one(store, tmp_path, TEAM)
    door(store).write([Put("person", "x", person("team-b"))])
    assert build_one(store, tmp_path, TEAM) == first
    door(store).write([Put("person", "y", person("team-a"))])
    assert build_one(store, tmp_path, TEAM).seq > first.seq


def refusal(phone: Phone, *sha256s: str) -> str:
    with pytest.raises(RefusedError) as refused:
        pull(Pull(phone.cursor, snapshots=sha256s), phone.principal, store=phone.store, seal=SEAL)
    return refused.value.problem.slug


def test_snapshots_unknown_not_granted_of_lost_history_or_too_old_are_refused_alike(
    store: Store, tmp_path: Path
) -> None:
    stir(store, random.Random(1), 10)
    snapshot = build_one(store, tmp_path, TEAM)
    door(store).remove([Key("person", f"p{number:02d}") for number in range(40)])
    phone, stranger = Phone(store, prescriber()), Phone(store, prescriber("phone-b", (OTHER,)))
    assert refusal(phone, "0" * 64) == refusal(stranger, snapshot.sha256) == "snapshot-expired"
    store.raise_floor(TENANT, snapshot.seq + 1)  # type: ignore[attr-defined] # every store of ours has it
    assert refusal(phone, snapshot.sha256) == "snapshot-expired"
    store.new_epoch(TENANT)  # type: ignore[attr-defined] # as above
    assert refusal(phone, snapshot.sha256) == "snapshot-expired"


def test_a_repeated_pull_after_loading_gives_the_same_page(memory: MemoryStore, tmp_path: Path) -> None:
    stir(memory, random.Random(1), 20)
    snapshot = build_one(memory, tmp_path, TEAM)
    stir(memory, random.Random(2), 20)
    request = Pull(None, 500, snapshots=(snapshot.sha256,))
    pages = [pull(request, prescriber(), store=memory, seal=SEAL) for _ in range(2)]
    assert pages[0] == pages[1]


@pytest.mark.slow
def test_snapshots_taken_while_others_write_miss_nothing(sql_store: SqlStore, tmp_path: Path) -> None:
    """Writers write, delete and move while snapshots are packed; whichever is loaded, the tail makes it whole."""
    stir(sql_store, random.Random(1), 20)

    def write(seed: int) -> None:
        stir(sql_store, random.Random(seed), 40)

    def pack() -> list[str]:
        return [build_one(sql_store, tmp_path, TEAM).sha256 for _ in range(8)]

    *_, names = together([*(lambda seed=seed: write(seed) for seed in range(4)), pack])
    for name in set(names):
        phone, held = Phone(sql_store, prescriber()), {}
        with sql_store.read(TENANT) as view:
            (snapshot,) = view.snapshots_named([name])
        load(held, lines_of(tmp_path, snapshot)[1])
        pull_all(phone, held, snapshots=(name,))
        assert held == everything(phone)


@pytest.mark.slow
def test_who_is_erased_while_a_snapshot_is_packed_is_in_none(store: Store, tmp_path: Path) -> None:
    door(store).write([Put("person", "p", person(given_name="Quillfeather")), Put("person", "q", person())])

    class Slow(FileShelf):
        """Somebody is erased after the rows were read, and before the file is listed."""

        def keep(self, head: Beginning, rows: Iterable[bytes]) -> Kept:
            kept = super().keep(head, rows)
            door(store).erase([Key("person", "p")])
            return kept

    made, _ = build(store, Slow(tmp_path), TENANT, TEAM, 3)  # type: ignore[arg-type] # every store of ours shelves
    assert [row.id for row in lines_of(tmp_path, made)[1]] == ["q"]
    with store.read(TENANT) as view:
        assert [one.sha256 for one in view.snapshots(None)] == [made.sha256]
    assert [path.name for path in tmp_path.rglob("*.gz")] == [FileShelf(tmp_path).path(made.sha256).name]
