import pytest

from tests.ml.artifact.phone import Phone, present
from tests.system.conftest import need


@pytest.fixture(scope="session")
def node_is_here():
    """Skips, or fails where everything is required, without Node and the app's packages."""
    need(present(), "Node or the app's packages")


@pytest.fixture
def phone(node_is_here, tmp_path):
    """The phone's engine, without a job yet."""
    return Phone(tmp_path / "phone")
