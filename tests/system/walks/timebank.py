"""The time bank: two members on two phones agree on help and both confirm it; time is given away; the bank looks on."""

import csv
import re

from playwright.sync_api import Locator, expect

from tests.system.camera import Camera
from tests.system.keys import Keys
from tests.system.studio import Studio

ASKED = "A lift to the library"
OFFERED = "Soup, and how to make it"
CHANGED = "Soup and fresh bread"


def walk(studio: Studio) -> None:
    """Ask, answer, confirm on both phones, give without a signal, and look after it all."""
    edith, marek = studio.camera("volunteer"), studio.camera("volunteer2")
    look_round(edith)
    own_offer(edith, marek)
    ask(edith)
    answer(marek)
    confirm(edith, marek)
    assert last_line(studio, "time-000") == {"out_min": "60", "held_min": "30", "owed_min": "0"}
    give_offline(edith)
    desk(studio.camera("broker"))
    closed(studio.cameras["broker"], edith)


def last_line(studio: Studio, account: str) -> dict[str, str]:
    """Give the last line of an account's statement as the server has it: what moved, and what there was then."""
    told = studio.server.kith("timebank", "statement", account, "--tenant", "essex-demo")
    (*_, last) = csv.DictReader(told.splitlines())
    return {name: value for name, value in last.items() if name.endswith("_min") and value}


def balance(camera: Camera) -> Locator:
    """What the member has, in large letters."""
    return camera.page.locator(".kith-balance__sum")


def parts(camera: Camera) -> Locator:
    """What of it is promised, leaves or comes."""
    return camera.page.locator(".kith-balance__parts")


def home(camera: Camera) -> None:
    """Open the member's page."""
    camera.tab("Time bank")
    camera.expect("Time bank")


def look_round(edith: Camera) -> None:
    """The member's page, their statement, how the bank works, what others offer, one offer, their own."""
    home(edith)
    expect(balance(edith)).to_have_text("You have 1 hour 30 minutes")
    expect(parts(edith)).to_contain_text("1 hour is promised")
    edith.shot("timebank-home")
    edith.desktop("timebank-home")
    edith.follow("Statement")
    edith.expect("Statement")
    edith.shot("timebank-statement")
    home(edith)
    edith.follow("How the bank works")
    edith.shot("timebank-rules")
    home(edith)
    edith.follow("What others offer")
    edith.expect("What others offer")
    edith.shot("timebank-offers")
    edith.first_row()
    edith.page.get_by_role("link", name="I would like this").wait_for()
    edith.shot("timebank-offer")
    home(edith)
    edith.follow("Offer help")
    edith.press("Offer help")
    edith.shot("timebank-offer-errors")


def own_offer(edith: Camera, marek: Camera) -> None:
    """Change an offer, which is kept half written; rest it and offer it again; others see what is on the list."""
    home(edith)
    edith.follow("My offers and requests")
    edith.follow(OFFERED)
    edith.expect(OFFERED)
    edith.shot("timebank-own")
    edith.follow("Change this offer")
    edith.expect("Change this offer")
    edith.page.get_by_label("What can you do for others?").fill(CHANGED)
    edith.check("2 hours", "Wednesday afternoon")
    edith.shot("timebank-change")
    edith.page.go_back()
    edith.expect(OFFERED)
    edith.follow("Change this offer")
    expect(edith.page.get_by_label("What can you do for others?")).to_have_value(CHANGED)
    expect(edith.page.get_by_label("Wednesday afternoon")).to_be_checked()
    edith.press("Put it on the list")
    edith.expect("My offers and requests")
    expect(row(edith, CHANGED)).to_contain_text("2 hours · On the list")
    edith.shot("timebank-changed")
    marek.goto("timebank/look/offers")
    row(marek, CHANGED).wait_for(timeout=30_000)
    expect(row(marek, OFFERED)).to_have_count(0)
    edith.follow(CHANGED)
    edith.expect(CHANGED)
    edith.press("Rest this offer")
    edith.page.get_by_text("This is resting").wait_for()
    edith.page.get_by_role("link", name="Offer it again").wait_for(timeout=30_000)
    edith.shot("timebank-resting")
    expect(row(marek, CHANGED)).to_have_count(0)
    edith.follow("Offer it again")
    expect(edith.page.get_by_label("What can you do for others?")).to_have_value(CHANGED)
    edith.press("Put it on the list")
    edith.expect("My offers and requests")
    expect(row(edith, CHANGED).first).to_contain_text("2 hours · On the list")
    row(marek, CHANGED).wait_for(timeout=30_000)


