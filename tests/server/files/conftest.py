import itertools
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import Cluster
from tests.server.api.conftest import any_house as any_house
from tests.server.api.house import House, make_house
from tests.server.files.sender import Sender, furnish

_NUMBERS = itertools.count()
_DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.slow)]


@pytest.fixture(scope="module", params=_DATABASES)
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path
) -> Iterator[Sender]:
    """A prescriber's phone in a team with a person and a consent, for a whole module of tests, on each database."""
    folder = tmp_path_factory.mktemp("files")
    with ExitStack() as stack:
        url = f"sqlite:///{shutil.copy(_migrated_sqlite, folder / 'kith.db')}"
        if request.param == "postgres":
            cluster: Cluster = request.getfixturevalue("cluster")
            url = stack.enter_context(cluster.database())
        house = make_house(folder, url)
        stack.callback(house.close)
        house.add()
        furnish(house)
        yield Sender(house.phone())


@pytest.fixture
def sender(shared: Sender) -> Sender:
    """The phone with a fresh id for a record."""
    shared.record = f"r{next(_NUMBERS)}"
    return shared


@pytest.fixture
def any_sender(any_house: House) -> Sender:
    """Such a phone on each store."""
    any_house.add()
    furnish(any_house)
    return Sender(any_house.phone())


@pytest.fixture(params=_DATABASES)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """An empty server on each database."""
    house = make_house(tmp_path, request.getfixturevalue(f"{request.param}_url"))
    yield house
    house.close()
