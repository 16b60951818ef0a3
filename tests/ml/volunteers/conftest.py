import pytest

from ml.training.tables import Tables
from ml.training.volunteers.dataset import build_volunteers_dataset
from ml.training.volunteers.world import make_volunteers_world


@pytest.fixture(scope="session")
def centre(tmp_path_factory):
    """A made-up centre of 60 volunteers and 100 days."""
    folder = tmp_path_factory.mktemp("centre")
    make_volunteers_world(folder, seed=3, days=100, volunteers=60)
    return folder


@pytest.fixture(scope="session")
def learnable(centre):
    return build_volunteers_dataset(Tables(centre))
