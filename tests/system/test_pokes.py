"""Two real phones and a real live process: one shows the other's change without asking, and without it all works."""

import os
import re
import signal
import time
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.system.people import goto, sign_in, sync_now
from tests.system.phone import PhoneShop
from tests.system.server import Server
from tests.system.test_story import TEAM, edit, records

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

#: The app asks by itself every two minutes; what shows sooner was poked.
SOON_MS = 20_000


def wait_until_held(server: Server, count: int) -> None:
    """Wait until so many phones listen."""
    ends = time.monotonic() + 20
    while True:
        with urllib.request.urlopen(f"{server.url}/metrics", timeout=5) as answer:
            found = re.search(r"^kith_live_connections (\S+)$", answer.read().decode(), re.MULTILINE)
        if found and float(found[1]) == count:
            return
        assert time.monotonic() < ends, found
        time.sleep(0.05)


def shown(page: Page, number: str) -> None:
    """Wait until the open page of a person shows a telephone number."""
    expect(page.get_by_role("link", name=number)).to_be_visible(timeout=SOON_MS)


def test_a_colleagues_change_shows_without_asking_and_without_pokes_it_shows_when_asked(
    shop: PhoneShop, server: Server
) -> None:
    person_id = next(id for id, doc in sorted(records(server, "person").items()) if doc["team_id"] == TEAM)
    passwords = server.sign_ins()
    mine, theirs = shop.new("mine"), shop.new("theirs")
    my_page = sign_in(mine, "prescriber", passwords["prescriber"]["password"])
    their_page = sign_in(theirs, "prescriber2", passwords["prescriber2"]["password"])
    wait_until_held(server, 2)

    goto(their_page, f"people/{person_id}")
    edit_online(my_page, person_id, "01632 960333")
    shown(their_page, "01632 960333")

    theirs.set_offline(True)
    wait_until_held(server, 1)
    edit_online(my_page, person_id, "01632 960444")
    theirs.set_offline(False)
    shown(their_page, "01632 960444")
    wait_until_held(server, 2)

    os.kill(server.live_pid(), signal.SIGSTOP)  # neither alive nor gone: the worst that it can be
    edit_online(my_page, person_id, "01632 960555")
    sync_now(their_page)
    goto(their_page, f"people/{person_id}")
    shown(their_page, "01632 960555")
    os.kill(server.live_pid(), signal.SIGKILL)
    edit_online(my_page, person_id, "01632 960666")
    sync_now(their_page)
    goto(their_page, f"people/{person_id}")
    shown(their_page, "01632 960666")

    wait_until_held(server, 2)  # it was started again, and both came back by themselves
    edit_online(my_page, person_id, "01632 960777")
    shown(their_page, "01632 960777")
    assert mine.errors == theirs.errors == []
    assert mine.foreign == theirs.foreign == []


def edit_online(page: Page, person_id: str, number: str) -> None:
    """Change a telephone number and send it at once."""
    edit(page, person_id, {"Phone number": number})
    sync_now(page)
