from pathlib import Path

import pytest

from tests.server.api.house import House, make_house


@pytest.fixture(params=["sqlite", "memory"])
def any_house(request: pytest.FixtureRequest, tmp_path: Path) -> House:
    """The same server on each store that needs no other program."""
    return make_house(tmp_path, request.param)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return make_house(tmp_path)
