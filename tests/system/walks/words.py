"""Language, size of text, colours: the same app in Polish, from right to left, in the dark, in forced colours."""

import json

from playwright.sync_api import expect

from tests.system.camera import NARROW, Camera
from tests.system.people import PIN
from tests.system.phone import HEIGHT
from tests.system.studio import Studio

#: The tabs whose words break.
BROKEN = """() => [...document.querySelectorAll("nav.kith-tabs a")].filter((one) => {
  const words = document.createRange();
  words.selectNodeContents(one.lastChild);
  return words.getClientRects().length > 1;
}).map((one) => one.textContent)"""
CHOSEN = "(look) => localStorage.setItem('kith-look', look)"


def walk(studio: Studio) -> None:
    """A prescriber's main screens in every look, and what the others find who have little to do on a phone."""
    camera = studio.fresh("prescriber")
    sign_in_in_polish(camera)
    camera.sign_in(studio.server.sign_ins()["prescriber"])
    settings(camera)
    in_polish(camera)
    from_right_to_left(camera)
    in_forced_colours(camera)
    commissioner = studio.camera("commissioner")
    commissioner.shot("words-welcome")


def sign_in_in_polish(camera: Camera) -> None:
    """The language is offered before anybody has signed in."""
    camera.press("Polski")
    camera.expect("Zaloguj się")
    camera.shot("words-sign-in-polish")
    camera.press("English")
    camera.expect("Sign in")


def settings(camera: Camera) -> None:
    """Each choice holds at once, and stays on the phone."""
    camera.tab("More")
    camera.shot("words-more")
    camera.follow("Language and look")
    camera.expect("Language and look")
    camera.shot("words-settings")
    camera.check("Largest", "Dark")
    assert camera.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    camera.shot("words-settings-large-and-dark")
    camera.check("Usual", "Polski")
    camera.expect("Język i wygląd")
    expect(camera.page.get_by_label("Polski")).to_be_focused()


def in_polish(camera: Camera) -> None:
    """Everything is said in Polish, in the dark, also after the app was closed."""
    reopened(camera, "more", language="pl", size="100", colours="dark")
    camera.expect("Więcej")
    assert camera.page.locator("html").get_attribute("lang") == "pl"
    shots = {"": "Dzień dobry", "people": "Osoby"}
    for path, heading in shots.items():
        camera.goto(path)
        camera.expect(heading)
        camera.shot(f"words-polish-{path or 'home'}")


def tabs_in_polish(camera: Camera, path: str, heading: str) -> None:
    """Say so if the words of a tab take two lines, on a narrow phone, where they stand bold."""
    camera.goto("settings")
    camera.check("Polski")
    camera.expect("Język i wygląd")
    camera.goto(path)
    camera.expect(heading)
    camera.page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    camera.found.extend(f"in two lines among the tabs: {words}" for words in camera.page.evaluate(BROKEN))


def from_right_to_left(camera: Camera) -> None:
    """A language that runs from right to left turns every screen round, and its longer words still fit."""
    reopened(camera, "settings", language="en-XB", size="100", colours="phone")
    camera.page.locator("html[dir=rtl] h1").wait_for()
    camera.shot("words-mirrored-settings")
    camera.goto("people")
    camera.page.locator("main .kith-list a").first.wait_for()
    camera.shot("words-mirrored-people")
    first = camera.page.locator("nav a").first.bounding_box()
    assert first is not None
    assert first["x"] > 180, "the first tab stands at the right"


def in_forced_colours(camera: Camera) -> None:
    """See what somebody sees who forces their own colours; what must not be lost, every picture looks for."""
    reopened(camera, "more", language="en", size="100", colours="phone")
    camera.expect("More")
    camera.page.emulate_media(forced_colors="active")
    camera.shot("words-forced-colours")


def reopened(camera: Camera, path: str, **look: str) -> None:
    """Open the app again with a look that was chosen before."""
    camera.goto(path)
    camera.page.evaluate(CHOSEN, json.dumps(look))
    camera.page.reload()
    camera.page.locator("#unlock-pin").fill(PIN)  # its label is in the language of the phone
    camera.page.keyboard.press("Enter")
    camera.page.locator("nav.kith-tabs").wait_for()
