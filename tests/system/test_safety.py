"""A phone in the wrong hands: nothing on its disk can be read, and nothing of it is left once it was cleared."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.system import people
from tests.system.people import goto, heading, reopen, sign_in, unlock
from tests.system.phone import Phone, PhoneShop
from tests.system.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

NAME, MOBILE, SAID = "Wilhelmina", "07700900461", "Misses the allotment since March"

#: What a browser keeps for this origin, wherever it may.
KEPT = """async () => {
    const opened = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
    const [local, session] = [Object.keys(localStorage), Object.keys(sessionStorage)];
    const kept = {title: document.title, local, session, rows: {}};
    for (const { name } of await indexedDB.databases()) {
        const database = await opened(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
            kept.rows[store] = await opened(database.transaction(store).objectStore(store).getAllKeys());
        }
        database.close();
    }
    kept.caches = (await caches.keys()).filter((name) => !name.includes("precache"));
    return kept;
}"""

#: Types the PIN in the very moment in which its field appears, and says where the focus is when all is drawn.
QUICK_FINGERS = """(pin) => new Promise((done) => {
    const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => done(document.activeElement.id)));
    const type = () => {
        const field = document.getElementById("unlock-pin");
        if (!field) return false;
        field.value = pin;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        setTimeout(drawn, 200);
        return true;
    };
    const seen = new MutationObserver(() => type() && seen.disconnect());
    if (!type()) seen.observe(document, { childList: true, subtree: true });
})"""


#: Somebody changes a byte of each page that is sealed.
DAMAGE = """() => new Promise((done) => {
    const asked = indexedDB.open("kith-sealed");
    asked.onsuccess = () => {
        const change = asked.result.transaction("pages", "readwrite");
        change.objectStore("pages").openCursor().onsuccess = ({ target: { result } }) => {
            if (!result) return;
            result.value.sealed[20] ^= 1;
            result.update(result.value);
            result.continue();
        };
        change.oncomplete = () => { asked.result.close(); done(); };
    };
})"""
#: Another window clears the phone.
CLEAR = """() => new Promise((done) => {
    const asked = indexedDB.open("kith-sealed");
    asked.onsuccess = () => {
        const change = asked.result.transaction("vault", "readwrite");
        change.objectStore("vault").clear();
        change.oncomplete = () => { asked.result.close(); done(); };
    };
})"""


def files_with(profile: Path, text: str) -> list[str]:
    """The files of a browser's profile in which `text` stands, in either of the ways in which browsers write."""
    wanted = (text.encode(), text.encode("utf-16-le"))
    found = []
    for path in profile.rglob("*"):
        if path.is_file() and not path.is_symlink():
            held = path.read_bytes()
            if any(one in held for one in wanted):
                found.append(str(path.relative_to(profile)))
    return found


def enrol(shop: PhoneShop, server: Server, username: str) -> tuple[Phone, Page]:
    phone = shop.new(username)
    return phone, sign_in(phone, username, server.sign_ins()[username]["password"])


def first_person(page: Page) -> tuple[str, str]:
    """The name of the first person on the list and the address of their page, which is opened."""
    goto(page, "people")
    name = page.locator("main .kith-row__name").first.inner_text()
    page.locator("main .kith-list a").first.click()
    on_page_of(page, name)
    address: str = page.evaluate("location.hash.slice(2)")
    return name, address


def on_page_of(page: Page, name: str) -> None:
    """Wait for the page of that person, and none that only names them."""
    expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()


def test_after_a_kill_nothing_personal_can_be_read_on_the_disk_and_nothing_is_lost(
    shop: PhoneShop, server: Server
) -> None:
    phone, page = enrol(shop, server, "prescriber")
    phone.set_offline(True)
    name, address = first_person(page)
    goto(page, f"{address}/edit")
    page.get_by_label("Phone number").fill(MOBILE)
    page.get_by_role("button", name="Save changes").click()
    on_page_of(page, name)
    goto(page, f"{address}/note")
    page.locator("textarea").first.fill(SAID)
    page.get_by_role("button", name="Save note").click()
    on_page_of(page, name)
    title = page.title()
    goto(page, "")
    page.get_by_role("link", name="New referral").click()
    page.get_by_label("First and last name").fill(f"{NAME} Testerby")
    people.go_on(page, "When were they born?")
    device = page.evaluate(KEPT)["rows"]["settings"]
    phone.kill()

    # What is meant to be in clear is found, so that what is not found is not there.
    assert "device" in device
    assert files_with(phone.profile / "Default" / "IndexedDB", "phone-") != []
    surname = name.split()[-1]
    for text in (NAME, MOBILE, SAID, surname):
        assert files_with(phone.profile, text) == [], text
    for text in ("given_name", "access_token", "caseload:"):
        assert files_with(phone.profile / "Default" / "IndexedDB", text) == [], text
    assert name not in title

    page = reopen(phone, f"/#/{address}")
    on_page_of(page, name)
    expect(page.get_by_text(MOBILE)).to_be_visible()
    expect(page.get_by_text(SAID)).to_be_visible()
    goto(page, "")
    expect(page.get_by_text(NAME).first).to_be_visible()
    assert phone.errors == []
    assert phone.foreign == []


def test_whatever_was_called_saved_when_the_phone_died_in_the_next_write_is_there(
    shop: PhoneShop, server: Server
) -> None:
    phone, page = enrol(shop, server, "prescriber")
    phone.set_offline(True)
    name, address = first_person(page)
    for number, wait_ms in enumerate((0, 4, 12)):
        for text in (f"Saved {number}", f"Cut off {number}"):
            goto(page, f"{address}/note")
            page.locator("textarea").first.fill(text)
            page.get_by_role("button", name="Save note").click(no_wait_after=True)
            if text.startswith("Saved"):
                on_page_of(page, name)
        page.evaluate("(ms) => new Promise((done) => setTimeout(done, ms))", wait_ms)
        phone.kill()
        page = reopen(phone, f"/#/{address}")
        on_page_of(page, name)
        for earlier in range(number + 1):
            expect(page.get_by_text(f"Saved {earlier}", exact=True)).to_be_visible()
    assert phone.errors == []


