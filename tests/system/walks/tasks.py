"""Volunteers: asked in a wave, two claim one task, one of them without a signal; the way there, done, given back."""

import re
from dataclasses import replace
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.system.camera import Camera
from tests.system.studio import Studio
from tests.system.walks.timebank import join

#: Waves go out at any hour, and to nearly everybody who is suitable, so that those who look are asked.
_ASKING = {
    "KITH_DISPATCH": "serve",
    "KITH_DISPATCH_QUIET_FROM_HOUR": "0",
    "KITH_DISPATCH_QUIET_UNTIL_HOUR": "0",
    "KITH_DISPATCH_TARGET_PERCENT": "99",
    "KITH_DISPATCH_MOST_A_DAY": "6",
}
#: The phone's own choice of apps, which a browser without a screen lacks.
SHARES = """() => {
  navigator.canShare = () => true;
  window.passedOn = new Promise((done) => {
    navigator.share = async ({files: [file]}) => done({type: file.type, size: file.size});
  });
}"""


def walk(studio: Studio) -> None:
    """Go from being asked to what has come of a year."""
    replace(studio.server, extra=_ASKING).kith("dispatch", "--once")
    first = studio.camera("volunteer")
    asked(first)
    two_volunteers(first, studio.camera("volunteer2"))
    on_the_way(first)
    given_back(studio.cameras["volunteer2"])
    gated(first)
    roles(first)
    me(first)
    working_time(studio.camera("volunteer4"))
    join(studio.cameras["volunteer4"])


def asked(camera: Camera) -> None:
    """See what one was asked, and say no to one of it."""
    camera.page.get_by_role("heading", name="You were asked to help").wait_for()
    camera.shot("tasks-home")
    camera.desktop("tasks-home")
    camera.tab("Tasks")
    camera.expect("Tasks near you")
    expect(camera.page.locator(".kith-task-when").first).to_have_text(re.compile(r"day \d+ [A-Z]\w+, "))
    camera.shot("tasks")
    camera.desktop("tasks")
    camera.page.get_by_text("Choose which tasks to see").click()
    camera.page.get_by_label("How far").select_option("5")
    camera.shot("tasks-filter")
    camera.page.get_by_label("How far").select_option("")
    camera.first_row()
    camera.page.get_by_role("heading", name="You were asked to help with this").wait_for()
    camera.shot("task-asked")
    camera.follow("No, not this time")
    camera.expect("Not this time?")
    camera.shot("task-decline")
    camera.desktop("task-decline")
    camera.check("Too far")
    camera.press("Say no")
    camera.expect("Tasks near you")
    camera.page.get_by_text("You have said no").wait_for()


def two_volunteers(first: Camera, second: Camera) -> None:
    """Two phones claim one task, the second without a signal; one wins, the other is told kindly."""
    first.page.locator("main .kith-list").last.locator("a").first.click()
    first.page.get_by_role("button", name="Claim this task").wait_for()
    first.shot("task")
    first.desktop("task")
    address = first.page.evaluate("location.hash")
    second.phone.set_offline(True)
    second.page.evaluate("(hash) => { location.hash = hash; }", address)
    second.press("Claim this task")
    second.page.get_by_text("Waiting to hear", exact=True).wait_for()
    second.shot("task-pending")
    first.press("Claim this task")
    first.page.get_by_role("heading", name="Private details").wait_for()
    first.shot("task-won")
    first.page.locator(".kith-pointer").scroll_into_view_if_needed()
    first.shot("task-directions")
    from_here(first)
    second.phone.set_offline(False)
    second.page.get_by_role("button", name="See other tasks").wait_for()
    assert second.page.get_by_text("Claim saved").count() == 0
    second.shot("task-lost")
    second.press("See other tasks")


def from_here(camera: Camera) -> None:
    """See the way from where one stands, as the phone alone works it out, and without leave to look."""
    context = camera.page.context
    camera.press("From where I am")
    camera.page.get_by_text("Your phone does not know where it is").wait_for()
    camera.shot("task-where-unknown")
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 51.7356, "longitude": 0.4685})
    camera.press("From where I am")
    camera.page.get_by_text("From where you are:").wait_for()
    camera.shot("task-from-here")
    context.clear_permissions()


def on_the_way(camera: Camera) -> None:
    """Set out, be late, be done; the minutes arrive in the time bank and the task tells what happened."""
    camera.press("I am on my way")
    camera.page.get_by_role("heading", name="You are on your way").wait_for()
    camera.follow("I am running late")
    camera.expect("How late will you be?")
    camera.shot("task-late")
    camera.press("20 minutes")
    camera.page.get_by_text("The centre knows that you are 20 minutes late.").wait_for()
    camera.shot("task-on-the-way")
    camera.follow("It is done")
    camera.expect("How long did it take?")
    save = camera.page.locator("main form button[type=submit]")  # its words ask again before the day
    camera.page.get_by_label("Minutes").fill("")
    save.click()
    camera.shot("task-done-error")
    camera.page.get_by_label("Minutes").fill("35")
    camera.page.get_by_label("Anything your centre should know?").fill("The gate sticks a little.")
    save.click()
    camera.page.get_by_text("35 minutes went into your time bank.").wait_for()
    camera.page.locator(".kith-story").scroll_into_view_if_needed()
    camera.shot("task-story")
    camera.page.go_back()
    camera.expect("You have said this already")
    camera.page.get_by_text("You have said that it is done.").wait_for()
    camera.shot("task-not-yours")
    camera.page.go_forward()


