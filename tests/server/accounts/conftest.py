from pathlib import Path

import pytest

from tests.server.accounts.doorway import Doorway, make_doorway


@pytest.fixture
def doorway(tmp_path: Path) -> Doorway:
    return make_doorway(tmp_path)
