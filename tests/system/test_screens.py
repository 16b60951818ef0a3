"""Every screen, walked through on real phones: axe finds nothing on any of them."""

from pathlib import Path

import pytest

from tests.system.conftest import need
from tests.system.phone import find_chromium
from tests.system.screens import AXE, walk
from tests.system.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_axe_finds_nothing_on_any_screen(server: Server, tmp_path: Path) -> None:
    need(find_chromium() is not None, "Chromium")
    need(AXE.exists(), "axe-core")
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    assert walk(server, tmp_path, pictures, keep_all=True) == []
    assert len(list(pictures.glob("*.png"))) >= 30
