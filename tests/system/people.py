"""What people do on a phone, in the words on its screen: one function a deed."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.system.phone import Phone

#: The PIN of every phone.
PIN = "274916"


def sign_in(phone: Phone, username: str, password: str) -> Page:
    """Sign in for the first time and wait until the phone holds its records."""
    page = phone.open()
    type_sign_in(page, username, password)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    wait_until_synced(page)
    expect(page.get_by_text(re.compile("^Ranked by (?!simple rules)"))).to_be_visible(timeout=60_000)
    wait_until_installed(page)
    return page


def type_sign_in(page: Page, username: str, password: str) -> None:
    """Sign in on a phone for the first time and choose its PIN: the one place where the tests sign in."""
    type_credentials(page, username, password)
    choose_pin(page)


def type_credentials(page: Page, username: str, password: str) -> None:
    """Answer the sign-in page."""
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def choose_pin(page: Page, pin: str = PIN) -> None:
    """Answer the question that follows the first sign-in."""
    page.get_by_label("New PIN").fill(pin)
    page.get_by_label("The same PIN again").fill(pin)
    page.get_by_role("button", name="Save PIN").click()


def unlock(page: Page, pin: str = PIN) -> None:
    """Give the PIN, as everybody has to who opens the app again."""
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Unlock").click()


def reopen(phone: Phone, path: str = "/") -> Page:
    """Open the app of a phone that somebody has signed in on before, and unlock it."""
    page = phone.open(path)
    unlock(page)
    return page


def wait_until_synced(page: Page) -> None:
    """Wait until everything is sent and something has been received."""
    expect(page.get_by_role("link", name="All sent")).to_be_visible(timeout=60_000)
    goto(page, "sync")
    expect(page.get_by_text("Everything is sent.")).to_be_visible(timeout=60_000)
    expect(page.get_by_text(re.compile("^Last synced"))).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="Sync now")).to_be_visible(timeout=60_000)


def wait_until_installed(page: Page) -> None:
    """Wait until the service worker could open the app without a network."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def sync_now(page: Page) -> None:
    """Press the button and wait until the round is over."""
    goto(page, "sync")
    page.get_by_role("button", name="Sync now").click()
    expect(page.get_by_role("button", name="Sync now")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Everything is sent.")).to_be_visible(timeout=60_000)


def goto(page: Page, path: str) -> None:
    """Open a screen by its address, as a link would."""
    page.evaluate("path => { location.hash = '#/' + path }", path)


def heading(page: Page, text: str | re.Pattern[str]) -> Locator:
    """The page's one heading."""
    return page.get_by_role("heading", level=1).filter(has_text=text)


def go_on(page: Page, question: str) -> None:
    """Answer done: go to the next question, whose heading is given."""
    page.get_by_role("button", name="Continue").click()
    expect(heading(page, question)).to_be_visible()


@dataclass(frozen=True, slots=True)
class Need:
    """A made-up person and what would help."""

    given_name: str
    family_name: str
    postcode: str
    needs: tuple[str, ...] = ("Feeling lonely", "Getting more active")
    surgery: str | None = None


def refer(page: Page, need: Need) -> None:
    """Go through the new referral, a question a page, to the shortlist."""
    goto(page, "")
    page.get_by_role("link", name="New referral").click()
    answer(page, need)
    page.get_by_role("button", name="Save and see the shortlist").click()
    expect(heading(page, f"Shortlist for {need.given_name}")).to_be_visible()


def answer(page: Page, need: Need) -> None:
    """Answer every question of a new referral, up to the look at all answers."""
    expect(heading(page, "What is their name?")).to_be_visible()
    page.get_by_label("First and last name").fill(f"{need.given_name} {need.family_name}")
    go_on(page, "When were they born?")
    go_on(page, "How do we reach them?")
    page.get_by_label("Postcode").fill(need.postcode)
    expect(page.get_by_text(re.compile("^Found: "))).to_be_visible()
    go_on(page, "What matters to them?")
    page.get_by_label("In their own words").fill("Misses walking with friends.")
    go_on(page, "What would help?")
    for label in need.needs:
        page.get_by_role("checkbox", name=label).check()
    go_on(page, "How do they get about?")
    page.get_by_label("By bus").check()
    page.get_by_label("Up to 20 km").check()
    go_on(page, "What can they pay?")
    page.get_by_label("Up to £5 a session").check()
    go_on(page, "What have they agreed to?")
    page.get_by_label("Keep a record").check()
    page.get_by_label("Tell them their name too").check()
    go_on(page, "Check your answers")
    if need.surgery is not None:
        page.get_by_role("link", name="Change who asked").click()
        _referrer(page, need.surgery)
        go_on(page, "Check your answers")


def _referrer(page: Page, surgery: str) -> None:
    page.get_by_label("A surgery or other organisation").check()
    page.get_by_label("Search for the organisation").fill(surgery)
    page.get_by_role("group", name="Choose the organisation").get_by_role("radio").first.check()


def shortlist_lines(page: Page) -> list[str]:
    """The names on the shortlist, in order."""
    expect(page.locator("ol.kith-slate > li").first).to_be_visible()
    return [line.split(". ", 1)[1] for line in page.locator("ol.kith-slate > li h2").all_inner_texts()]


def choose_first(page: Page) -> str:
    """Choose the first line; give its name."""
    name = shortlist_lines(page)[0]
    page.locator("ol.kith-slate > li").first.get_by_role("button", name=re.compile("^Choose")).click()
    expect(heading(page, "Referral for")).to_be_visible()
    return name


def claim(page: Page, task_id: str) -> None:
    """Claim a task."""
    goto(page, f"tasks/{task_id}")
    page.get_by_role("button", name="Claim this task").click()
    expect(page.get_by_role("button", name="Claim this task")).to_have_count(0)
