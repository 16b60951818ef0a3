"""Real phones in hard times: a line that loses, an update, a server that dies, a sign-in that ran out."""

import signal
import sqlite3
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.system.line import Mood, line
from tests.system.people import goto, sign_in, sync_now, unlock, wait_until_synced
from tests.system.phone import ROOM, Phone, PhoneShop, phones
from tests.system.server import Server
from tests.system.test_story import TEAM, edit, records

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def two_people(server: Server) -> list[str]:
    """Two of the team's people."""
    return [id for id, doc in sorted(records(server, "person").items()) if doc["team_id"] == TEAM][:2]


def enrol(phone: Phone, server: Server, username: str) -> Page:
    return sign_in(phone, username, server.sign_ins()[username]["password"])


def write_note(page: Page, person_id: str, words: str) -> None:
    """Write a note about a person."""
    goto(page, f"people/{person_id}/note")
    page.get_by_label("What was said and done").fill(words)
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_role("heading", level=1, name="Add a note")).to_have_count(0)


def sync_until(page: Page, path: str, words: str) -> None:
    """Press "Sync now" until a page shows something."""
    for _ in range(20):
        goto(page, "sync")
        page.get_by_role("button", name="Sync now").click()
        expect(page.get_by_role("button", name="Sync now")).to_be_visible(timeout=60_000)
        goto(page, path)
        found = page.get_by_text(words)
        page.wait_for_timeout(300)
        if found.count():
            return
    raise AssertionError(f"{path} never showed {words}")


def test_two_phones_over_a_line_that_loses_requests_and_answers_end_alike_and_double_nothing(
    server: Server, tmp_path: Path
) -> None:
    first, second = two_people(server)
    notes = len(records(server, "note"))
    with line(server.url) as (mood, url), phones(tmp_path / "phones", url) as shop:
        mine, theirs = shop.new("mine"), shop.new("theirs")
        my_page, their_page = enrol(mine, server, "prescriber"), enrol(theirs, server, "prescriber2")
        mood.is_lossy = True
        edit(my_page, first, {"Phone number": "01632 960111"})
        write_note(my_page, second, "Rang about the choir")
        edit(their_page, first, {"Address": "2 Made-up Row"})
        write_note(their_page, second, "Rang about the lunch club")
        for page in (my_page, their_page):
            sync_until(page, "sync", "Everything is sent.")
        for page, words in ((my_page, "2 Made-up Row"), (their_page, "01632 960111")):
            sync_until(page, f"people/{first}", words)
        for page in (my_page, their_page):
            sync_until(page, f"people/{second}", "Rang about the choir")
            sync_until(page, f"people/{second}", "Rang about the lunch club")
        assert len(mood.lost) >= 4
        assert len(records(server, "note")) == notes + 2
        assert records(server, "conflict") == {}
        assert mine.errors == theirs.errors == []


def test_an_update_a_server_that_dies_and_a_sign_in_that_ran_out_lose_nothing_of_a_full_outbox(
    server: Server, tmp_path: Path
) -> None:
    first, second = two_people(server)
    notes = len(records(server, "note"))
    with line(server.url) as (mood, url), phones(tmp_path / "phones", url) as shop:
        phone = shop.new("mine")
        page = enrol(phone, server, "prescriber")
        page.reload()  # from now on it is the worker that gives the app
        unlock(page)
        expect(page.get_by_role("link", name="All sent")).to_be_visible()
        mood.is_cut = True
        edit(page, first, {"Phone number": "01632 960111"})
        write_note(page, second, "Rang about the choir")
        use_the_newer_app(page, mood)

        has_died = threading.Event()

        def die() -> None:
            server.stop(signal.SIGKILL)
            has_died.set()

        mood.is_cut, mood.at_push = False, die
        goto(page, "sync")
        page.get_by_role("button", name="Sync now").click()
        assert has_died.wait(60), "nothing was sent"
        expect(page.get_by_text("2 changes saved on this phone")).to_be_visible()
        expect(page.get_by_role("button", name="Sync now")).to_be_visible(timeout=60_000)
        server.start()
        sync_now(page)
        assert records(server, "person")[first]["phone"] == "01632 960111"
        assert len(records(server, "note")) == notes + 1

        forget_sign_ins(server, mood)
        write_note(page, second, "Rang about the lunch club")
        sign_in_again(page, server, mood)
        assert len(records(server, "note")) == notes + 2
        assert phone.errors == []


