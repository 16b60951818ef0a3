"""What may befall those who are out and about: prescribers, outreach workers, volunteers and owners of groups."""

from datetime import date, timedelta

from tests.system.plight import Plight, behind_a_line, full, made_twice, one_after_the_other, sync
from tests.system.studio import Studio


def walk(studio: Studio) -> None:
    """See each of them with nothing come yet, no room left, something made twice or refused, the role taken away."""
    with behind_a_line(studio) as plight:
        a_prescriber(plight)
        an_outreach_worker(plight)
        a_volunteer(plight)
        an_owner(plight)


def a_prescriber(plight: Plight) -> None:
    """A note finds no room; what was written after the team was lost is refused; others' people are not here."""
    joan = plight.first_loading("prescriber", "People", "People")
    joan.tab("People")
    joan.page.locator("main .kith-row__name").first.wait_for()
    joan.first_row()
    joan.follow("Add a note")
    joan.page.get_by_role("main").get_by_role("textbox").fill("Rang about the choir.")
    full(joan, "prescriber", joan.page.get_by_role("button", name="Save note"))
    sync(joan)
    joan.phone.set_offline(True)
    joan.tab("People")
    joan.first_row()
    joan.follow("Add a note")
    joan.page.get_by_role("main").get_by_role("textbox").fill("Rang about the lunch club.")
    joan.press("Save note")
    plight.revoked("prescriber", "People")
    joan.tab("Sync")
    joan.page.get_by_text("not taken").first.wait_for()
    joan.shot("states-revoked-prescriber-sync")
    for path, name in (("people/nobody", "person"), ("referrals/none/shortlist", "shortlist"), ("nowhere", "page")):
        joan.goto(path)
        joan.page.locator("main h1").wait_for()
        joan.shot(f"states-gone-{name}")


def an_outreach_worker(plight: Plight) -> None:
    """Two rename one round; a call was taken up by a colleague; a door finds no room."""
    ned = plight.first_loading("outreach", "Doors", "Doorstep")
    ned.goto("doorstep/doors/melbourne-20")
    ned.follow("Come back later")
    ned.check("Tomorrow")
    full(ned, "outreach", ned.page.get_by_role("button", name="Save and go on"))
    sync(ned)
    both = plight.twice("outreach")
    for camera, name in zip(both, ("Melbourne Park, east", "Melbourne Park, west"), strict=True):
        camera.goto("doorstep/rounds/round-melbourne/edit")
        camera.page.get_by_label("Name of the round").fill(name)
        camera.press("Save the round")
        camera.expect(name)
        camera.tab("Home")
        camera.follow("A call about")
        camera.press("They agreed: take it up")
    ned.page.get_by_text("Saved on this phone: Take up a call").wait_for()
    ned.shot("states-waiting-outreach")
    one_after_the_other(both[1], ned)
    ned.tab("Sync")
    ned.page.get_by_text("not taken").first.wait_for()
    ned.shot("states-refused-outreach")
    made_twice(ned, "outreach")
    plight.revoked("outreach", "Doors")


def a_volunteer(plight: Plight) -> None:
    """Two phones change one number; a claim finds no room."""
    edith = plight.first_loading("volunteer", "Tasks", "Tasks near you")
    edith.tab("Tasks")
    edith.page.locator("main .kith-list").last.locator("a").first.click()
    full(edith, "volunteer", edith.page.get_by_role("button", name="Claim this task"))
    sync(edith)
    both = plight.twice("volunteer")
    for camera, number in zip(both, ("01632 960111", "01632 960222"), strict=True):
        camera.goto("me/edit")
        camera.page.get_by_label("Phone number").fill(number)
        camera.press("Save changes")
        camera.expect("My details")
    edith.shot("states-waiting-volunteer")
    one_after_the_other(both[1], edith)
    made_twice(edith, "volunteer")
    plight.revoked("volunteer", "Tasks")


def an_owner(plight: Plight) -> None:
    """Two phones change one number of the group; a day to call off is none any more; calling off finds no room."""
    winnie = plight.first_loading("owner", "Events", "Courses and events")
    winnie.goto("events/group/songs-group")
    winnie.expect("Sing for the joy of it")
    winnie.page.locator("main .kith-list a").nth(1).click()
    winnie.check("Weather")
    full(winnie, "owner", winnie.page.get_by_role("button", name="Call this session off"))
    sync(winnie)
    both = plight.twice("owner")
    for camera, number in zip(both, ("12", "15"), strict=True):
        camera.goto("events/group/songs-group/edit")
        camera.page.get_by_label("How many people usually come").fill(number)
        camera.press("Save")
        camera.expect("Sing for the joy of it")
    winnie.first_row()
    winnie.check("Weather")
    winnie.press("Call this session off")
    winnie.expect("Sing for the joy of it")
    winnie.shot("states-waiting-owner")
    other = both[1]
    other.follow("Change this time")
    other.page.get_by_label("Last day").fill((date.today() - timedelta(1)).isoformat())
    other.press("Save")
    other.expect("Sing for the joy of it")
    one_after_the_other(other, winnie)
    winnie.goto("events/group/songs-group")
    winnie.page.get_by_text("not taken").first.wait_for()
    winnie.shot("states-refused-owner")
    made_twice(winnie, "owner")
    plight.revoked("owner", "Events")
