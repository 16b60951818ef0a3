"""What a phone shows before its first records have come, and in place of what it does not hold."""

from playwright.sync_api import expect

from tests.system.camera import Camera
from tests.system.people import type_sign_in
from tests.system.studio import Studio


def walk(studio: Studio) -> None:
    """See the first minutes of a phone, and addresses that lead to nothing here."""
    camera = studio.fresh("prescriber2")
    first_loading(camera, studio.server.sign_ins()["prescriber2"])
    gone(camera)


def first_loading(camera: Camera, account: dict[str, str]) -> None:
    """Signed in, and nothing has come yet: work can begin all the same."""
    camera.page.route("**/v1/sync**", lambda route: route.abort())
    camera.page.route("**/v1/sync/**", lambda route: route.abort())
    type_sign_in(camera.page, account["username"], account["password"])
    camera.expect("Hello")
    camera.page.get_by_role("link", name="Not loaded yet").wait_for()
    camera.shot("states-first-home")
    camera.tab("People")
    camera.expect("People")
    expect(camera.page.get_by_text("0 people")).to_have_count(0)
    camera.shot("states-first-people")
    camera.tab("Find")
    camera.expect("Find support")
    camera.shot("states-first-directory")
    camera.page.unroute_all()
    camera.tab("Sync")
    camera.press("Sync now")
    camera.page.get_by_text("Last synced").wait_for()


def gone(camera: Camera) -> None:
    """Somebody who was passed to another team, and a page that there never was."""
    for path, name in (("people/nobody", "person"), ("referrals/none/shortlist", "shortlist"), ("nowhere", "page")):
        camera.goto(path)
        camera.page.locator("main h1").wait_for()
        camera.shot(f"states-gone-{name}")
