"""Walk through the app on one phone after another, picture every screen and let axe look at it.

``python -m tests.system.screens [--home FOLDER] [--out FOLDER] [--all]`` makes a demonstration county in a temporary
folder unless it is given one that `kith demo` has prepared; it serves a copy of it, so that the county stays as it
was. Only the pictures that the docs show are kept, unless `--all`.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from tests.system.phone import Phone, phones
from tests.system.server import ROOT, Server, copy_home, free_port

AXE = ROOT / "app" / "node_modules" / "axe-core" / "axe.min.js"
#: The pictures that the docs show.
SHOWN = {
    "home", "refer-needs", "shortlist", "shortlist-not-shown", "referral", "sync-waiting", "conflict", "task-won",
    "task-lost",
}  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN_AXE = """
async (rules) => (await axe.run(document, {runOnly: rules})).violations.map(
  (one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`)
"""


def violations(page: Page) -> list[str]:
    """Say what axe finds on the page as it now is, one line a rule."""
    page.evaluate(AXE.read_text() + "\n;undefined")
    found: list[str] = page.evaluate(_RUN_AXE, RULES)
    return found


@dataclass(slots=True)
class Camera:
    """Pictures of one phone's screens, and what axe found on each."""

    phone: Phone
    folder: Path
    keep_all: bool = False
    found: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.phone.page

    def shot(self, name: str) -> None:
        """Picture the screen as a person sees it, once it is still."""
        self.page.wait_for_timeout(250)
        if self.keep_all or name in SHOWN:
            self.page.screenshot(path=str(self.folder / f"{name}.png"))
        self.found.extend(f"{name}: {line}" for line in violations(self.page))

    def tab(self, name: str) -> None:
        """Go to one of the tabs at the bottom."""
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()

    def press(self, name: str) -> None:
        """Press the button of that name."""
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        """Follow the first link of that name in the page."""
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    def first_row(self) -> None:
        """Open the first line of the list."""
        self.page.locator("main .kith-list a").first.click()

    def expect(self, heading: str) -> None:
        """Wait for the page with this heading."""
        self.page.get_by_role("heading", level=1, name=heading).wait_for()

    def sign_in(self, account: dict[str, str]) -> None:
        """Sign in and wait until the records have come."""
        self.page.get_by_label("Username").fill(account["username"])
        self.page.get_by_label("Password").fill(account["password"])
        self.press("Sign in")
        self.expect("Hello")
        self.tab("Sync")
        self.page.get_by_text("Last synced").wait_for()
        self.tab("Home")
        self.expect("Hello")


def prescriber(camera: Camera) -> None:
    """Caseload, person, note, the pages of a new referral without a signal, shortlist, choice, sync."""
    camera.shot("home")
    camera.tab("People")
    camera.shot("people")
    camera.first_row()
    camera.shot("person")
    camera.follow("Change details")
    camera.expect("Change details")
    camera.shot("person-edit")
    camera.page.go_back()
    camera.follow("Add a note")
    camera.expect("Add a note")
    camera.press("Save note")
    camera.shot("note-error")
    camera.phone.set_offline(True)
    camera.tab("Home")
    camera.follow("New referral")
    _refer(camera)
    _choose(camera)
    camera.tab("Sync")
    camera.shot("sync-waiting")
    camera.phone.set_offline(False)
    camera.page.get_by_text("Everything is sent").wait_for()
    camera.shot("sync-sent")
    camera.follow("Your phones")
    camera.page.get_by_text("This phone").wait_for()
    camera.shot("phones")
    camera.page.go_back()
    camera.follow("Sign out")
    camera.expect("Sign out")
    camera.shot("sign-out")


def _refer(camera: Camera) -> None:
    page = camera.page
    fill: list[tuple[str, str, Callable[[], object]]] = [
        ("who", "Who is this referral for?", lambda: page.get_by_label("Someone new").check()),
        ("name", "What is their name?", lambda: _name(page)),
        ("home-address", "How do we reach them?", lambda: page.get_by_label("Postcode").fill("QE7 1DX")),
        ("matters", "What matters to them?", lambda: page.get_by_label("In their own words").fill("Singing again.")),
        ("needs", "What would help?", lambda: _check(page, "Feeling lonely", "Low mood")),
        ("main-need", "Which matters most?", lambda: _check(page, "Feeling lonely")),
        ("travel", "How do they get about?", lambda: _check(page, "By bus", "Up to 10 km")),
        ("times", "When can they go?", lambda: _check(page, "Tuesday morning", "Wednesday afternoon")),
        ("access", "What do they need to take part?", lambda: _check(page, "Hearing loop")),
        ("kind", "What would suit them?", lambda: _check(page, "Up to £5", "A small group")),
        ("referrer", "Who asked for this?", lambda: _check(page, "The person themselves")),
        ("consent", "What have they agreed to?", lambda: _check(page, "Yes, they agree", "What they need, without")),
    ]
    for name, heading, answer in fill:
        camera.expect(heading)
        answer()
        camera.shot(f"refer-{name}")
        camera.press("Continue")
    camera.expect("Check your answers")
    camera.shot("refer-check")
    camera.press("Save and see the shortlist")


def _name(page: Page) -> None:
    for label, value in {"First": "Winifred", "Last": "Quillfeather", "Day": "7", "Month": "3", "Year": "1951"}.items():
        page.get_by_label(label).fill(value)


def _check(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label).first.check()


def _choose(camera: Camera) -> None:
    camera.expect("Shortlist for")
    camera.page.locator(".kith-slate > li").first.wait_for()
    camera.shot("shortlist")
    camera.page.get_by_role("heading", name="Not shown, and why").scroll_into_view_if_needed()
    camera.page.locator("details").first.click()
    camera.shot("shortlist-not-shown")
    camera.follow("Nothing suitable")
    camera.expect("Nothing suitable")
    camera.shot("nothing-suitable")
    camera.page.go_back()
    camera.page.locator(".kith-slate h2 a").first.click()
    camera.page.get_by_role("button", name="Print this page").wait_for()
    camera.shot("item")
    camera.page.go_back()
    camera.press("Choose")
    camera.expect("Referral for")
    camera.shot("referral")
    camera.follow("Change status")
    camera.expect("Change status")
    camera.shot("status")
    camera.page.go_back()
    camera.expect("Referral for")
    camera.first_row()
    camera.expect("What came of it?")
    camera.shot("placement")


def two_prescribers(first: Camera, second: Camera) -> None:
    """Two phones change one field; the second settles it."""
    first.tab("People")
    first.expect("People")
    name = first.page.locator("main .kith-row__name").nth(2).inner_text()
    for camera, phone in ((first, "01632 960111"), (second, "01632 960222")):
        camera.phone.set_offline(True)
        camera.tab("People")
        camera.page.get_by_label("Search by name").fill(name)
        camera.follow(name)
        camera.expect(name)
        camera.follow("Change details")
        camera.expect("Change details")
        camera.page.get_by_label("Phone number").fill(phone)
        camera.press("Save changes")
        camera.expect(name)
    for camera in (first, second):
        camera.phone.set_offline(False)
        camera.tab("Sync")
        camera.page.get_by_text("Everything is sent").wait_for()
    second.follow("change made twice")
    second.expect("Changes made twice")
    second.shot("conflicts")
    second.first_row()
    second.page.get_by_label("Write something else").check()
    second.shot("conflict")


def two_volunteers(first: Camera, second: Camera) -> None:
    """Two phones claim one task, the second without a signal; one wins, the other is told kindly."""
    first.shot("volunteer-home")
    first.tab("Tasks")
    first.expect("Tasks near you")
    first.shot("tasks")
    first.first_row()
    first.shot("task")
    address = first.page.evaluate("location.hash")
    second.phone.set_offline(True)
    second.page.evaluate("(hash) => { location.hash = hash; }", address)
    second.press("Claim this task")
    second.page.get_by_text("Waiting to hear").wait_for()
    second.shot("task-pending")
    first.press("Claim this task")
    first.page.get_by_role("heading", name="Private details").wait_for()
    first.shot("task-won")
    second.phone.set_offline(False)
    second.page.get_by_role("button", name="See other tasks").wait_for()
    second.shot("task-lost")
    first.follow("It is done")
    first.expect("How long did it take?")
    first.shot("task-done")
    first.tab("My details")
    first.expect("My details")
    first.shot("my-details")


def walk(server: Server, folder: Path, out: Path, *, keep_all: bool = False) -> list[str]:
    """Take every picture; give what axe found."""
    accounts = server.sign_ins()
    cameras: list[Camera] = []
    with phones(folder, server.url) as shop:

        def camera(username: str) -> Camera:
            made = Camera(shop.new(username), out, keep_all)
            cameras.append(made)
            made.phone.open()
            made.expect("Sign in")
            if len(cameras) == 1:
                made.shot("sign-in")
            made.sign_in(accounts[username])
            return made

        prescriber(camera("prescriber"))
        two_prescribers(cameras[0], camera("prescriber2"))
        two_volunteers(camera("volunteer"), camera("volunteer2"))
    return [line for made in cameras for line in (*made.found, *made.phone.errors, *made.phone.foreign)]


def main() -> int:
    """Make the pictures and say what axe found; 1 when it found anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a folder that `kith demo` has prepared")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screens")
    parser.add_argument("--all", action="store_true", help="keep every picture, not only those of the docs")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kith-screens-") as made:
        folder = Path(made)
        server = Server(folder / "home", free_port())
        if arguments.home:
            copy_home(arguments.home, server.home)
        else:
            server.home.mkdir()
            server.kith("demo")
        server.start()
        try:
            found = walk(server, folder / "phones", arguments.out, keep_all=arguments.all)
        finally:
            server.stop()
    sys.stdout.write("\n".join([*found, f"{len(found)} findings; the pictures are in {arguments.out}", ""]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
