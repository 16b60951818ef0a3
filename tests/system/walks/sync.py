"""Sync as people see it: sent, waiting, in trouble, made twice, not taken."""

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Route, expect

from tests.system.camera import Camera
from tests.system.keys import Keys
from tests.system.studio import Studio

FIELDS = ("Phone number", "E-mail")


def walk(studio: Studio) -> None:
    """See a quiet phone, one in trouble, and two that changed the same things."""
    first, second = studio.camera("prescriber"), studio.camera("prescriber2")
    quiet(first)
    troubles(first)
    sign_in_again(first, studio.server.sign_ins()["prescriber"]["password"])
    two_prescribers(first, second)
    refused(first, second)
    begun_before(first, second)


def quiet(camera: Camera) -> None:
    """See all that a phone without troubles tells."""
    camera.tab("Sync")
    camera.page.get_by_text("Everything is sent").wait_for()
    camera.page.get_by_text("Data used").wait_for()
    camera.shot("sync-sent")
    camera.desktop("sync-sent")
    for path, heading in (("sync/room", "Room on this phone"), ("phones", "Your phones"), ("sign-out", "Sign out")):
        camera.goto(path)
        camera.expect(heading)
        if path == "phones":
            camera.page.get_by_text("This phone").wait_for()
        camera.shot(f"sync-{path.removeprefix('sync/')}")


def troubles(camera: Camera) -> None:
    """See what a phone says when the server is busy, when a newer app is needed and when a password is."""
    camera.tab("Sync")
    camera.expect("Sync")
    for name, status, slug, remedy, text in (
        ("busy", 503, "busy", "wait", "The server is busy"),
        ("upgrade", 426, "contract-too-old", "upgrade", "needs the newest version"),
        ("sign-in-again", 401, "refresh-invalid", "sign-in", "to send and receive"),
    ):
        problem = {"type": f"/problems/{slug}", "title": slug, "status": status, "remedy": remedy}
        answer: dict[str, Any] = {"status": status, "body": json.dumps(problem), "headers": {"Retry-After": "300"}}
        for path in ("**/v1/sync/manifest", "**/v1/refresh"):
            camera.page.route(path, answering(answer))
        camera.press("Sync now")
        camera.page.get_by_text(text).wait_for()
        expect(camera.page.get_by_text(re.compile("news comes at once|asks for news"))).to_have_count(0)
        camera.shot(f"sync-{name}")
        camera.page.unroute_all()


def answering(answer: dict[str, Any]) -> Callable[[Route], None]:
    """Answer in place of the server."""
    return lambda route: route.fulfill(**answer)


def sign_in_again(camera: Camera, password: str) -> None:
    """Give the password that the server asked for; all that was on the phone is still there."""
    camera.follow("Sign in again")
    camera.expect("Sign in")
    camera.page.get_by_label("Password").fill(password)
    camera.shot("sync-password")
    camera.press("Sign in")
    camera.expect("Hello")


def two_prescribers(first: Camera, second: Camera) -> None:
    """Two phones change two fields of one person."""
    first.tab("People")
    first.expect("People")
    name = first.page.locator("main .kith-row__name").nth(2).inner_text()
    for camera, values in (
        (first, ("01632 960111", "first@example.org")),
        (second, ("01632 960222", "second@example.org")),
    ):
        camera.phone.set_offline(True)
        camera.tab("People")
        camera.page.get_by_label("Search by name").fill(name)
        camera.follow(name)
        camera.expect(name)
        camera.follow("Change details")
        camera.expect("Change details")
        for field, value in zip(FIELDS, values, strict=True):
            camera.page.get_by_label(field).fill(value)
        camera.press("Save changes")
        camera.expect(name)
    first.tab("Sync")
    first.page.get_by_text("waiting to be sent").wait_for()
    first.shot("sync-waiting")
    undo(first, name)
    for camera in (first, second):
        camera.phone.set_offline(False)
        camera.tab("Sync")
        camera.page.get_by_text("Everything is sent").wait_for()


