"""Training: a volunteer renews what has run out and says so, the centre looks at it, and it counts on both phones."""

from playwright.sync_api import expect

from tests.system.camera import Camera
from tests.system.studio import Studio

OVER = "Keeping people safe"


def walk(studio: Studio) -> None:
    """Record a training on one phone, verify it on another, see what it opens on the first."""
    edith, centre = studio.camera("volunteer"), studio.camera("centre")
    record(edith)
    verify(centre)
    record_for(centre)
    edith.goto("training")
    expect(edith.page.get_by_role("heading", name="Due now")).to_be_visible()
    expect(edith.page.locator(".kith-list").first).not_to_contain_text(OVER, timeout=30_000)
    edith.follow(OVER)
    expect(edith.page.get_by_text("Your centre has seen it").first).to_be_visible()
    edith.goto("training/one/food-hygiene")
    edith.page.get_by_text("It opens these to you").wait_for(timeout=30_000)


def record(edith: Camera) -> None:
    """What is due and done, one that has run out, and the word that it was done again."""
    edith.goto("training")
    edith.expect("Training")
    edith.shot("training-list")
    edith.follow(OVER)
    edith.expect(OVER)
    edith.shot("training-one")
    edith.follow("I have done this")
    edith.expect("When did you do it?")
    edith.press("Save and tell my centre")
    edith.shot("training-errors")
    for label, value in {"Day": "2", "Month": "11", "Year": "2026"}.items():
        edith.page.get_by_label(label, exact=True).fill(value)
    edith.page.get_by_label("What can you show?").fill("Certificate MU-601")
    edith.press("Save and tell my centre")
    edith.expect(OVER)
    expect(edith.page.get_by_text("Your centre has yet to look").first).to_be_visible()


def verify(centre: Camera) -> None:
    """The centre's list of what to look at, one of it, and its word."""
    centre.goto("training")
    centre.expect("Training")
    centre.page.get_by_text(OVER).first.wait_for()
    centre.shot("training-check-list")
    centre.page.locator("main .kith-list a", has_text=OVER).first.click()
    centre.expect("Edith Willowbee")
    centre.shot("training-check")
    centre.press("It is not right")
    centre.shot("training-check-refuse")
    centre.page.go_back()
    centre.page.locator("main .kith-list a", has_text=OVER).first.click()
    centre.press("I have seen it: it counts")
    centre.expect("Training")


def record_for(centre: Camera) -> None:
    """The centre writes down a training that it has seen itself, and looks at it again."""
    centre.goto("volunteers/volunteer-000")
    centre.expect("Edith Willowbee")
    centre.follow("Record a training")
    centre.expect("Record a training")
    centre.press("Save")
    centre.shot("training-for-wrong")
    centre.page.get_by_label("Training", exact=True).select_option(label="Food hygiene, level 2")
    for label, value in {"Day": "5", "Month": "11", "Year": "2026"}.items():
        centre.page.get_by_label(label, exact=True).fill(value)
    centre.page.get_by_label("What have you seen?").fill("Certificate MU-702")
    centre.shot("training-for")
    centre.press("Save")
    centre.expect("Edith Willowbee")
    centre.page.get_by_text("Good until 5 November 2029").wait_for(timeout=30_000)
    centre.page.get_by_role("heading", name="Training", exact=True).scroll_into_view_if_needed()
    centre.shot("training-of-volunteer")
    centre.page.locator("main a", has_text="Good until 5 November 2029").click()
    centre.page.get_by_text("Certificate MU-702").wait_for()
    centre.shot("training-verified")
