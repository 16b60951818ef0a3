"""The PIN, the lock, and the ways in which a phone is cleared."""

from datetime import UTC, datetime, timedelta

from tests.system.camera import Camera
from tests.system.keys import Keys
from tests.system.people import PIN, choose_pin, type_credentials, unlock
from tests.system.studio import Studio


def walk(studio: Studio) -> None:
    """Choose a PIN, lock and unlock, forget the PIN, change it, and be away for too long."""
    camera = studio.fresh("prescriber3")
    account = studio.server.sign_ins()["prescriber3"]
    first_pin(camera, account)
    locked(camera)
    forgotten(camera)
    settings(camera)
    restored(camera)
    too_long_away(camera)


def first_pin(camera: Camera, account: dict[str, str]) -> None:
    """Sign in and choose a PIN, an easy one first."""
    type_credentials(camera.page, account["username"], account["password"])
    camera.expect("Choose a PIN")
    camera.shot("safety-choose")
    camera.desktop("safety-choose")
    choose_pin(camera.page, "123456")
    camera.page.get_by_text("too easy to guess").first.wait_for()
    camera.shot("safety-too-easy")
    choose_pin(camera.page)
    camera.expect("Hello")
    camera.goto("sync")
    camera.page.get_by_text("Last synced").wait_for()


def locked(camera: Camera) -> None:
    """Lock by keyboard, and give a wrong PIN until a wait is asked for."""
    keys = Keys(camera)
    camera.goto("safety")
    camera.expect("PIN and lock")
    keys.to(camera.page.get_by_role("button", name="Lock Kith now"))
    camera.page.keyboard.press("Enter")
    camera.expect("Enter your PIN")
    camera.shot("safety-locked")
    camera.desktop("safety-locked")
    keys.type("918273")
    keys.press("Enter")
    camera.page.get_by_text("You can try 9 more times").first.wait_for()
    keys.look("after a wrong PIN")
    for left in (8, 7, 6):
        unlock(camera.page, "918273")
        camera.page.get_by_text(f"You can try {left} more times").first.wait_for()
    camera.page.get_by_text("then try again").wait_for()
    camera.shot("safety-wait")
    _later(camera, timedelta(seconds=30))
    camera.expect("Enter your PIN")


def forgotten(camera: Camera) -> None:
    """Look by keyboard at what a forgotten PIN costs, and remember it after all."""
    keys = Keys(camera)
    keys.button("I have forgotten my PIN")
    camera.expect("Forgotten your PIN?")
    camera.shot("safety-forgotten")
    keys.button("Try the PIN again")
    camera.expect("Enter your PIN")
    keys.type(PIN)
    keys.press("Enter")
    camera.expect("PIN and lock")
    keys.look("in the open app")


def settings(camera: Camera) -> None:
    """Change when the app locks, and the PIN."""
    camera.shot("safety-settings")
    camera.check("1 minute")
    camera.page.get_by_label("Your PIN now").fill(PIN)
    camera.page.get_by_label("New PIN").fill("583017")
    camera.page.get_by_label("The same PIN again").fill("583017")
    camera.press("Change PIN")
    camera.page.get_by_text("Your PIN is changed").wait_for()


def restored(camera: Camera) -> None:
    """Have the open app find what it keeps here deleted, and written anew."""
    camera.phone.forget(camera.page)
    camera.goto("people")
    camera.page.get_by_text("Kith was open and has saved all of it again").wait_for()
    camera.shot("safety-restored")
    camera.press("I have seen this")
    camera.page.get_by_text("saved all of it again").wait_for(state="detached")


def too_long_away(camera: Camera) -> None:
    """Open the app without a signal after 25 days, after 31, and on each day of a week more."""
    camera.phone.set_offline(True)
    for days, seen in ((25, "safety-warned"), (31, "safety-overdue")):
        _later(camera, timedelta(days=days))
        camera.expect("Enter your PIN")
        unlock(camera.page, "583017")
        camera.page.get_by_text("has not reached Kith").first.wait_for()
        camera.shot(seen)
    camera.page.get_by_text("on 7 more days without a signal").wait_for()
    for days in range(32, 38):
        _later(camera, timedelta(days=days))
        camera.expect("Enter your PIN")
    _later(camera, timedelta(days=38))
    camera.page.get_by_text("Kith has cleared this phone").wait_for()
    camera.shot("safety-cleared")


def _later(camera: Camera, later: timedelta) -> None:
    """Open the app again so much later."""
    camera.page.clock.set_system_time(datetime.now(UTC) + later)
    camera.page.reload()
