"""Courses and events: the queue of a course, its register, whom to tell that a session is off, who runs the group."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.system.camera import Camera
from tests.system.studio import Studio
from tests.system.walks.words import tabs_in_polish

COURSE = "Find your voice"


def walk(studio: Studio) -> None:
    """Look at a course and its register as a worker, call a session off as its owner, and hear of it as the worker."""
    worker, owner = studio.camera("prescriber"), studio.camera("owner")
    course(worker)
    register(worker)
    call_off(owner)
    notices(worker)
    a_place(worker)
    team_event(studio.camera("employer"))
    tabs_in_polish(studio.cameras["employer"], "events", "Kursy i wydarzenia")


def course(worker: Camera) -> None:
    """The list, a course that is full, and somebody who leaves the queue without a signal."""
    worker.goto("events")
    worker.expect("Courses and events")
    worker.shot("events-list")
    worker.follow(COURSE)
    worker.expect(COURSE)
    expect(worker.page.get_by_text("Full. 2 people are waiting")).to_be_visible()
    worker.shot("events-course")
    with worker.page.expect_download() as saved:
        worker.press("Add to my calendar")
    assert "BEGIN:VEVENT" in saved.value.path().read_text()
    worker.phone.set_offline(True)
    worker.press("Leave the queue")
    worker.page.get_by_text("Asked for. You will hear what happens").wait_for()
    worker.shot("events-course-offline")
    worker.phone.set_offline(False)
    worker.page.get_by_text("Full. 1 person is waiting").wait_for()


def register(worker: Camera) -> None:
    """The register of a session that is over: a tap for each."""
    worker.page.locator("main .kith-list a[href*='register']").first.click()
    worker.page.get_by_text("0 of 3 came").wait_for()
    worker.page.get_by_label("Came").nth(0).click()
    worker.page.get_by_label("Said they could not come").nth(1).click()
    worker.page.get_by_text("1 of 3 came").wait_for()
    worker.shot("events-register")


def same_time(owner: Camera) -> None:
    """A time that the group has already is not taken a second time."""
    owner.follow("Add a time")
    owner.expect("Add a time")
    owner.page.locator("#weekday").select_option("fri")
    owner.page.locator("#from_time").fill("14:00")
    owner.page.locator("#until_time").fill("15:30")
    owner.press("Save")
    owner.page.get_by_role("link", name="has this time already").wait_for()
    owner.shot("events-time-wrong")
    owner.page.go_back()
    owner.expect("Sing for the joy of it")


def call_off(owner: Camera) -> None:
    """The owner's group, a session to call off, and the same session off."""
    owner.goto("events")
    owner.expect("Courses and events")
    owner.follow("Sing for the joy of it")
    owner.expect("Sing for the joy of it")
    owner.shot("events-group")
    owner.desktop("events-group")
    more_places(owner)
    same_time(owner)
    owner.first_row()
    owner.page.get_by_role("button", name="Call this session off").wait_for()
    owner.check("Weather")
    owner.page.get_by_label("Anything people should know?").fill("The road is under water.")
    owner.shot("events-call-off")
    owner.desktop("events-call-off")
    owner.press("Call this session off")
    owner.expect("Sing for the joy of it")
    owner.page.get_by_text("The road is under water.").wait_for(timeout=30_000)
    owner.shot("events-called-off")


def more_places(owner: Camera) -> None:
    """The owner says that more people fit in, and begins another course."""
    owner.follow(COURSE)
    owner.follow("Change this course")
    owner.expect("Change this course")
    owner.page.get_by_label("How many places").fill("")
    owner.press("Save")
    owner.shot("events-course-wrong")
    owner.page.get_by_label("How many places").fill("4")
    owner.press("Save")
    owner.expect(COURSE)
    # by hand: one more place, which the one who waits is offered
    owner.page.get_by_text("Full. The next one waits for a place").wait_for(timeout=30_000)
    owner.goto("events/group/songs-group")
    owner.follow("Add a course")
    owner.expect("Add a course")
    owner.shot("events-course-new")
    owner.page.get_by_label("Name of the course").fill("Sing in parts")
    owner.page.get_by_label("How many places").fill("10")
    for label, days in {"Begins": 30, "Ends": 60}.items():
        owner.page.get_by_label(label, exact=True).fill((date.today() + timedelta(days)).isoformat())
    owner.press("Save")
    owner.expect("Sing in parts")
    owner.page.get_by_text("10 places left").wait_for()
    owner.goto("events/group/songs-group/edit")
    owner.expect("Change details")
    owner.shot("events-group-edit")
    owner.page.go_back()
    owner.goto("events/group/songs-group")
    owner.expect("Sing for the joy of it")


def notices(worker: Camera) -> None:
    """Whom to tell, and why."""
    worker.goto("events/notices")
    worker.page.get_by_text("The road is under water.").first.wait_for(timeout=30_000)
    worker.shot("events-notices")


def a_place(worker: Camera) -> None:
    """Take the place that came free, give one up, and enrol somebody in it."""
    people = worker.page.locator("main .kith-list .kith-entry")
    worker.goto("events/course/songs-course")
    worker.page.get_by_text("A place came free for them").wait_for()
    worker.shot("events-place-offered")
    worker.press("Take the place")
    expect(people.filter(has_text="Has a place")).to_have_count(4, timeout=30_000)
    worker.press("Give up the place")
    worker.page.get_by_text("1 place left").wait_for(timeout=30_000)
    # whoever gave a place up has left; one more has chosen the group and no course
    worker.press("Enrol")
    worker.page.get_by_text("Choose who would like to join").wait_for()
    worker.page.get_by_role("group", name="Who would like to join?").get_by_role("radio").check()
    worker.shot("events-enrol")
    worker.press("Enrol")
    expect(people.filter(has_text="Has a place")).to_have_count(4, timeout=30_000)
    worker.page.get_by_text("Full. The next one waits for a place").wait_for()
    worker.shot("events-enrolled")


def team_event(employer: Camera) -> None:
    """An employer sees what became of the day that they asked for, asks for another, and calls it off."""
    employer.goto("events")
    employer.follow("Paint the fence of the hall")
    employer.page.get_by_role("button", name="Call it off").wait_for()
    employer.shot("events-team")
    employer.page.go_back()
    employer.follow("Ask for a day for your team")
    employer.expect("Ask for a day for your team")
    employer.press("Ask for this day")
    employer.shot("events-team-wrong")
    employer.page.get_by_label("Day", exact=True).fill((date.today() + timedelta(20)).isoformat())
    employer.page.get_by_label("How many people").fill("4")
    employer.page.get_by_text("That is 12 hours of working time").wait_for()
    employer.shot("events-team-new")
    employer.press("Ask for this day")
    employer.page.get_by_role("button", name="Call it off").click()
    employer.page.get_by_role("button", name="Call it off").click()
    employer.page.get_by_text("Called off", exact=True).wait_for(timeout=30_000)
    employer.shot("events-team-off")
