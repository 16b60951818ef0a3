"""Every screen, walked through on real phones: axe finds nothing on any, each fits, the server takes what they send."""

from pathlib import Path

import pytest

from tests.system.camera import AXE
from tests.system.conftest import need
from tests.system.matrix import pictures_of
from tests.system.phone import find_chromium
from tests.system.refused import MEANT, refused
from tests.system.server import Server
from tests.system.studio import studio
from tests.system.walks import all_walks

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize("name", all_walks())
def test_a_walk_finds_nothing_wrong_on_any_screen(name: str, server: Server, tmp_path: Path) -> None:
    need(find_chromium() is not None, "Chromium")
    need(AXE.exists(), "axe-core")
    with studio(server, tmp_path / "phones") as place:
        all_walks()[name](place)
    assert place.taken
    assert pictures_of(name) - set(place.taken) == set()
    assert place.found == []
    assert refused(server) - MEANT.get(name, set()) == set()
