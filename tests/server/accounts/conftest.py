import pytest

from tests.server.accounts.doorway import Doorway, make_doorway


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def doorway(request: pytest.FixtureRequest) -> Doorway:
    return make_doorway(request.getfixturevalue(f"{request.param}_url"))