#: Another window locks all of them.
LOCK = "new BroadcastChannel('kith-lock').postMessage(null)"
#: Nobody tells the page that the signal is back, as when the phone had put it to sleep.
DEAF = "addEventListener('online', (event) => event.stopImmediatePropagation(), true)"


def test_what_a_full_phone_cannot_save_stays_on_the_screen_and_is_saved_once_there_is_room(
    shop: PhoneShop, server: Server
) -> None:
    person = two_people(server)[0]
    notes = len(records(server, "note"))
    phone = shop.new("mine")
    phone.set_room(ROOM)
    page = enrol(phone, server, "prescriber")
    page.add_init_script(DEAF)
    phone.set_offline(True)
    write_note(page, person, "Rang about the lunch club")
    goto(page, f"people/{person}/note")
    page.get_by_label("What was said and done").fill("Rang about the choir")
    phone.fill(page)
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("no room left").first).to_be_visible()
    expect(page.get_by_label("What was said and done")).to_have_value("Rang about the choir")
    expect(page.get_by_role("link", name="1 to send")).to_be_visible()

    page.evaluate(LOCK)
    for left in (9, 8):
        unlock(page, "918273")
        expect(page.get_by_text(f"You can try {left} more times").first).to_be_visible()
        page.reload()
    unlock(page)
    expect(page.get_by_text("no room left").first).to_be_visible()
    expect(page.get_by_label("What was said and done")).to_have_value("Rang about the choir")
    phone.free(page)
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_role("heading", level=1, name="Add a note")).to_have_count(0)
    expect(page.get_by_text("no room left")).to_have_count(0)
    page.reload()  # what it meant to send a moment after the write goes with the page
    unlock(page)
    expect(page.get_by_role("link", name="2 to send")).to_be_visible()

    assert len(records(server, "note")) == notes
    phone.set_offline(False)  # nobody touches the page: it is the browser's background sync that wakes it
    expect(page.get_by_role("link", name="All sent")).to_be_visible()
    assert len(records(server, "note")) == notes + 2
    assert set(phone.errors) <= {"QuotaExceededError"}


def use_the_newer_app(page: Page, mood: Mood) -> None:
    """Take the newer app that the server has, as its notice asks for; the outbox stays as it is."""
    mood.is_newer = True
    page.evaluate("navigator.serviceWorker.getRegistration().then((kept) => kept.update()).then(() => true)")
    with page.expect_navigation():
        page.get_by_role("button", name="Use it now").click()
    unlock(page)
    expect(page.get_by_role("link", name="2 to send")).to_be_visible()
    served = "navigator.serviceWorker.getRegistration().then((kept) => kept.waiting === null && kept.active !== null)"
    assert page.evaluate(served)


def forget_sign_ins(server: Server, mood: Mood) -> None:
    """Let all sign-ins run out, those that can be renewed too."""
    mood.is_nameless = True
    with sqlite3.connect(server.home / "kith.db") as database:
        database.execute("UPDATE refresh_token SET expires_at = '2020-01-01T00:00:00.000Z'")


def sign_in_again(page: Page, server: Server, mood: Mood) -> None:
    """Hear that a password is needed, give it, and see all sent."""
    goto(page, "sync")
    page.get_by_role("button", name="Sync now").click()
    page.get_by_role("main").get_by_role("link", name="Sign in again").click()
    mood.is_nameless = False
    page.get_by_label("Password").fill(server.sign_ins()["prescriber"]["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    wait_until_synced(page)