def test_a_phone_that_nobody_touches_locks_itself_and_ten_wrong_pins_clear_it(shop: PhoneShop, server: Server) -> None:
    phone, page = enrol(shop, server, "prescriber")
    phone.set_offline(True)
    name, address = first_person(page)
    goto(page, f"{address}/note")
    page.locator("textarea").first.fill(SAID)
    began = datetime.now(UTC)
    page.clock.set_system_time(began + timedelta(minutes=6))
    expect(heading(page, "Enter your PIN")).to_be_visible()
    shown = page.content() + page.title()
    assert not any(word in shown for word in (name, SAID, "prescriber"))
    assert page.evaluate(KEPT)["rows"]["pages"] != []
    unlock(page)
    expect(page.locator("textarea").first).to_have_value(SAID)
    goto(page, "safety")
    page.get_by_role("button", name="Lock Kith now").click()
    expect(heading(page, "Enter your PIN")).to_be_visible()

    for tried in range(1, 10):
        unlock(page, "918273")
        expect(page.get_by_text(re.compile("^That is not the PIN")).first).to_be_visible()
        expect(page.get_by_label("PIN", exact=True)).to_have_value("")
        page.clock.set_system_time(began + timedelta(hours=tried))
        page.reload()
        expect(heading(page, "Enter your PIN")).to_be_visible()
    unlock(page, "918273")
    expect(page.get_by_text("Kith has cleared this phone")).to_be_visible()
    assert_nothing_is_left(page)
    assert phone.errors == []


def test_signing_out_leaves_nothing_behind(shop: PhoneShop, server: Server) -> None:
    phone, page = enrol(shop, server, "prescriber")
    name, _ = first_person(page)
    goto(page, "sign-out")
    page.get_by_role("button", name="Sign out and clear this phone").click()
    expect(heading(page, "Sign in")).to_be_visible()
    page.get_by_label("Username").wait_for()
    assert_nothing_is_left(page)
    phone.close()
    assert files_with(phone.profile, name.split()[-1]) == []


def assert_nothing_is_left(page: Page) -> None:
    """Only what tells nothing of anybody is left: this phone's next name, and why it was cleared."""
    kept = page.evaluate(KEPT)
    assert {store: rows for store, rows in kept["rows"].items() if rows and store != "settings"} == {}
    assert set(kept["rows"]["settings"]) <= {"device", "cleared"}
    assert set(kept["local"]) <= {"kith-look"}
    assert (kept["session"], kept["caches"]) == ([], [])
    assert kept["title"] == "Sign in – Kith"


def test_whoever_types_the_pin_at_once_needs_no_second_try_and_hears_why_a_damaged_phone_stays_shut(
    shop: PhoneShop, server: Server
) -> None:
    phone, page = enrol(shop, server, "volunteer")
    page.reload(wait_until="commit")
    assert page.evaluate(QUICK_FINGERS, people.PIN) == "unlock-pin", "the focus was taken from the field"
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()

    page.evaluate(DAMAGE)
    page.reload()
    unlock(page)
    expect(heading(page, "Kith cannot open what is on this phone")).to_be_visible()
    expect(page.get_by_text("Everything on this phone was sent. Nothing is lost.")).to_be_visible()
    page.get_by_role("button", name="Try the PIN again").click()
    page.evaluate(CLEAR)
    unlock(page)
    expect(heading(page, "Sign in")).to_be_visible()
    assert phone.errors == []


def test_what_is_typed_into_a_form_outlives_another_tab_and_a_kill_until_it_is_saved(
    shop: PhoneShop, server: Server
) -> None:
    phone, page = enrol(shop, server, "prescriber")
    name, address = first_person(page)
    goto(page, f"{address}/edit")
    page.get_by_label("Phone number").fill(MOBILE)
    other = page.locator("input[name=travel]:not(:checked)").first.get_attribute("id")
    page.locator(f"#{other}").check()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Sync").click()
    expect(heading(page, "Sync")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("What you wrote here is back")).to_be_visible()
    expect(page.get_by_label("Phone number")).to_have_value(MOBILE)
    phone.kill()
    phone.set_offline(True)  # what the first sync takes along cannot be taken back
    page = reopen(phone, f"/#/{address}/edit")
    expect(page.get_by_label("Phone number")).to_have_value(MOBILE)
    expect(page.locator(f"#{other}")).to_be_checked()
    page.get_by_role("button", name="Save changes").click()
    on_page_of(page, name)
    page.get_by_text("Undo").click()
    expect(page.get_by_text("Taken back", exact=True)).to_be_visible()
    goto(page, f"{address}/edit")
    expect(heading(page, "Change details")).to_be_visible()
    expect(page.get_by_label("Phone number")).not_to_have_value(MOBILE)

    # The same form, while the browser deletes all that the open app keeps: it is written anew, under the same PIN.
    page.get_by_label("Phone number").fill(MOBILE)
    phone.forget(page)
    page.get_by_role("button", name="Save changes").click()
    on_page_of(page, name)
    expect(page.get_by_text("The browser deleted what Kith keeps on this phone.")).to_be_visible()
    phone.kill()
    page = reopen(phone, f"/#/{address}")
    on_page_of(page, name)
    expect(page.get_by_text(MOBILE)).to_be_visible()
    expect(page.get_by_role("link", name="1 to send")).to_be_visible()
    assert phone.errors == []