def row(camera: Camera, name: str) -> Locator:
    """The lines of a list that have that name."""
    return camera.page.locator("main .kith-list__item").filter(has=camera.page.get_by_text(name, exact=True))


def ask(edith: Camera) -> None:
    """Ask for help, where nobody sees who asks."""
    home(edith)
    edith.follow("Ask for help")
    edith.expect("Ask for help")
    edith.page.get_by_label("What would help you?").fill(ASKED)
    edith.page.get_by_label("What sort of help is it?").select_option(label="Community transport")
    edith.shot("timebank-ask")
    edith.desktop("timebank-ask")
    edith.press("Ask for help")
    edith.expect("My offers and requests")
    expect(edith.page.get_by_role("link", name=ASKED)).to_be_visible()
    edith.shot("timebank-mine")


def answer(marek: Camera) -> None:
    """Find it on another phone, and offer by keyboard to help today."""
    home(marek)
    marek.follow("What others ask for")
    marek.follow(ASKED)
    marek.expect(ASKED)
    expect(marek.page.get_by_text("They get in touch if it suits them")).to_be_visible()
    marek.shot("timebank-request")
    keys = Keys(marek)
    keys.follow("I can help with this")
    marek.page.get_by_label("Day", exact=True).wait_for()
    today = marek.page.evaluate(
        "() => { const d = new Date(); return [d.getDate(), d.getMonth() + 1, d.getFullYear()]; }"
    )
    for label, value in zip(("Day", "Month", "Year"), today, strict=True):
        keys.fill(label, str(value))
    keys.fill("A note for them", "I can come at two. Ring me on 01632 960142.")
    marek.shot("timebank-propose")
    keys.button("Send this")
    marek.expect("Time bank")
    keys.look("once it is sent")
    expect(marek.page.get_by_text("Waiting for a member of the bank")).to_be_visible()


def confirm(edith: Camera, marek: Camera) -> None:
    """Both say that it happened, one of them by keyboard; the minutes move once, and both phones say so."""
    home(edith)
    edith.page.get_by_text("Waiting for you").wait_for()
    edith.goto("timebank/mine")
    edith.follow(ASKED)
    expect(edith.page.get_by_text("Somebody can help you with this")).to_be_visible()
    expect(edith.page.get_by_role("link", name="See who, and when")).to_be_visible()
    home(edith)
    edith.page.get_by_role("link", name=re.compile("Marek Larkabout.*transport", re.DOTALL)).click()
    edith.page.get_by_role("button", name="Yes, it happened").wait_for()
    edith.shot("timebank-exchange")
    keys = Keys(edith)
    keys.button("Yes, it happened")
    expect(edith.page.get_by_text("You said it happened. Waiting for Marek Larkabout").first).to_be_visible()
    keys.look("once it is confirmed")
    home(marek)
    marek.page.get_by_role("link", name=re.compile("Edith Willowbee.*Did it happen", re.DOTALL)).click()
    marek.press("Yes, it happened")
    expect(marek.page.get_by_text("Done. The time has moved").first).to_be_visible()
    marek.shot("timebank-settled")
    home(marek)
    expect(balance(marek)).to_have_text("You owe 30 minutes")
    home(edith)
    expect(balance(edith)).to_have_text("You have 30 minutes")


def give_offline(edith: Camera) -> None:
    """Without a signal more than there is cannot be promised; what fits waits, and is told as waiting."""
    edith.phone.set_offline(True)
    edith.follow("Give time away")
    edith.expect("Give time away")
    edith.check("4 hours")
    edith.press("Give it")
    expect(edith.page.locator(".nhsuk-error-message")).to_contain_text("2 hours 30 minutes more than you can promise")
    edith.shot("timebank-over")
    edith.check("30 minutes")
    edith.press("Give it")
    edith.expect("Time bank")
    expect(parts(edith)).to_contain_text("30 minutes you are giving away")
    edith.shot("timebank-offline")
    edith.phone.set_offline(False)
    expect(balance(edith)).to_have_text("You have no time in the bank", timeout=30_000)


