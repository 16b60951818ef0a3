"""The camera itself: each kind of fault, planted on a page, is found."""

from pathlib import Path

import pytest

from tests.system.camera import AXE, Camera
from tests.system.conftest import need
from tests.system.phone import find_chromium, phones

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

PAGE = """<!doctype html><html lang="en"><title>A page</title><style>%s</style>
<main><h1>A page</h1><p id="it">Some words to read</p></main>"""

FAULTS = {
    "too pale to read": "p { color: #ccc; background: #fff; }",
    "at 320 px": "#it { width: 340px; }",
    "with text of 200 %": "#it { inline-size: 14rem; }",
    "from right to left": "[dir=rtl] #it { margin-left: -60px; }",
    "in the dark": "@media (prefers-color-scheme: dark) { p { color: #555; background: #444; } }",
}


def test_a_planted_fault_is_found_and_a_sound_page_passes(tmp_path: Path) -> None:
    need(find_chromium() is not None, "Chromium")
    need(AXE.exists(), "axe-core")
    (tmp_path / "app").mkdir()
    with phones(tmp_path / "phones", (tmp_path / "app").as_uri()) as shop:
        camera = Camera(shop.new("camera"))
        for n, (name, style) in enumerate({"sound": "", **FAULTS}.items()):
            (tmp_path / "app" / f"{n}.html").write_text(PAGE % style)
            if n == 0:
                camera.phone.open("/0.html")
            else:
                camera.page.goto(f"{camera.phone.url}/{n}.html")
            camera.shot(name)
    assert [line for line in camera.found if line.startswith("sound")] == []
    for name in FAULTS:
        expected = "color-contrast" if name == "too pale to read" else name
        assert any(line.startswith(name) and expected in line for line in camera.found), (name, camera.found)
