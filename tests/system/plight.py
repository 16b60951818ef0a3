"""What may befall anybody's phone, whatever their role: nothing has come yet, no room is left, the role is gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.system.camera import Camera
from tests.system.line import Mood, line
from tests.system.people import type_sign_in
from tests.system.phone import ROOM, PhoneShop
from tests.system.studio import Studio


@contextmanager
def behind_a_line(studio: Studio) -> Iterator["Plight"]:
    """Let the phones that are new from here on reach the server by a line that can be cut."""
    with line(studio.server.url) as (mood, url):
        shop = PhoneShop(studio.shop.playwright, studio.shop.folder, url)
        shop.sold = studio.shop.sold
        yield Plight(Studio(studio.server, shop, studio.pictures, studio.cameras), mood)


@dataclass(frozen=True, slots=True)
class Plight:
    """A studio whose line can be cut."""

    studio: Studio
    mood: Mood

    def first_loading(self, role: str, tab: str, lists: str) -> Camera:
        """Sign in while no record can come yet, and see the home page and the list that matters most."""
        camera = self.studio.fresh(role, room=ROOM)
        self.mood.is_cut = True
        account = self.studio.server.sign_ins()[role]
        type_sign_in(camera.page, account["username"], account["password"])
        camera.expect("Hello")
        camera.page.get_by_role("link", name="Not loaded yet").wait_for()
        camera.shot(f"states-first-{role}")
        camera.tab(tab)
        camera.expect(lists)
        camera.page.get_by_text("not on this phone yet").first.wait_for()
        camera.shot(f"states-first-{role}-list")
        self.mood.is_cut = False
        sync(camera)
        return camera

    def revoked(self, role: str, tab: str) -> None:
        """Without a signal, the role is taken away; with the next one its records leave the phone, and it says so."""
        camera = self.studio.cameras[role]
        camera.phone.set_offline(True)
        self.studio.server.kith("user", "grant", role, "--role", "commissioner")
        camera.phone.set_offline(False)
        camera.tab("Home")
        camera.page.get_by_text("Records have left this phone").wait_for()
        camera.shot(f"states-revoked-{role}")
        camera.tab(tab)
        camera.page.locator("main .kith-empty").first.wait_for()
        camera.shot(f"states-empty-{role}")

    def twice(self, role: str) -> tuple[Camera, Camera]:
        """The phone and another one of the same person, both without a signal."""
        both = self.studio.cameras[role], self.studio.again(role)
        for camera in both:
            camera.phone.set_offline(True)
        return both


def sync(camera: Camera) -> None:
    """Sync, and wait until all is sent and received."""
    camera.tab("Sync")
    camera.press("Sync now")
    camera.page.get_by_text("Last synced").wait_for()
    camera.page.get_by_role("button", name="Sync now").wait_for()


def full(camera: Camera, name: str, save: Locator) -> None:
    """Save what is on the page of a phone that is full; with room again it is saved."""
    phone, page = camera.phone, camera.page
    phone.set_room(1)  # so that nothing fits, whatever the app lets go of
    phone.fill(page)
    save.click()
    page.get_by_text("no room left").wait_for()
    camera.shot(f"states-full-{name}")
    phone.free(page)
    bar = page.get_by_role("button", name="Make room")
    # Unless a write in the background has found room before.
    bar.evaluate_all("(all) => all.forEach((one) => one.click())")
    expect(bar).to_have_count(0)
    save.click()
    expect(save).to_have_count(0)
    phone.errors[:] = [error for error in phone.errors if error != "QuotaExceededError"]


def one_after_the_other(first: Camera, second: Camera) -> None:
    """The first sends what it has, then the second, and each hears what became of it."""
    for camera in (first, second):
        camera.phone.set_offline(False)
        sync(camera)
    sync(first)


def made_twice(camera: Camera, role: str) -> None:
    """See what two phones changed, and which can stay."""
    camera.tab("Sync")
    camera.follow("made twice")
    camera.expect("Changes made twice")
    camera.first_row()
    camera.page.get_by_label("Write something else").or_(camera.page.get_by_label("Yours")).first.wait_for()
    camera.shot(f"states-conflict-{role}")
