"""A volunteer centre: what waits, a task from the call to the thanks, the directory, enquiries, checks, requests."""

from datetime import date, timedelta

from playwright.sync_api import Locator, expect

from tests.system.camera import Camera
from tests.system.keys import Keys
from tests.system.studio import Studio


def walk(studio: Studio) -> None:
    """Go through a day at a centre."""
    hattie = studio.camera("centre")
    hattie.shot("centre-home")
    hattie.desktop("centre-home")
    a_task(hattie, studio)
    the_directory(hattie)
    enquiries(hattie)
    checks(hattie)
    requests(hattie)
    hattie.all_sent()


def a_task(hattie: Camera, studio: Studio) -> None:
    """Somebody rings: the task is made by keyboard, taken by a volunteer, done, and the volunteer thanked."""
    keys = Keys(hattie)
    keys.follow("Somebody rings")
    hattie.expect("Somebody rings")
    hattie.shot("centre-rings")
    keys.follow("They need a small job done")
    hattie.expect("New task")
    keys.button("Save and ask volunteers")
    hattie.page.get_by_text("There is a problem").wait_for()
    hattie.page.get_by_role("link", name="Enter a full postcode").wait_for()
    hattie.shot("centre-task-wrong")
    page = hattie.page
    keys.to(page.get_by_label("What sort"))
    page.keyboard.type("Shopping")
    keys.fill("What is to be done", "Shopping for a neighbour")
    _day(keys, page.get_by_label("Which day"), date.today() + timedelta(1))
    for label, typed in (("From", "1000a"), ("Until", "1200p")):
        keys.to(page.get_by_label(label))
        page.keyboard.type(typed)
    keys.to(page.get_by_label("Postcode"))
    keys.type("QE7 1DX")
    keys.fill("Who it is for", "Mrs Quillfeather")
    keys.fill("Address", "2 Made-Up Lane")
    hattie.shot("centre-task-new")
    hattie.desktop("centre-task-new")
    keys.button("Save and ask volunteers")
    hattie.expect("Shopping for a neighbour")
    hattie.press("Undo")
    hattie.expect("New task")
    expect(page.get_by_label("Address")).to_have_value("2 Made-Up Lane")
    keys.button("Save and ask volunteers")
    hattie.expect("Shopping for a neighbour")
    keys.look("once it is saved")
    hattie.shot("centre-task-open")
    task_id = page.evaluate("location.hash").rsplit("/", 1)[1]
    marek = studio.camera("volunteer2")
    marek.goto(f"tasks/{task_id}")
    marek.page.get_by_role("button", name="Claim this task").wait_for()
    marek.phone.set_offline(True)
    marek.press("Claim this task")
    hattie.follow("Change this task")
    hattie.expect("Change this task")
    page.get_by_label("Until").fill("13:00")
    page.get_by_label("Address").fill("3 Made-Up Lane")
    hattie.press("Save")
    page.get_by_text("3 Made-Up Lane").wait_for()
    hattie.tab("Sync")
    hattie.press("Sync now")
    page.get_by_text("Everything is sent").wait_for()
    hattie.goto(f"centre/{task_id}")
    marek.phone.set_offline(False)
    page.get_by_text("Taken").wait_for(timeout=60_000)
    marek.page.get_by_text("The centre has changed the time since you took it").wait_for()
    hattie.shot("centre-task-taken")
    hattie.press("It is done")
    page.get_by_label("Say thank you").wait_for(timeout=60_000)
    hattie.shot("centre-task-done")
    hattie.press("Send thanks")
    page.get_by_text("Done and thanked").wait_for(timeout=60_000)
    hattie.tab("Tasks")
    hattie.expect("Tasks")
    hattie.shot("centre-tasks")
    hattie.desktop("centre-tasks")


def _day(keys: Keys, field: Locator, day: date) -> None:
    """Type a day as this browser wants it: the day first, or the month."""
    keys.to(field)
    for order in ("%d%m%Y", "%m%d%Y"):
        for key in ("ArrowLeft", "ArrowLeft"):
            keys.press(key)
        keys.camera.page.keyboard.type(f"{day:{order}}")
        if field.input_value() == day.isoformat():
            return


def the_directory(hattie: Camera) -> None:
    """Check what is due, put a time right, call a day off."""
    hattie.tab("Groups")
    hattie.expect("Directory")
    hattie.shot("centre-directory")
    hattie.first_row()
    hattie.page.get_by_role("button", name="I have checked this today").wait_for()
    hattie.shot("centre-entry")
    hattie.desktop("centre-entry")
    hattie.press("I have checked this today")
    hattie.page.get_by_text("Last checked today").wait_for()
    hattie.follow("Change details")
    hattie.expect("Change details")
    hattie.shot("centre-entry-edit")
    postcode = hattie.page.get_by_label("Postcode")
    postcode.fill("ZZ9 9ZZ")
    web = hattie.page.get_by_label("Web site")
    stood = web.input_value()
    web.fill("javascript:alert(1)")
    hattie.press("Save")
    hattie.page.get_by_role("link", name="Enter a web address").wait_for()
    hattie.shot("centre-entry-wrong")
    web.fill(stood)
    postcode.fill("QE7 1DX")
    hattie.page.get_by_label("How many people usually come").fill("12")
    hattie.check("Only who is referred")
    hattie.press("Save")
    hattie.page.get_by_role("heading", name="When it is on").wait_for()
    hattie.page.get_by_text("QE7 1DX").wait_for()
    hattie.shot("centre-entry-moved")
    hattie.page.locator("main .kith-list a").first.click()
    hattie.expect("Change this time")
    hattie.shot("centre-time")
    for label, typed in (("From", "16:00"), ("Until", "15:00"), ("Last day", "2020-01-01")):
        hattie.page.get_by_label(label).fill(typed)
    hattie.press("Save")
    for wrong in ("Enter a time after the first one", "This day was long ago"):
        hattie.page.get_by_role("link", name=wrong).wait_for()
    for label, typed in (("From", "14:00"), ("Until", "16:00"), ("Last day", "")):
        hattie.page.get_by_label(label).fill(typed)
    hattie.press("Save")
    hattie.page.get_by_role("heading", name="When it is on").wait_for()
    hattie.page.locator("main .kith-list a").first.click()
    hattie.press("Call it off")
    hattie.page.get_by_role("button", name="It is on again").click()


