"""Nobody but a keyboard: every stop of Tab is seen, is covered by nothing, and leads through the day's work."""

from tests.system.camera import Camera
from tests.system.studio import Studio
from tests.system.walks.words import tabs_in_polish

STOPS = 60
#: Says of the focused control whether it can be told from others, and whether it can be seen at all.
LOOK = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  one.getAnimations().forEach((each) => each.finish());
  const around = [one, one.parentElement, one.nextElementSibling, ...one.children].filter(Boolean);
  const worn = (as) => [as.outline, as.boxShadow, as.backgroundColor, as.borderColor, as.color].join();
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
    volunteer = studio.camera("volunteer")
    for path in ("tasks", "timebank", "me", "roles"):
        through(volunteer, path)
    claim(volunteer)
    tabs_in_polish(volunteer, "timebank", "Bank czasu")


def through(camera: Camera, path: str) -> None:
    """Press Tab from the top of a screen to its tabs, and note what cannot be seen on the way."""
    camera.goto(path)
    camera.page.locator("main h1").first.wait_for()
    camera.settle()
    camera.page.evaluate("document.querySelector('.nhsuk-skip-link').focus()")
    for number in range(STOPS):
        camera.page.keyboard.press("Tab")
        stop = camera.page.evaluate(LOOK)
        if stop is None or stop["last"]:
            assert number >= 3, f"#/{path} has hardly a stop"
            return
        for what in ("marked", "seen"):
            if not stop[what]:
                camera.found.append(f"by keyboard on #/{path} not {what}: {stop['html']}")


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
