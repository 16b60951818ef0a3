"""A referral in under two minutes, and one that no dead battery takes away.

What is counted as one interaction, by the keyboard alone: a word that is typed (letters and figures up to a space, such
as "Maud" or "27/3/1952"), and every single press of Tab, Space, Enter, an arrow, or Enter with Ctrl. Nothing is pressed
that is not counted, nothing is done by mouse or by script, and the count begins on the home page, as it is once it has
been opened, before "New referral" has been reached. It ends when the shortlist shows its first line.
"""

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mobile_contract.problems import MEDIA_TYPE, PROBLEMS
from tests.system import people
from tests.system.people import goto, heading, sign_in
from tests.system.phone import PhoneShop
from tests.system.server import Server
from tests.system.test_story import postcode_of, records
from tests.system.walks.referral import draw

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

MOST_INTERACTIONS = 25
#: Keystroke-level model, in seconds: a key of somebody who types averagely, and making up one's mind before an answer.
#: Source: Card, Moran and Newell (1980), operators K and M.
KEY_S, MIND_S = 0.28, 1.35
HALF_A_WORD = "He would like to play the accord"
#: Between two letters of a quick typist.
HUMAN_MS = 80


@dataclass(slots=True)
class Typist:
    """Somebody at the keys, who counts what they press."""

    page: Page
    interactions: int = 0
    keys: int = 0
    minds: int = 0
    said: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        """Press one key, or two held together."""
        self.interactions += 1
        self.keys += key.count("+") + 1
        self.said.append(key)
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Type words, each of them an interaction of its own; a space between two is part of the first."""
        self.interactions += len(words.split())
        self.keys += len(words)
        self.said.extend(words.split())
        self.page.keyboard.type(words)

    def answer(self, question: str) -> None:
        """Read the question of a page, whose field has the focus by then, before answering it."""
        expect(heading(self.page, question)).to_be_visible()
        expect(self.page.locator("main :is(input, textarea, h1):focus")).to_be_visible()
        self.minds += 1

    @property
    def seconds(self) -> float:
        """How long it takes by the keystroke-level model."""
        return self.keys * KEY_S + self.minds * MIND_S


@pytest.fixture
def prescriber(shop: PhoneShop, server: Server) -> tuple[PhoneShop, Page]:
    """A prescriber's phone with the county on it."""
    return shop, sign_in(shop.new("prescriber"), "prescriber", server.sign_ins()["prescriber"]["password"])


def refer_by_keyboard(page: Page, postcode: str) -> Typist:
    """A new person: name, birth, postcode, phone, what matters, two needs, travel, money, consent; to the shortlist."""
    goto(page, "")
    expect(heading(page, "Hello")).to_be_focused()
    typist = Typist(page)
    typist.press("Tab")
    expect(page.get_by_role("link", name="New referral")).to_be_focused()
    typist.press("Enter")
    typist.answer("What is their name?")
    typist.type("Maud Exampleton")
    typist.press("Enter")
    typist.answer("When were they born?")
    typist.type("27/3/1952")
    typist.press("Enter")
    typist.answer("How do we reach them?")
    typist.type(postcode)
    typist.press("Tab")
    typist.type("01632960111")
    typist.press("Enter")
    typist.answer("What matters to them?")
    typist.type("walking company")
    typist.press("Control+Enter")
    typist.answer("What would help?")
    typist.type("lonely")
    typist.press("Enter")
    typist.type("money")
    typist.press("Control+Enter")
    typist.answer("How do they get about?")
    typist.type("bus")
    typist.press("Enter")
    typist.answer("What can they pay?")
    typist.type("free")
    typist.press("Enter")
    typist.answer("What have they agreed to?")
    typist.press("Space")
    typist.press("Enter")
    typist.answer("Check your answers")
    typist.press("Control+Enter")
    expect(heading(page, "Shortlist for Maud")).to_be_visible()
    expect(page.locator("ol.kith-slate > li").first).to_be_visible()
    return typist


def test_a_referral_by_keyboard_takes_few_interactions_and_under_two_minutes(
    prescriber: tuple[PhoneShop, Page], server: Server
) -> None:
    page = prescriber[1]
    typist = refer_by_keyboard(page, postcode_of(server, "E07000070").replace(" ", ""))
    assert typist.interactions <= MOST_INTERACTIONS, typist.said
    assert typist.seconds < 120
    people.wait_until_synced(page)
    person = _id_of(server, "Exampleton")
    made = records(server, "person")[person]
    referral = next(one for one in records(server, "referral").values() if one["person_id"] == person)
    assert (made["given_name"], made["birth_on"], made["phone"]) == ("Maud", "1952-03-27", "01632960111")
    assert (made["travel"], made["what_matters"]) == ("bus", "walking company")
    assert referral["main_need"] == "loneliness"
    assert set(referral["needs"]) == {"loneliness", "money"}
    assert referral["budget_pence"] == 0


