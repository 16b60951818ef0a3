"""A prescriber looks for what suits somebody: shortlist, map, filters, comparison, a no; then the whole directory."""

import re

from playwright.sync_api import expect

from tests.system.camera import Camera
from tests.system.studio import Studio


def walk(studio: Studio) -> None:
    """Go through the shortlist and the directory, and see the directory as a volunteer does."""
    camera = studio.camera("prescriber")
    shortlist(camera)
    directory(camera)


def shortlist(camera: Camera) -> None:
    """The list and its map, filters that leave some and none, two side by side, a no with its reason."""
    page = camera.page
    camera.tab("People")
    camera.first_row()
    page.locator("main a[href^='#/referrals/']").first.click()
    camera.follow("See the shortlist")
    camera.expect("Shortlist for")
    page.locator(".kith-slate > li").first.wait_for()
    camera.shot("shortlist-list")
    camera.desktop("shortlist-list")
    page.get_by_role("link", name="Map").click()
    page.locator(".kith-pin").first.wait_for()
    page.locator(".kith-map").scroll_into_view_if_needed()
    page.locator(".kith-pin[role=button]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".kith-map__picked a").first).to_be_visible()
    camera.shot("shortlist-map")
    camera.desktop("shortlist-map")
    page.get_by_role("link", name="List", exact=True).click()
    _filter(camera)
    _compare(camera)
    _one(camera)
    _decline(camera)


def _filter(camera: Camera) -> None:
    page = camera.page
    page.locator(".kith-filter summary").click()
    camera.shot("shortlist-filter")
    page.get_by_label("Cost").select_option("0")
    expect(page.get_by_text("pass the filter")).to_be_visible()
    page.get_by_label("British Sign Language").check()
    page.get_by_label("Online").check()
    page.get_by_label("Hearing loop").check()
    camera.shot("shortlist-filter-set")
    page.get_by_role("button", name="Clear filters").click()
    page.locator(".kith-filter summary").click()


def _compare(camera: Camera) -> None:
    page = camera.page
    page.get_by_role("button", name="Compare").nth(0).click()
    camera.shot("shortlist-picked")
    page.get_by_role("button", name="Compare").nth(1).click()
    camera.follow("Compare these two")
    camera.expect("Compare two")
    camera.shot("shortlist-compare")
    camera.desktop("shortlist-compare")
    page.go_back()
    page.get_by_role("button", name="Stop comparing").click()


def _one(camera: Camera) -> None:
    """See why one of the list suits the person it was opened for."""
    page = camera.page
    page.locator(".kith-slate > li a[href*='?from=']").first.click()
    page.get_by_role("heading", level=2, name="Why it may suit").wait_for()
    camera.shot("shortlist-item")
    page.go_back()


def _decline(camera: Camera) -> None:
    page = camera.page
    camera.phone.set_offline(True)
    page.get_by_role("button", name="They say no").first.click()
    camera.expect("Why do they say no?")
    camera.press("Save the reason")
    camera.shot("decline-error")
    camera.check("Too far")
    page.get_by_role("button", name="Save the reason").dblclick()
    camera.expect("Shortlist")
    expect(page.get_by_text("They said no: Too far")).to_have_count(1)
    page.get_by_text("They said no: Too far").first.scroll_into_view_if_needed()
    camera.shot("shortlist-declined")
    _taken_back(camera)


def _taken_back(camera: Camera) -> None:
    """What one tap saved goes together, from whichever of its lines it is taken back."""
    page = camera.page
    camera.tab("Sync")
    page.get_by_role("button", name=re.compile("Change status")).click()
    page.get_by_text("belong together").wait_for()
    camera.shot("sync-together")
    page.get_by_role("button", name="Take back all 2").click()
    expect(page.get_by_role("button", name=re.compile("Undo"))).to_have_count(0)
    camera.phone.set_offline(False)


def directory(camera: Camera) -> None:
    """All there is by name, near a postcode, on the map, one of them, and nothing found."""
    page = camera.page
    camera.tab("Find")
    camera.expect("Find support")
    camera.shot("directory")
    page.get_by_label("Search by name").fill("walk")
    page.get_by_label("Nearest to a postcode").fill("QE7 1DX")
    page.get_by_text("away").first.wait_for()
    camera.shot("directory-near")
    page.get_by_role("link", name="Map").click()
    page.locator(".kith-pin").first.wait_for()
    camera.shot("directory-map")
    camera.desktop("directory-map")
    page.get_by_role("link", name="List", exact=True).click()
    camera.first_row()
    page.get_by_role("button", name="Print this page").wait_for()
    camera.shot("directory-item")
    page.go_back()
    page.get_by_label("Search by name").fill("zeppelin")
    camera.shot("directory-none")