def undo(camera: Camera, name: str) -> None:
    """Write a note and take it back among what waits, both by keyboard; its words are in the form again."""
    keys, page = Keys(camera), camera.page
    page.go_back()
    keys.follow("Add a note")
    camera.expect("Add a note")
    form = page.evaluate("location.hash.slice(2)")
    keys.to(page.get_by_role("main").get_by_role("textbox"))
    keys.type("They would rather be written to.")
    keys.button("Save note")
    page.get_by_role("heading", name="What happened").wait_for()
    camera.tab("Sync")
    lines = page.get_by_role("main").get_by_role("button", name="Undo")
    expect(lines).to_have_count(2)
    expect(lines.filter(has_text=f"({name})")).to_have_count(2)
    expect(page).not_to_have_title(re.compile(name))
    keys.to(lines.last)
    keys.press("Enter")
    expect(lines).to_have_count(1)
    keys.look("once it is taken back")
    camera.goto(form)
    words = page.get_by_role("main").get_by_role("textbox")
    expect(words).to_have_value("They would rather be written to.")
    camera.press("Save note")
    page.get_by_role("heading", name="What happened").wait_for()
    camera.tab("Sync")
    expect(lines).to_have_count(2)
    # Who is at the form before the words are back sees them come.
    lines.last.evaluate("(line, form) => { line.click(); location.hash = '#/' + form; }", form)
    expect(words).to_have_value("They would rather be written to.")
    camera.tab("Sync")


def begun_before(first: Camera, second: Camera) -> None:
    """Words that were begun before a colleague's save do not go over it, also when they were left and came back."""
    numbers = second.page.get_by_label(FIELDS[0])
    first.tab("People")
    first.expect("People")
    first.page.get_by_label("Search by name").fill("")
    name = first.page.locator("main .kith-row__name").nth(1).inner_text()
    for camera in (second, first):
        camera.tab("People")
        camera.page.get_by_label("Search by name").fill(name)
        camera.follow(name)
        camera.follow("Change details")
        camera.expect("Change details")
    form = second.page.evaluate("location.hash.slice(2)")
    numbers.fill("01632 960333")
    second.tab("Sync")
    expect(second.page.get_by_role("link", name="made twice")).to_have_count(0)
    first.page.get_by_label(FIELDS[0]).fill("01632 960444")
    first.press("Save changes")
    first.expect(name)
    first.tab("Sync")
    first.page.get_by_text("Everything is sent").wait_for()
    second.press("Sync now")
    second.page.get_by_role("button", name="Sync now").wait_for()
    second.goto(form)
    expect(numbers).to_have_value("01632 960333")
    second.press("Save changes")
    second.expect(name)
    second.tab("Sync")
    second.page.get_by_role("link", name="made twice").wait_for()


def refused(first: Camera, second: Camera) -> None:
    """Both settle what was changed twice; whoever comes later hears that it is settled."""
    for camera in (first, second):
        camera.tab("Sync")
        camera.press("Sync now")
        camera.follow("changes made twice")
        camera.expect("Changes made twice")
        if camera is second:
            camera.shot("sync-conflicts")
        camera.first_row()
        camera.page.get_by_label("Write something else").first.wait_for()
        camera.phone.set_offline(True)
    second.page.get_by_label("Write something else").first.check()
    second.shot("sync-conflict")
    second.press("Save")
    second.page.get_by_text("There is a problem").wait_for()
    second.shot("sync-conflict-wrong")
    second.page.get_by_label("What it should be").fill("somebody")
    second.press("Save")
    second.page.get_by_text("Enter an e-mail address").first.wait_for()
    second.page.get_by_label("What it should be").fill("third@example.org")
    for camera in (first, second):
        keys = Keys(camera)
        for group in camera.page.get_by_role("group").all():
            if not group.get_by_label("Write something else").is_checked():
                keys.check(group.get_by_label("Yours").or_(group.get_by_label("The later one")).first)
        keys.button("Save")
        camera.expect("Changes made twice")
        keys.look("once it is settled")
        camera.phone.set_offline(False)
        camera.tab("Sync")
        camera.page.get_by_text("Everything is sent").wait_for()
    second.page.get_by_text("not taken").first.wait_for()
    second.shot("sync-refused")
