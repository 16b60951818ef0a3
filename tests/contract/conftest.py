from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from server.storage.memory import MemoryStore
from tests.contract.node import ADAPTERS, MODULES, find_node
from tests.contract.stage import Stage
from tests.system.conftest import need
from tests.system.server import ROOT

MakeStage = Callable[[dict[str, Any]], Stage]


@pytest.fixture(scope="session")
def node() -> str:
    """Node, where the packages are that it is to run."""
    found = find_node()
    need(found is not None, "Node")
    for modules in (MODULES, ADAPTERS / "node_modules"):
        need(modules.is_dir(), f"{modules.relative_to(ROOT)} (make setup-test)")
    return str(found)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def make_stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStage]:
    """Makes the same server on each store in turn, with what a test gives it."""
    yield from _stage_maker(request, tmp_path)


@pytest.fixture(params=["memory", *(pytest.param(name, marks=pytest.mark.slow) for name in ("sqlite", "postgres"))])
def make_old_stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStage]:
    """The same, where the inner loop has no time for the databases."""
    yield from _stage_maker(request, tmp_path)


def _stage_maker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStage]:
    database = "postgres" if request.param == "postgres" else "sqlite"
    store = MemoryStore() if request.param == "memory" else None
    url = request.getfixturevalue(f"{database}_url")
    yield from _closed(lambda given: Stage(tmp_path, url, store, given))


@pytest.fixture
def make_memory_stage(tmp_path: Path, sqlite_url: str) -> Iterator[MakeStage]:
    """Makes a server whose records are in memory, for tests of many steps."""
    yield from _closed(lambda given: Stage(tmp_path, sqlite_url, MemoryStore(), given))


def _closed(make: MakeStage) -> Iterator[MakeStage]:
    """Let a test make stages, and close them after it."""
    with ExitStack() as stack:

        def make_one(given: dict[str, Any]) -> Stage:
            stage = make(given)
            stack.callback(stage.close)
            return stage

        yield make_one