def enquiries(hattie: Camera) -> None:
    """Begin an enquiry by telephone, and take one a step further."""
    hattie.goto("newcomers")
    hattie.expect("Enquiries")
    hattie.shot("centre-enquiries")
    hattie.follow("Sunita Larkspurr")
    hattie.expect("Sunita Larkspurr")
    hattie.shot("centre-enquiry")
    hattie.follow("A role suits them")
    hattie.expect("Matched with a role")
    hattie.press("Save this step")
    hattie.shot("centre-step-wrong")
    hattie.page.get_by_label("Role").select_option(label="Welcome people at the hall")
    hattie.press("Save this step")
    hattie.page.get_by_role("heading", name="Steps so far").wait_for()
    hattie.goto("newcomers/new")
    hattie.expect("New enquiry")
    hattie.shot("centre-enquiry-new")
    for label, typed in (("First name", "Ottoline"), ("Last name", "Marshwiggle"), ("Phone number", "01632 960177")):
        hattie.page.get_by_label(label).fill(typed)
    hattie.press("Begin the enquiry")
    hattie.expect("Ottoline Marshwiggle")


def checks(hattie: Camera) -> None:
    """What is due, one volunteer, one check."""
    hattie.goto("volunteers")
    hattie.expect("Volunteers")
    hattie.shot("centre-volunteers")
    hattie.follow("Checks due")
    hattie.expect("Checks due")
    hattie.shot("centre-due")
    hattie.first_row()
    hattie.page.get_by_text("What came of it?").wait_for()
    hattie.shot("centre-check")
    hattie.check("Received, and good")
    hattie.press("Save")
    hattie.page.get_by_role("heading", name="Checks and references").wait_for()
    hattie.goto("volunteers/newcomer-5")
    hattie.expect("Tobias Underhay")
    hattie.shot("centre-volunteer")
    hattie.page.get_by_text("Change the background check").click()
    hattie.page.get_by_label("Background check").select_option(label="Basic background check")
    hattie.press("Save")
    hattie.follow("Ask for a check")
    hattie.press("Asked for today")
    hattie.expect("Tobias Underhay")
    hattie.follow("Add a consent")
    hattie.press("Save the consent")
    hattie.shot("centre-consent")
    hattie.page.get_by_label("The guardian's name").fill("Hepzibah Underhay")
    hattie.check("Grandparent with parental responsibility")
    hattie.press("Save the consent")
    hattie.expect("Tobias Underhay")
    hattie.page.get_by_role("button", name="They take it back").first.click()


def requests(hattie: Camera) -> None:
    """What organisations and employers ask for."""
    hattie.goto("requests")
    hattie.expect("Requests")
    hattie.shot("centre-requests")
    hattie.follow("Sort donations on Saturdays")
    hattie.expect("Sort donations on Saturdays")
    hattie.shot("centre-request")
    hattie.press("Publish as a role")
    hattie.page.get_by_role("link", name="See the role").wait_for(timeout=60_000)
    hattie.goto("requests")
    hattie.expect("Requests")
    hattie.page.locator("main a[href*='team/made-up-team']").click()
    hattie.page.get_by_role("button", name="Agree").wait_for()
    hattie.shot("centre-team")
    hattie.press("Decline")
    hattie.shot("centre-team-no")
    hattie.press("Decline")
    hattie.page.get_by_text("Declined", exact=True).wait_for()
    hattie.goto("requests/new")
    hattie.expect("An organisation wants volunteers")
    hattie.shot("centre-request-new")
    a_role(hattie)
    hattie.goto("rings/offer")
    hattie.expect("Offer help for a group")
    hattie.shot("centre-offer")
    hattie.page.get_by_label("Whose offer is it?").select_option(index=1)
    hattie.page.get_by_label("What they will do").fill("Sing at a birthday")
    hattie.page.get_by_label("What sort").select_option(index=1)
    hattie.press("Save the offer")
    hattie.expect("Somebody rings")


def a_role(hattie: Camera) -> None:
    """Write down what an organisation asks for, with nothing more than it must have, and decline it."""
    hattie.page.get_by_label("Search for the organisation").fill("hall")
    hattie.page.get_by_role("group", name="Choose the organisation").get_by_role("radio").first.check()
    hattie.page.get_by_label("Name of the role").fill("Water the plants")
    hattie.page.get_by_label("What sort").select_option(index=1)
    hattie.press("Save the request")
    hattie.expect("Water the plants")
    hattie.page.get_by_text("Say no", exact=True).click()
    hattie.press("Decline")
    hattie.page.get_by_text("Declined", exact=True).wait_for()
