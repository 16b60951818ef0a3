"""Nobody but a keyboard: every stop of Tab is seen, is covered by nothing, and leads through the day's work."""

from playwright.sync_api import expect

from tests.system.camera import Camera
from tests.system.studio import Studio
from tests.system.walks.words import tabs_in_polish

STOPS = 60
#: A line of a list that is out of sight until somebody scrolls.
FAR_DOWN = 24
SCROLLED = "document.querySelector('main').scrollTop"
#: Says of the focused control whether it can be told from others, and whether it can be seen at all.
#: With forced colours only lines count: grounds and shadows are gone, and every letter has the same colour.
LOOK = """(forced) => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  one.getAnimations().forEach((each) => each.finish());
  const around = [one, one.parentElement, one.nextElementSibling, ...one.children].filter(Boolean);
  const drawn = (as) => as.outlineStyle !== "none" && !/, 0\\)$|^transparent$/.test(as.outlineColor);
  const lines = (as) => [drawn(as) && as.outlineWidth, as.borderWidth, as.borderStyle, as.textDecorationLine];
  const worn = (as) =>
    (forced ? lines(as) : [as.outline, as.boxShadow, as.backgroundColor, as.borderColor, as.color]).join();
  const parts = [null, "::before", "::after"];
  const dress = () => around.flatMap((each) => parts.map((part) => worn(getComputedStyle(each, part)))).join();
  const focused = dress();
  one.blur();
  const marked = dress() !== focused;
  one.focus({preventScroll: true});
  const box = one.getBoundingClientRect();
  const seen = [0.1, 0.5, 0.9].some((part) => {
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part);
    return top && (one.contains(top) || top.contains(one) && top.tagName !== "NAV");
  });
  return {marked, seen, html: one.outerHTML.slice(0, 140), last: one.closest("nav.kith-tabs") !== null};
}"""


def walk(studio: Studio) -> None:
    """Go by Tab through the main screens of a prescriber and a volunteer, and claim a task."""
    prescriber = studio.camera("prescriber")
    for path in ("", "people", "referrals/new", "directory", "sync", "settings", "safety"):
        through(prescriber, path)
    prescriber.goto("people")
    reach(prescriber, "main .kith-list a")
    prescriber.page.keyboard.press("Enter")
    prescriber.page.get_by_role("heading", name="What happened").wait_for()
    through(prescriber, prescriber.page.evaluate("location.hash.slice(2)"))
    back(prescriber)
    volunteer = studio.camera("volunteer")
    for path in ("tasks", "timebank", "me", "roles"):
        through(volunteer, path)
    claim(volunteer)
    tabs_in_polish(volunteer, "timebank", "Bank czasu")


def through(camera: Camera, path: str) -> None:
    """Press Tab from the top of a screen to its tabs, also in forced colours, and note what cannot be seen then."""
    camera.goto(path)
    camera.page.locator("main h1").first.wait_for()
    camera.settle()
    stops(camera, f"#/{path}", forced=False)
    camera.page.emulate_media(color_scheme="dark", forced_colors="active")
    stops(camera, f"#/{path} in forced colours", forced=True)
    camera.page.emulate_media(color_scheme="light", forced_colors="none")


def stops(camera: Camera, where: str, *, forced: bool) -> None:
    """Press Tab from the top of the page that is open to its tabs."""
    camera.page.evaluate("document.querySelector('.nhsuk-skip-link').focus()")
    for number in range(STOPS):
        camera.page.keyboard.press("Tab")
        stop = camera.page.evaluate(LOOK, forced)
        if stop is None or stop["last"]:
            assert number >= 3, f"{where} has hardly a stop"
            return
        for what in ("marked", "seen"):
            if not stop[what]:
                camera.found.append(f"by keyboard on {where} not {what}: {stop['html']}")


def back(camera: Camera) -> None:
    """Go back to a long list by either way: the focus is on the line that was left, and within sight."""
    camera.goto("people")
    camera.press("Show more")
    line = camera.page.locator("main .kith-list a").nth(FAR_DOWN)
    line.focus()
    for home in (camera.page.go_back, lambda: camera.page.keyboard.press("Enter")):
        top = camera.page.evaluate(SCROLLED)
        camera.page.keyboard.press("Enter")
        camera.page.get_by_role("heading", name="What happened").wait_for()
        camera.page.locator(".nhsuk-back-link").focus()
        home()
        camera.expect("People")
        expect(line).to_be_focused()
        expect(line).to_be_in_viewport()
        assert abs(camera.page.evaluate(SCROLLED) - top) <= 1
    camera.tab("Home")
    camera.tab("People")
    expect(camera.page.get_by_role("heading", level=1)).to_be_focused()
    assert camera.page.evaluate(SCROLLED) == 0


def reach(camera: Camera, selector: str) -> None:
    """Press Tab until something of that kind has the focus."""
    camera.page.locator(selector).first.wait_for()
    for _ in range(STOPS):
        camera.page.keyboard.press("Tab")
        if camera.page.evaluate("(kind) => document.activeElement.matches(kind)", selector):
            return
    camera.found.append(f"by keyboard there is no way to {selector}")


def claim(camera: Camera) -> None:
    """Open a task, claim it, and take that back, without touching the screen."""
    camera.phone.set_offline(True)  # so that it is not sent while the camera looks
    camera.goto("tasks")
    camera.expect("Tasks")
    reach(camera, "main .kith-list a[href^='#/tasks/']")
    camera.page.keyboard.press("Enter")
    camera.page.get_by_role("button", name="Claim this task").wait_for()
    reach(camera, "main button")
    camera.page.keyboard.press("Enter")
    camera.page.locator(".kith-toast").wait_for()
    reach(camera, ".kith-toast button")
    camera.shot("keyboard-undo")
    camera.page.keyboard.press("Enter")
    camera.page.get_by_text("Taken back").wait_for()
