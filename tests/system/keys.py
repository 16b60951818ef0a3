"""Somebody who has neither mouse nor touch: keys alone, and the focus within sight after each of them."""

from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.system.camera import Camera

STOPS = 60
#: Whether the focus is where it should go, and what keeps it from being seen, if anything does.
_LOOK = """(wanted) => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const points = [0.02, 0.1, 0.5, 0.9, 0.98].map((part) => [box.left + box.width / 2, box.top + box.height * part]);
  const on = ([x, y]) => document.elementFromPoint(x, y);
  const seen = points.map(on).some((top) =>
    top && (one.contains(top) || top.contains(one) || [...(one.labels ?? [])].some((each) => each.contains(top))));
  const around = [one, one.nextElementSibling, ...one.children].filter(Boolean);
  const drawn = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const ringed = one.tabIndex < 0
    || around.some((each) => [null, "::before"].some((part) => drawn(getComputedStyle(each, part))));
  const told = one.outerHTML.slice(0, 120);
  const unseen = !seen ? `out of sight: ${told}` : !ringed ? `without a ring: ${told}` : "";
  const fault = one === document.body ? "lost" : unseen;
  const group = wanted?.type === "radio" && one.type === "radio" && one.name === wanted.name;
  return {fault, there: one === wanted, group};
}"""


@dataclass(frozen=True, slots=True)
class Keys:
    """One person at the keys of a phone that a camera looks at; a focus that cannot be seen is noted there."""

    camera: Camera

    def press(self, key: str) -> None:
        """Press one key, and see where the focus is."""
        self.camera.page.keyboard.press(key)
        self.look(f"after {key}")

    def type(self, words: str) -> None:
        """Type into what has the focus, in place of what is there."""
        self.camera.page.keyboard.press("Control+A")
        self.camera.page.keyboard.type(words)

    def look(self, when: str, wanted: Locator | None = None) -> dict[str, bool]:
        """Note a focus that is lost or cannot be seen; say whether it is where it should be."""
        page = self.camera.page
        handle = wanted.element_handle() if wanted else None
        seen: dict[str, bool] = page.evaluate(_LOOK, handle)
        if seen["fault"]:  # a page that is being drawn gives the focus its place within a frame or two
            self.camera.settle()
            seen = page.evaluate(_LOOK, handle)
        if seen["fault"]:
            where = page.evaluate("location.hash")
            self.camera.found.append(f"by keyboard on {where} the focus is {seen['fault']} {when}")
        return seen

    def to(self, wanted: Locator, *, group: bool = False, key: str = "Tab") -> None:
        """Press Tab until it has the focus, or another answer to the same question; by Shift+Tab upwards."""
        wanted.wait_for()
        for _ in range(STOPS):
            seen = self.look("on the way", wanted)
            if seen["there"] or (group and seen["group"]):
                return
            self.camera.page.keyboard.press(key)
        self.camera.found.append(f"by keyboard there is no way to {wanted}")

    def button(self, name: str, *, key: str = "Tab") -> None:
        """Press the button of that name."""
        self.to(self.camera.page.get_by_role("main").get_by_role("button", name=name).first, key=key)
        self.press("Enter")

    def follow(self, name: str) -> None:
        """Follow the link of that name."""
        self.to(self.camera.page.get_by_role("main").get_by_role("link", name=name).first)
        self.press("Enter")

    def fill(self, label: str, words: str) -> None:
        """Answer a question in words."""
        self.to(self.camera.page.get_by_label(label, exact=True))
        self.type(words)

    def check(self, answer: Locator) -> None:
        """Tick a box by Space, or choose an answer by the arrows."""
        self.to(answer, group=True)
        for _ in range(STOPS):
            if self.look("among the answers", answer)["there"]:
                break
            self.press("ArrowDown")
        if not answer.is_checked():
            self.press("Space")
