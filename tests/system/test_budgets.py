"""What the app may weigh, as it goes over the wire from a real server to a real browser."""

import re
import urllib.request
from pathlib import Path

import pytest

from tests.system.conftest import need
from tests.system.phone import PhoneShop
from tests.system.server import ROOT, Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

KB = 1000
ASSETS = ROOT / "app" / "dist" / "assets"
#: Loaded only by somebody who opens the map, and only by those who read another language than English.
APART = re.compile(r"^((map|leaflet)[\w-]*|pl-[\w-]{8})\.js$")


def on_the_wire(server: Server, path: str) -> int:
    asked = urllib.request.Request(server.url + path, headers={"Accept-Encoding": "br, gzip"})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return len(answer.read())


def test_the_scripts_of_the_whole_app_but_for_the_map_are_at_most_200_kb_compressed(server: Server) -> None:
    scripts = [path for path in sorted(ASSETS.glob("*.js")) if not APART.match(path.name)]
    weights = {path.name: on_the_wire(server, f"/assets/{path.name}") for path in scripts}
    print(sum(weights.values()), weights)
    assert sum(weights.values()) <= 200 * KB


def test_the_style_sheets_are_at_most_30_kb_compressed(server: Server) -> None:
    assert sum(on_the_wire(server, f"/assets/{path.name}") for path in ASSETS.glob("*.css")) <= 30 * KB


def test_the_first_screen_asks_for_little_and_for_nothing_from_elsewhere(shop: PhoneShop) -> None:
    phone = shop.new("first")
    page = phone.open()
    page.get_by_label("Username").wait_for()
    loaded = page.evaluate(
        "performance.getEntriesByType('resource').map((one) => [one.name, one.encodedBodySize, one.initiatorType])"
    )
    assert sum(size for name, size, _ in loaded if name.endswith(".js")) <= 130 * KB
    assert len([name for name, *_ in loaded if not name.endswith((".png", ".svg", ".webmanifest"))]) <= 12
    assert phone.foreign == []


def test_nothing_that_is_drawn_first_waits_for_a_second_origin_or_an_inline_script() -> None:
    need((ROOT / "app" / "dist" / "index.html").exists(), "the built app")
    page = Path(ROOT / "app" / "dist" / "index.html").read_text()
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", page) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert " style=" not in page
