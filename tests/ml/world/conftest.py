"""One small world for all tests of this folder."""

from datetime import date
from pathlib import Path

import pytest

from ml.training.world import make_world
from ml.training.world.oracle import Oracle, read_oracle
from ml.training.world.write import read_documents

TODAY = date(2026, 11, 1)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a world of 300 referrals, seed 5."""
    folder = tmp_path_factory.mktemp("world")
    make_world(folder, seed=5, referrals=300, today=TODAY)
    return folder


@pytest.fixture(scope="session")
def documents(world: Path) -> dict[str, dict[str, dict[str, object]]]:
    return read_documents(world)


@pytest.fixture(scope="session")
def truth(world: Path) -> Oracle:
    return read_oracle(world)