def _id_of(server: Server, family_name: str) -> str:
    return next(id for id, doc in records(server, "person").items() if doc["family_name"] == family_name)


#: What the app asks of the browser for its icon, to be read by a test.
BADGE = """() => {
    navigator.setAppBadge = async (count) => { window.badge = count; };
    navigator.clearAppBadge = async () => { window.badge = 0; };
}"""


def test_a_referral_goes_on_at_the_very_word_and_its_signature_arrives_whole(
    prescriber: tuple[PhoneShop, Page], server: Server
) -> None:
    shop, page = prescriber
    phone = shop.sold[0]
    phone.set_offline(True)
    goto(page, "referrals/new")
    page.get_by_label("First and last name").fill("Cuthbert Sampleby")
    people.go_on(page, "When were they born?")
    people.go_on(page, "How do we reach them?")
    page.get_by_label("Postcode").fill(postcode_of(server, "E07000070"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("In their own words")).to_be_focused()
    page.keyboard.type(HALF_A_WORD, delay=HUMAN_MS)
    phone.kill()  # in the middle of a word

    page = people.reopen(phone)
    page.get_by_role("link", name="Go on: Cuthbert Sampleby").click()
    expect(heading(page, "What matters to them?")).to_be_visible()
    expect(page.get_by_label("In their own words")).to_be_focused()
    kept = page.get_by_label("In their own words").input_value()
    # A letter is kept once the disk has it: of the last word the last ones may have been on their way.
    assert HALF_A_WORD.startswith(kept)
    assert kept.startswith("He would like to play the a")
    page.keyboard.type(HALF_A_WORD.removeprefix(kept) + "ion")
    expect(page.get_by_label("In their own words")).to_have_value("He would like to play the accordion")
    page.keyboard.press("Control+Enter")
    page.get_by_role("checkbox", name="Feeling lonely").check()
    page.keyboard.press("Control+Enter")
    page.get_by_label("On foot").check()
    page.keyboard.press("Enter")
    page.get_by_label("Any amount").check()
    page.keyboard.press("Enter")
    page.get_by_label("Keep a record").check()
    page.get_by_label("They sign on this phone").check()
    page.keyboard.press("Enter")
    expect(heading(page, "Please sign")).to_be_visible()
    draw(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Save and see the shortlist").click()
    expect(heading(page, "Shortlist for Cuthbert")).to_be_visible()
    phone.kill()  # with the signature unsent

    page = people.reopen(phone)
    goto(page, "people")
    page.get_by_label("Search by name").fill("Sampleby")
    page.get_by_role("link", name="Cuthbert Sampleby").click()
    page.get_by_role("link", name="Consent").click()
    expect(page.get_by_text("The signature is saved on this phone")).to_be_visible()
    shown = _picture(page)
    page.evaluate(BADGE)
    page.route("**/v1/files", lambda route: route.fulfill(**_refusal("upload-invalid")))
    phone.set_offline(False)
    expect(page.get_by_role("link", name="1 needs you")).to_be_visible()
    page.wait_for_function("window.badge === 1")
    goto(page, "sign-out")
    expect(page.get_by_role("button", name="Sign out and lose 1 change not sent yet")).to_be_visible()
    goto(page, "sync")
    expect(page.get_by_role("heading", name="New picture or signature: not taken")).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    people.sync_now(page)
    expect(page.get_by_role("link", name="All sent")).to_be_visible()
    page.wait_for_function("window.badge === 0")
    person = _id_of(server, "Sampleby")
    arrived = _arrived(server, person, page)
    goto(page, f"people/{person}/consent")
    expect(page.get_by_text("The signature is saved on this phone")).to_have_count(0)
    assert (
        _picture(page) == shown == arrived
    )  # shown from this phone, from the server, and kept there: not a byte differs
    assert phone.errors == []


def _refusal(slug: str) -> dict[str, Any]:
    """What the server answers when it will not take a file."""
    return {"status": PROBLEMS[slug].status, "content_type": MEDIA_TYPE, "body": json.dumps(PROBLEMS[slug].body())}


def _picture(page: Page) -> bytes:
    """The signature that is shown, as the file that it is drawn from."""
    shown = page.get_by_role("img", name=re.compile("^Signature given"))
    expect(shown).to_be_visible()
    return base64.b64decode(shown.evaluate("(canvas) => canvas.toDataURL()").partition(",")[2])


def _arrived(server: Server, person: str, page: Page) -> bytes:
    """The bytes of the person's signature in the server's store, once they are all there."""
    for _ in range(100):
        signed = [one for one in records(server, "attachment").values() if one["person_id"] == person]
        if [one["status"] for one in signed] == ["stored"]:
            break
        page.wait_for_timeout(100)
    file = next(path for path in (server.home / "files").rglob(signed[0]["sha256"]))
    assert file.stat().st_size == signed[0]["bytes"]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == signed[0]["sha256"]
    return file.read_bytes()
