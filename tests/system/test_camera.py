"""The camera itself: each kind of fault, planted on a page, is found."""

from pathlib import Path

import pytest

from tests.system.camera import AXE, Camera
from tests.system.conftest import need
from tests.system.phone import find_chromium, phones

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

PAGE = """<!doctype html><html lang="en"><title>A page</title><style>
html { background: #fff; }
button { min-height: 44px; border: 2px solid; background: #00474f; color: #fff; }
[aria-pressed=true] { font-weight: 700; }
input { width: 44px; height: 44px; opacity: 0; }
input + span { border: 2px solid; }
input:checked + span { border-width: 4px; }
svg { width: 24px; fill: currentColor; }
%s</style>
<main><h1>A page</h1><p id="it">Some words to read</p>
<div><button aria-pressed="true" autofocus>Here</button><button>There</button></div>
<label><input type="checkbox" checked><span>Yes</span></label>
<svg viewBox="0 0 9 9" aria-hidden="true"><path d="M0 0h9v9z"/></svg></main>"""

#: Each fault by its name, what plants it, and what must be said of it.
FAULTS = {
    "pale words": ("p { color: #ccc; background: #fff; }", "color-contrast"),
    "small buttons": (
        "button { min-height: 0; height: 16px; width: 16px; padding: 0; font-size: 6px; }",
        "target-size",
    ),
    "a wide line": ("#it { width: 340px; }", "at 320 px"),
    "no room for letters": ("#it { inline-size: 14rem; }", "with text of 200 %"),
    "the wrong way round": ("[dir=rtl] #it { margin-left: -60px; }", "from right to left"),
    "dark on dark": (
        "@media (prefers-color-scheme: dark) { p { color: #555; background: #444; } }",
        "in the dark",
    ),
    "a ground alone": ("button { border: 0; }", "no line about <button"),
    "a pressed colour": (
        "[aria-pressed=true] { font-weight: 400; background: #212b32; }",
        "aria-pressed is told by colour",
    ),
    "a checked colour": (
        "input:checked + span { border-width: 2px; background: #d9e3e5; }",
        "checked is told by colour",
    ),
    "a dark drawing": ("svg { fill: #00474f; }", "nothing to be seen of <svg"),
    "a glow for a ring": ("button:focus { outline: none; box-shadow: 0 0 0 4px #212b32; }", "no ring about <button"),
    "a slow change": ("button::before { content: ''; transition: opacity 9s; }", "moves all the same: <button"),
    "a thing that turns": (
        "@keyframes turn { to { rotate: 1turn; } } p { animation: turn 9s infinite; }",
        "moves all the same: <p",
    ),
}


def test_a_planted_fault_is_found_and_a_sound_page_passes(tmp_path: Path) -> None:
    need(find_chromium() is not None, "Chromium")
    need(AXE.exists(), "axe-core")
    (tmp_path / "app").mkdir()
    with phones(tmp_path / "phones", (tmp_path / "app").as_uri()) as shop:
        camera = Camera(shop.new("camera"))
        for n, (name, (style, _)) in enumerate({"sound": ("", ""), **FAULTS}.items()):
            (tmp_path / "app" / f"{n}.html").write_text(PAGE % style)
            if n == 0:
                camera.phone.open("/0.html")
            else:
                camera.page.goto(f"{camera.phone.url}/{n}.html")
            camera.shot(name)
    assert [line for line in camera.found if line.startswith("sound")] == []
    for name, (_, said) in FAULTS.items():
        assert any(line.startswith(name) and said in line for line in camera.found), (name, camera.found)
