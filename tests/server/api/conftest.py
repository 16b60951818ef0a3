from collections.abc import Iterator
from pathlib import Path

import pytest

from server.storage.memory import MemoryStore
from tests.server.api.house import House, make_house


@pytest.fixture(params=["sqlite", "memory", pytest.param("postgres", marks=pytest.mark.slow)])
def any_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """The same server on each store."""
    database = "postgres" if request.param == "postgres" else "sqlite"
    store = MemoryStore() if request.param == "memory" else None
    house = make_house(tmp_path, request.getfixturevalue(f"{database}_url"), store)
    yield house
    house.close()


@pytest.fixture
def house(tmp_path: Path, sqlite_url: str) -> Iterator[House]:
    house = make_house(tmp_path, sqlite_url)
    yield house
    house.close()