def given_back(camera: Camera) -> None:
    """Take another task and give it back with a reason."""
    camera.expect("Tasks near you")
    camera.page.locator("main .kith-list").last.locator("a").first.click()
    camera.press("Claim this task")
    camera.page.get_by_role("heading", name="Private details").wait_for()
    camera.follow("Give it back")
    camera.expect("Give this task back?")
    camera.check("Not well enough")
    camera.shot("task-give-back")
    camera.press("Give it back")
    camera.page.get_by_text("You gave it back").wait_for()


def gated(camera: Camera) -> None:
    """See before claiming which training or check is missing, and how to get it."""
    for task, name in (("task-supper", "task-lacks-training"), ("task-friend", "task-lacks-check")):
        camera.goto(f"tasks/{task}")
        camera.page.get_by_role("heading", name="Before you can take this").wait_for()
        assert camera.page.get_by_role("button", name="Claim this task").count() == 0
        camera.shot(name)


def roles(camera: Camera) -> None:
    """See which roles suit, ask about one, look how far an earlier one is, and stop it."""
    camera.goto("roles")
    camera.expect("Roles that suit you")
    camera.page.get_by_role("heading", name="Others that may suit you").wait_for()
    camera.shot("roles")
    camera.page.locator("main ol.kith-list a").first.click()
    camera.page.get_by_role("button", name="Ask about this role").wait_for()
    camera.shot("role")
    camera.press("Ask about this role")
    camera.page.get_by_role("heading", name="You asked about it").wait_for()
    camera.shot("role-asked")
    camera.goto("roles/role-mid")
    camera.page.get_by_role("heading", name="You do this").wait_for()
    camera.shot("role-trial")
    camera.follow("Stop this role")
    camera.expect("Would you like to stop?")
    camera.shot("role-stop")
    camera.check("Not what they hoped for")
    camera.press("Stop")
    camera.expect("Roles that suit you")


def me(camera: Camera) -> None:
    """One's own details, a break that is taken back, and what has come of the year."""
    camera.goto("me")
    camera.expect("My details")
    camera.shot("me")
    camera.goto("me/edit")
    camera.expect("Change my details")
    camera.shot("me-edit")
    camera.goto("me/pause")
    camera.expect("Take a break")
    camera.shot("me-pause")
    camera.phone.set_offline(True)
    camera.press("2 weeks")
    camera.page.get_by_text("You are on a break until").wait_for()
    camera.shot("me-paused")
    camera.press("Undo")
    camera.page.get_by_text("We do not ask you while you take a break").wait_for()
    camera.phone.set_offline(False)
    camera.goto("impact")
    camera.page.get_by_role("button", name="Share the card").wait_for()
    camera.shot("impact")
    camera.page.locator(".kith-chart tr").last.scroll_into_view_if_needed()
    camera.shot("impact-months")
    camera.page.get_by_role("button", name="Share the card").scroll_into_view_if_needed()
    camera.shot("impact-card")
    shared(camera)


def shared(camera: Camera) -> None:
    """Pass the card on through the phone's own choice of apps; without one it is saved as a picture."""
    with camera.page.expect_download() as saved:
        camera.press("Share the card")
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
    camera.page.evaluate(SHARES)
    camera.press("Share the card")
    given = camera.page.evaluate("window.passedOn")
    assert (given["type"], given["size"] > 1000) == ("image/png", True)


def working_time(camera: Camera) -> None:
    """Look at what an employer was asked for, and ask for more."""
    camera.goto("me/leave")
    camera.expect("Working time to volunteer")
    camera.page.get_by_text("Waiting for your employer").wait_for()
    camera.shot("me-leave")
    camera.follow("Ask for time")
    camera.expect("Ask for time")
    camera.press("Ask my employer")
    camera.shot("me-leave-error")
    on = date.today() + timedelta(21)
    for label, value in {"Day": on.day, "Month": on.month, "Year": on.year}.items():
        camera.page.get_by_label(label, exact=True).fill(str(value))
    camera.page.get_by_label("How many hours?").fill("2.5")
    camera.press("Ask my employer")
    camera.expect("Working time to volunteer")
    camera.page.get_by_text("2 hours 30 minutes").wait_for()
    camera.page.get_by_text("5 hours 30 minutes").wait_for()  # with what was asked before
    camera.page.get_by_role("link", name="All sent").wait_for()
    camera.shot("me-leave-asked")
