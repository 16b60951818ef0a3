"""A phone with somebody who looks at each screen: pictures it, lets axe look at it, and sees whether it still fits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from tests.system.forced import what_is_lost
from tests.system.people import type_sign_in
from tests.system.phone import HEIGHT, WIDTH, Phone
from tests.system.server import ROOT

AXE = ROOT / "app" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 320
DESKTOP = ViewportSize(width=1280, height=800)
_RUN_AXE = """
async (only) => (await axe.run(document, {runOnly: only})).violations.map(
  (one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`)
"""
#: What reaches over the side of the window; what scrolls in a box of its own is meant to.
_OVER_THE_SIDE = """
() => {
  const wide = document.documentElement.clientWidth;
  const scrolls = (one) => one && one !== document.body
    && (["auto", "scroll"].includes(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  const main = document.querySelector("main");
  const page = Math.max(document.documentElement.scrollWidth - wide, main ? main.scrollWidth - main.clientWidth : 0);
  if (page <= 1) return [];
  return [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    if (box.width === 0 || one.closest(".nhsuk-u-visually-hidden, .nhsuk-skip-link, svg")) return false;
    return (box.right > wide + 1 || box.left < -1) && !scrolls(one.parentElement === main ? null : one.parentElement);
  }).slice(0, 3).map((one) => one.outerHTML.slice(0, 160));
}
"""


def violations(page: Page, *, only: object = None) -> list[str]:
    """Say what axe finds on the page as it now is, one line a rule."""
    page.evaluate("(source) => { if (!window.axe) (0, eval)(source); }", AXE.read_text())
    found: list[str] = page.evaluate(_RUN_AXE, only or RULES)
    return found


@dataclass(slots=True)
class Camera:
    """One person's phone and what was found on its screens; pictures go to `folder` when there is one."""

    phone: Phone
    folder: Path | None = None
    found: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.phone.page

    def shot(self, name: str) -> None:
        """Picture the screen; see it by WCAG 2.2 AA, 320 px, text of 200 %, right to left, dark, forced colours."""
        assert name not in self.taken, f"two pictures are called {name}"
        self.taken.append(name)
        self.settle()
        if self.folder:
            self.page.screenshot(path=str(self.folder / f"{name}.png"))
        self._note(name, violations(self.page))
        self._note(f"{name} at 320 px", self._over_the_side(width=NARROW))
        self._note(f"{name} with text of 200 %", self._over_the_side(text="200%"))
        self._note(f"{name} from right to left", self._over_the_side(direction="rtl"))
        with self.dark():
            self._note(f"{name} in the dark", violations(self.page, only=["color-contrast"]))
            self._note(f"{name} in forced colours", what_is_lost(self.page))

    def desktop(self, name: str) -> None:
        """Picture the screen as it is in a wide window, and look at it there."""
        self.page.set_viewport_size(DESKTOP)
        try:
            self.settle()
            if self.folder:
                self.page.screenshot(path=str(self.folder / f"{name}-desktop.png"))
            self._note(f"{name} in a wide window", violations(self.page) + self.page.evaluate(_OVER_THE_SIDE))
        finally:
            self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})

    @contextmanager
    def dark(self) -> Iterator[None]:
        """See the page in dark colours for a while."""
        self.page.emulate_media(color_scheme="dark")
        try:
            yield
        finally:
            self.page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")

    def settle(self) -> None:
        """Wait until what was asked for is drawn: fonts are there and two frames have passed."""
        self.page.evaluate(
            "async () => { await document.fonts.ready;"
            " for (let n = 0; n < 3; n += 1) await new Promise((done) => requestAnimationFrame(done)); }"
        )

    def _over_the_side(self, *, width: int = WIDTH, text: str = "", direction: str = "") -> list[str]:
        dress = "([size, way]) => { Object.assign(document.documentElement, {dir: way}).style.fontSize = size; }"
        usual = self.page.evaluate("document.documentElement.dir")
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.evaluate(dress, [text, direction or usual])
        try:
            found: list[str] = self.page.evaluate(_OVER_THE_SIDE)
        finally:
            self.page.evaluate(dress, ["", usual])
            self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        return found

    def _note(self, where: str, findings: list[str]) -> None:
        self.found.extend(f"{where}: {line}" for line in findings)

    def goto(self, path: str) -> None:
        """Open a screen by its address, as a link would."""
        self.page.evaluate("(path) => { location.hash = '#/' + path; }", path)
        self._drawn()

    def tab(self, name: str) -> None:
        """Go to one of the tabs at the bottom."""
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()
        self._drawn()

    def press(self, name: str) -> None:
        """Press the button of that name."""
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        """Follow the first link of that name in the page."""
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()
        self._drawn()

    def first_row(self) -> None:
        """Open the first line of the list."""
        self.page.locator("main .kith-list a").first.click()
        self._drawn()

    def _drawn(self) -> None:
        """Wait until the page that was left is off the screen: what stands on both would be read on the wrong one."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")

    def expect(self, heading: str) -> None:
        """Wait for the page with this heading."""
        self.page.get_by_role("heading", level=1, name=heading).wait_for()

    def check(self, *labels: str) -> None:
        """Tick the boxes, or choose the answers, of these names."""
        for label in labels:
            self.page.get_by_label(label).first.check()

    def all_sent(self) -> None:
        """Wait until the server has answered to all that was saved."""
        self.goto("sync")
        self.page.get_by_text("Everything is sent.").wait_for()

    def sign_in(self, account: dict[str, str]) -> None:
        """Sign in and wait until the records have come."""
        type_sign_in(self.page, account["username"], account["password"])
        self.expect("Hello")
        self.tab("Sync")
        self.page.get_by_text("Last synced").wait_for()
        self.tab("Home")
        self.expect("Hello")
