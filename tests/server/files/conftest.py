import itertools
import shutil
from pathlib import Path

import pytest

from tests.server.api.conftest import any_house as any_house
from tests.server.api.conftest import house as house
from tests.server.api.house import House, make_house
from tests.server.files.sender import Sender, furnish

_NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Sender:
    """A prescriber's phone in a team with a person and a consent, for a whole module of tests."""
    folder = tmp_path_factory.mktemp("files")
    shutil.copy(_migrated_sqlite, folder / "kith.db")
    house = make_house(folder, f"sqlite:///{folder / 'kith.db'}")
    house.add()
    furnish(house)
    return Sender(house.phone())


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