def join(orla: Camera) -> None:
    """A volunteer without an account joins the bank without a signal; it is open once the server has heard."""
    orla.tab("Time bank")
    orla.page.get_by_role("button", name="Join this bank").wait_for()
    orla.shot("timebank-join")
    orla.phone.set_offline(True)
    orla.press("Join this bank")
    orla.page.get_by_text("You will hear when your account is open").wait_for()
    orla.shot("timebank-join-waiting")
    orla.phone.set_offline(False)
    expect(balance(orla)).to_have_text("You have no time in the bank", timeout=30_000)
    orla.shot("timebank-joined")


def desk(broker: Camera) -> None:
    """Who looks after the bank: requests without an answer, a match to suggest, an account, an exchange."""
    broker.page.get_by_role("link", name="that nobody has answered").wait_for()
    broker.tab("Time bank")
    broker.expect("Time bank desk")
    broker.shot("timebank-desk")
    broker.desktop("timebank-desk")
    broker.follow("Put my photos on the computer")
    broker.expect("Put my photos on the computer")
    broker.check("Marek Larkabout")
    broker.shot("timebank-match")
    broker.press("Suggest it to both")
    broker.expect("Time bank desk")
    expect(broker.page.get_by_role("link", name="Put my photos on the computer")).to_have_count(0)
    broker.page.get_by_role("link", name=re.compile("^Edith Willowbee\\s*Member")).click()
    broker.page.get_by_role("heading", name="Statement").wait_for()
    broker.shot("timebank-account")
    broker.desktop("timebank-account")
    broker.press("Take this back")
    broker.page.get_by_text("it can be done once").wait_for()
    broker.shot("timebank-take-back")
    broker.press("Leave it as it is")
    broker.page.go_back()
    broker.follow("Edith Willowbee helps Una Saltmarrow")
    broker.page.get_by_role("button", name="Call it off").wait_for()
    expect(broker.page.get_by_role("status").first).to_contain_text("Waiting for Una Saltmarrow to say so")
    broker.shot("timebank-desk-exchange")
    open_account(broker)


def open_account(broker: Camera) -> None:
    """Open an account for somebody by their number, close it, and open it again; a group is found by its name."""
    broker.goto("timebank/open")
    broker.expect("Open an account")
    broker.press("Open the account")
    broker.shot("timebank-open-wrong")
    broker.page.get_by_label("Their volunteer number").fill("time-000")
    broker.press("Open the account")
    expect(broker.page.locator(".nhsuk-error-message")).to_contain_text("There is an account with this number already")
    broker.page.get_by_label("Their volunteer number").fill("newcomer-99")
    broker.press("Open the account")
    broker.page.get_by_role("heading", name="Open a time bank account (newcomer-99): not taken").wait_for(
        timeout=30_000
    )
    expect(broker.page.get_by_text("Nobody has this number.")).to_be_visible()
    broker.press("I have seen this")
    broker.goto("timebank/open")
    broker.page.get_by_label("Their volunteer number").fill("newcomer-1")
    broker.press("Open the account")
    broker.expect("Time bank desk")
    broker.page.get_by_role("link", name=re.compile("^Piers Marrowby")).click(timeout=30_000)
    broker.press("Close this account")
    broker.page.get_by_role("button", name="Open it again").wait_for(timeout=30_000)
    broker.shot("timebank-account-closed")
    broker.press("Open it again")
    broker.page.get_by_role("button", name="Close this account").wait_for(timeout=30_000)
    broker.goto("timebank/open")
    broker.check("Group")
    broker.page.get_by_label("Find by name").fill("melbourne hall")
    broker.check("Melbourne Park Hall")
    broker.shot("timebank-open")
    broker.press("Open the account")
    broker.page.get_by_role("link", name=re.compile("^Melbourne Park Hall")).wait_for(timeout=30_000)


def closed(broker: Camera, edith: Camera) -> None:
    """A member whose account is closed hears so, can read its statement, and is not asked to join."""
    broker.goto("timebank/accounts/time-000")
    broker.press("Close this account")
    home(edith)
    edith.page.get_by_text("Your account here was closed").wait_for(timeout=30_000)
    expect(edith.page.get_by_role("button", name="Join this bank")).to_have_count(0)
    edith.follow("statement")
    edith.expect("Statement")
    expect(edith.page.locator("main .kith-entry").first).to_contain_text("30 minutes")
