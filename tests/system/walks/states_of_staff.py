"""What may befall those who work at a desk: a centre, a time bank's broker, a hub, an employer."""

from datetime import date, timedelta

from tests.system.plight import Plight, behind_a_line, full, made_twice, one_after_the_other, sync
from tests.system.studio import Studio


def walk(studio: Studio) -> None:
    """See each of them with nothing come yet, no room left, something made twice or refused, the role taken away."""
    with behind_a_line(studio) as plight:
        a_centre(plight)
        a_broker(plight)
        a_hub(plight)
        an_employer(plight)


def a_centre(plight: Plight) -> None:
    """Two phones take one enquiry a step further, and change one number of a group."""
    hattie = plight.first_loading("centre", "Groups", "Directory")
    hattie.tab("Groups")
    hattie.first_row()
    hattie.follow("Change details")
    size = "How many people usually come"
    hattie.page.get_by_label(size).fill("12")
    full(hattie, "centre", hattie.page.get_by_role("button", name="Save", exact=True))
    entry = hattie.page.evaluate("location.hash.slice(2)")
    sync(hattie)
    hattie.goto("newcomers")
    hattie.follow("Sunita Larkspurr")
    hattie.expect("Sunita Larkspurr")
    enquiry = hattie.page.evaluate("location.hash.slice(2)")
    both = plight.twice("centre")
    for camera, number, step in zip(both, ("8", "15"), ("matched", "withdrawn"), strict=True):
        camera.goto(f"{entry}/edit")
        camera.page.get_by_label(size).fill(number)
        camera.press("Save")
        camera.page.get_by_role("heading", name="When it is on").wait_for()
        camera.goto(f"{enquiry}/step/{step}")
        if camera is hattie:
            camera.page.get_by_label("Role").select_option(label="Welcome people at the hall")
        else:
            camera.page.get_by_role("radio").first.check()
        camera.press("Save this step")
        camera.page.get_by_role("heading", name="Steps so far").wait_for()
    hattie.shot("states-waiting-centre")
    one_after_the_other(both[1], hattie)
    hattie.goto(enquiry)
    hattie.page.get_by_text("not taken").first.wait_for()
    hattie.shot("states-refused-centre")
    made_twice(hattie, "centre")
    plight.revoked("centre", "Groups")


def a_broker(plight: Plight) -> None:
    """An exchange is called off on one phone and confirmed on another."""
    percy = plight.first_loading("broker", "Time bank", "Time bank desk")
    percy.tab("Time bank")
    percy.follow("Put my photos on the computer")
    percy.check("Marek Larkabout")
    full(percy, "broker", percy.page.get_by_role("button", name="Suggest it to both"))
    sync(percy)
    both = plight.twice("broker")
    for camera, does in zip(both, ("Confirm for Una", "Call it off"), strict=True):
        camera.tab("Time bank")
        camera.follow("Edith Willowbee helps Una Saltmarrow")
        camera.press(does)
    percy.page.get_by_text("not sent yet").first.wait_for()
    percy.shot("states-waiting-broker")
    one_after_the_other(both[1], percy)
    percy.tab("Sync")
    percy.page.get_by_text("not taken").first.wait_for()
    percy.shot("states-refused-broker")
    plight.revoked("broker", "Time bank")


def a_hub(plight: Plight) -> None:
    """Two phones hand out more than there is."""
    nell = plight.first_loading("hub", "Stock", "Stock")
    both = plight.twice("hub")
    nell.phone.set_offline(False)
    nell.tab("Stock")
    nell.follow("Tinned soup")
    nell.follow("Hand something out")
    nell.page.get_by_label("How many").fill("4")
    full(nell, "hub", nell.page.get_by_role("button", name="Save"))
    sync(nell)
    nell.phone.set_offline(True)
    for camera in both:
        camera.tab("Stock")
        camera.follow("Tinned soup")
        camera.follow("Hand something out")
        camera.page.get_by_label("How many").fill("30")
        camera.press("Save")
        camera.expect("Tinned soup")
    nell.page.get_by_text("not sent yet").first.wait_for()
    nell.shot("states-waiting-hub")
    one_after_the_other(both[1], nell)
    nell.tab("Stock")
    nell.follow("Tinned soup")
    nell.page.get_by_text("not taken").first.wait_for()
    nell.shot("states-refused-hub")
    plight.revoked("hub", "Stock")


def an_employer(plight: Plight) -> None:
    """One phone approves what another has declined."""
    basil = plight.first_loading("employer", "Events", "Courses and events")
    basil.goto("events")
    basil.follow("Ask for a day for your team")
    basil.page.get_by_label("Day", exact=True).fill((date.today() + timedelta(20)).isoformat())
    basil.page.get_by_label("How many people").fill("4")
    full(basil, "employer", basil.page.get_by_role("button", name="Ask for this day"))
    sync(basil)
    basil, other = plight.twice("employer")
    for camera in (basil, other):
        camera.goto("leave")
        camera.expect("Time to volunteer")
    basil.press("Approve")
    other.page.locator("main summary").first.click()
    other.press("Decline")
    basil.page.get_by_text("Saved on this phone").wait_for()
    basil.shot("states-waiting-employer")
    one_after_the_other(other, basil)
    basil.goto("leave")
    basil.page.get_by_text("not taken").first.wait_for()
    basil.shot("states-refused-employer")
    plight.revoked("employer", "Events")
