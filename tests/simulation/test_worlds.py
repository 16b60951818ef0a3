"""Seeded worlds break, heal, and keep every promise; `kith simulate` plays thousands more."""

import json
from pathlib import Path

import pytest

from server.simulation.many import Asked, play_many, play_one
from server.simulation.run import Result, play_seed
from server.simulation.stores import Stores
from server.storage.memory import MemoryStore
from server.storage.sql import SqlStore

REGRESSIONS = json.loads((Path(__file__).parent / "regressions.json").read_text())["seeds"]


def told(result: Result) -> str:
    return f"seed {result.seed}: {result.promise}: {result.detail}\n" + "\n".join(result.trace)


@pytest.mark.parametrize("seed", range(8))
def test_a_world_in_memory_keeps_every_promise(seed: int) -> None:
    result = play_seed(seed, MemoryStore())
    assert result.promise == "", told(result)


@pytest.mark.parametrize("seed", [one["seed"] for one in REGRESSIONS])
def test_what_once_broke_a_promise_breaks_none(seed: int) -> None:
    result = play_seed(seed, MemoryStore())
    assert result.promise == "", told(result)


def test_a_seed_gives_the_same_world_every_time() -> None:
    first, second = play_seed(5, MemoryStore()), play_seed(5, MemoryStore())
    assert first.transcript
    assert first.transcript == second.transcript


def test_sqlite_answers_every_request_as_memory_does(sqlite_store: SqlStore) -> None:
    on_sqlite, in_memory = play_seed(3, sqlite_store), play_seed(3, MemoryStore())
    assert on_sqlite.promise == "", told(on_sqlite)
    assert on_sqlite.transcript == in_memory.transcript


@pytest.mark.slow
def test_many_worlds_on_sqlite_keep_every_promise() -> None:
    broken: list[Result] = []
    play_many(Asked(10_000, 150, "sqlite", jobs=2), lambda result: broken.append(result) if result.promise else None)
    assert not broken, told(broken[0])


@pytest.mark.slow
def test_worlds_on_postgres_keep_every_promise_and_answer_as_memory_does(postgres_url: str) -> None:
    stores = Stores("postgresql", postgres_url)
    try:
        for seed in range(20_000, 20_020):
            result = play_one(seed, stores, compare=1)
            assert result.promise == "", told(result)
    finally:
        stores.close()
