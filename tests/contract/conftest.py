from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.storage.memory import MemoryStore
from tests.contract.stage import Stage

MakeStage = Callable[[dict[str, Any]], Stage]


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def make_stage(request: pytest.FixtureRequest, tmp_path: Path) -> MakeStage:
    """Makes the same server on each store in turn, with what a test gives it."""
    return _stage_maker(request, tmp_path)


@pytest.fixture(params=["memory", *(pytest.param(name, marks=pytest.mark.slow) for name in ("sqlite", "postgres"))])
def make_old_stage(request: pytest.FixtureRequest, tmp_path: Path) -> MakeStage:
    """The same, where the inner loop has no time for the databases."""
    return _stage_maker(request, tmp_path)


def _stage_maker(request: pytest.FixtureRequest, tmp_path: Path) -> MakeStage:
    database = "postgres" if request.param == "postgres" else "sqlite"
    store = MemoryStore() if request.param == "memory" else None
    url = request.getfixturevalue(f"{database}_url")
    return lambda given: Stage(tmp_path, url, store, given)


@pytest.fixture
def make_memory_stage(tmp_path: Path, sqlite_url: str) -> MakeStage:
    """Makes a server whose records are in memory, for tests of many steps."""
    return lambda given: Stage(tmp_path, sqlite_url, MemoryStore(), given)
