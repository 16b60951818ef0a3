"""Worlds that have run and healed: each promise looks at the same ones. Seeds are named in the tests' names."""

from functools import cache

import pytest

from server.storage.memory import MemoryStore
from server.storage.sql import SqlStore
from tests.promises.world import World

SEEDS = range(12)
SQL_SEEDS = range(100, 103)


@cache
def in_memory(seed: int) -> World:
    """Run a world once, for all promises."""
    return _run(World(MemoryStore(), seed))


def _run(world: World) -> World:
    world.run()
    return world


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed{seed}")
def world(request: pytest.FixtureRequest) -> World:
    """Give a healed world in memory. Tests only look at it."""
    return in_memory(request.param)


@pytest.fixture(params=SQL_SEEDS, ids=lambda seed: f"seed{seed}")
def pair(request: pytest.FixtureRequest, sql_store: SqlStore) -> tuple[World, World]:
    """Give the same world in memory and on a database."""
    return in_memory(request.param), _run(World(sql_store, request.param))
