"""A community hub: its shelves and the calls that it takes; and an employer who is asked for time."""

import re

from playwright.sync_api import expect

from tests.system.camera import Camera
from tests.system.keys import Keys
from tests.system.studio import Studio


def walk(studio: Studio) -> None:
    """Hand something out, take a call and hand it to a team; approve a day."""
    nell = studio.camera("hub")
    nell.shot("hub-home")
    nell.desktop("hub-home")
    shelves(nell)
    calls(nell)
    leave(studio.camera("employer"))


def shelves(nell: Camera) -> None:
    """What runs low is on top; no more is handed out than there is."""
    nell.tab("Stock")
    nell.expect("Stock")
    nell.shot("hub-stock")
    nell.desktop("hub-stock")
    nell.follow("Tinned soup")
    nell.expect("Tinned soup")
    nell.shot("hub-item")
    nell.desktop("hub-item")
    nell.follow("Hand something out")
    nell.page.get_by_label("How many").fill("400")
    nell.press("Save")
    nell.shot("hub-move-wrong")
    nell.page.get_by_label("How many").fill("4")
    nell.press("Save")
    nell.page.get_by_text("35 tins").wait_for()
    nell.goto("stock/wishes")
    nell.expect("Wish list")
    nell.shot("hub-wishes")


def calls(nell: Camera) -> None:
    """Take a call on somebody's behalf by keyboard, and give it to a team."""
    nell.tab("Calls")
    nell.expect("Calls")
    nell.shot("hub-calls")
    nell.follow("Take a call")
    nell.expect("Take a call")
    keys = Keys(nell)
    keys.fill("First name", "Barnaby")
    keys.fill("Last name", "Underwillow")
    keys.button("Save the call")
    nell.page.get_by_text("There is a problem").wait_for()
    nell.shot("hub-call-wrong")
    nell.desktop("hub-call-wrong")
    keys.check(nell.page.get_by_label("Yes").first)
    keys.button("Save the call")
    nell.expect("Barnaby Underwillow")
    keys.look("once it is saved")
    nell.page.get_by_label("Hand it to a team").select_option(label="Mid Essex link workers")
    nell.press("Hand over")
    nell.page.get_by_text("With a team").wait_for(timeout=60_000)
    nell.shot("hub-call")
    _not_wanted(nell)


def _not_wanted(nell: Camera) -> None:
    """The person says no: it is asked first, then the call goes, on the server too."""
    nell.press("They do not want this")
    nell.press("Keep the call")
    nell.press("They do not want this")
    nell.shot("hub-call-not-wanted")
    nell.press("Delete the call")
    nell.expect("Calls")
    nell.page.get_by_text("The call is deleted").wait_for()
    expect(nell.page.get_by_role("link", name="Barnaby Underwillow")).to_have_count(0)
    nell.page.get_by_role("link", name="All sent").wait_for(timeout=30_000)


def leave(basil: Camera) -> None:
    """Approve what an employee asks for, and see that their hours are promised."""
    basil.goto("leave")
    basil.expect("Time to volunteer")
    hours = basil.page.locator("dl")
    expect(hours).to_contain_text(re.compile(r"Left to promise\s*1,?500 hours"))
    basil.shot("hub-leave")
    basil.desktop("hub-leave")
    basil.press("Approve")
    basil.page.get_by_text("Approved:").wait_for(timeout=60_000)
    expect(hours).to_contain_text(re.compile(r"Promised\D*[34] hours"))
    basil.shot("hub-leave-promised")
