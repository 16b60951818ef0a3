"""The story of Kith, told by real phones and a real server: what one did offline reaches the others, once."""

import re
import sqlite3
from typing import Any

import orjson
import polars
import pytest
from playwright.sync_api import Page, expect

from tests.system import people
from tests.system.people import Need, goto, heading, reopen, sign_in, sync_now
from tests.system.phone import Phone, PhoneShop
from tests.system.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

TEAM = "team-mid"

#: Counts what the phone's database still holds, sealed or not.
COUNT_WHAT_IS_LEFT = """async () => {
    const opened = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
    let left = 0;
    for (const { name } of await indexedDB.databases()) {
        const database = await opened(indexedDB.open(name));
        const kept = [...database.objectStoreNames].filter((store) => ["pages", "vault", "packs"].includes(store));
        for (const store of kept) {
            left += await opened(database.transaction(store).objectStore(store).count());
        }
        database.close();
    }
    return left;
}"""


def records(server: Server, kind: str) -> dict[str, dict[str, Any]]:
    """Every live record of a kind, straight from the database file."""
    with sqlite3.connect(f"file:{server.home / 'kith.db'}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT id, doc FROM record WHERE kind = ? AND deleted = 0", (kind,)).fetchall()
    return {row[0]: orjson.loads(row[1]) for row in rows}


def enrol(shop: PhoneShop, server: Server, username: str) -> tuple[Phone, Page]:
    phone = shop.new(username)
    return phone, sign_in(phone, username, server.sign_ins()[username]["password"])


def postcode_of(server: Server, district: str) -> str:
    """A made-up postcode that the demonstration knows."""
    for sector in records(server, "postcode_sector").values():
        if sector["district"] == district:
            return f"{sector['sector']}{sorted(sector['units'])[0]}"
    raise AssertionError("the demonstration has no postcodes there")


def open_task(server: Server, district: str) -> str:
    """A task that anybody in the district could claim."""
    tasks = records(server, "task")
    return next(id for id, doc in sorted(tasks.items()) if doc["district"] == district and doc["status"] == "open")


def test_a_referral_made_without_a_signal_reaches_a_colleague(shop: PhoneShop, server: Server) -> None:
    phone, page = enrol(shop, server, "prescriber")
    before = {kind: records(server, kind) for kind in ("person", "referral", "exposure", "placement")}
    need = Need("Wilhelmina", "Testerby", postcode_of(server, "E07000070"))

    phone.set_offline(True)
    phone.kill()
    page = reopen(phone)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    people.refer(page, need)

    names = people.shortlist_lines(page)
    assert 5 <= len(names) <= 10
    expect(page.get_by_text(re.compile("^Ranked by .* on this phone"))).to_be_visible()
    first = page.locator("ol.kith-slate > li").first
    expect(first.get_by_role("heading", name="Why it may suit")).to_be_visible()
    told = first.locator("ul.kith-facts > li").filter(has_text=re.compile("^(Next: |Ask when)"))
    expect(told).to_have_count(1)
    expect(page.get_by_role("heading", name="Not shown, and why")).to_be_visible()
    chosen = people.choose_first(page)
    expect(page.get_by_role("link", name=re.compile("to send"))).to_be_visible()
    assert {kind: records(server, kind) for kind in before} == before

    phone.kill()  # the battery dies with everything unsent
    phone.set_offline(False)
    page = reopen(phone)
    people.wait_until_synced(page)

    made = {kind: [doc for id, doc in records(server, kind).items() if id not in before[kind]] for kind in before}
    assert [person["family_name"] for person in made["person"]] == ["Testerby"]
    assert len(made["referral"]) == len(made["exposure"]) == len(made["placement"]) == 1
    exposure, placement = made["exposure"][0], made["placement"][0]
    assert exposure["ranked_on"] == "phone"
    assert exposure["model_version"] != "rules"
    assert placement["item_id"] == exposure["items"][0]["id"]
    assert placement["place_held"] in ("offered", "none")
    assert [item["position"] for item in exposure["items"]] == list(range(len(names)))
    assert len({item["id"] for item in exposure["items"]}) == len(names)
    assert all(0 < item["propensity"] <= 1 for item in exposure["items"])

    _, colleague = enrol(shop, server, "prescriber2")
    goto(colleague, "people")
    colleague.get_by_label(re.compile("Search")).fill("Testerby")
    colleague.get_by_role("link", name=re.compile("Testerby")).click()
    colleague.get_by_role("link", name=re.compile("lonely", re.IGNORECASE)).first.click()
    expect(colleague.get_by_text(chosen)).to_be_visible()

    _, stranger = enrol(shop, server, "prescriber3")
    goto(stranger, "people")
    stranger.get_by_label(re.compile("Search")).fill("Testerby")
    expect(stranger.get_by_role("link", name=re.compile("Testerby"))).to_have_count(0)
    assert phone.errors == []
    assert phone.foreign == []


def test_two_offline_volunteers_want_one_task_and_one_wins(shop: PhoneShop, server: Server) -> None:
    task = open_task(server, "E07000070")
    slow, slow_page = enrol(shop, server, "volunteer")
    quick, quick_page = enrol(shop, server, "volunteer2")
    slow.set_offline(True)
    quick.set_offline(True)

    goto(slow_page, "me/edit")
    box = slow_page.get_by_role("group", name="When can you help?").get_by_role("checkbox").first
    was_free = box.is_checked()
    box.set_checked(not was_free)
    slow_page.get_by_role("button", name="Save changes").click()
    expect(heading(slow_page, re.compile("^My details$"))).to_be_visible()
    people.claim(slow_page, task)
    expect(slow_page.get_by_text("Waiting to hear", exact=True)).to_be_visible()
    people.claim(quick_page, task)

    quick.set_offline(False)
    sync_now(quick_page)
    goto(quick_page, f"tasks/{task}")
    expect(quick_page.get_by_text("This task is yours")).to_be_visible()
    expect(quick_page.get_by_role("heading", name="Private details")).to_be_visible()

    slow.kill()
    slow.set_offline(False)
    slow_page = reopen(slow)
    goto(slow_page, f"tasks/{task}")
    expect(slow_page.get_by_role("button", name="See other tasks")).to_be_visible(timeout=60_000)
    expect(slow_page.get_by_role("heading", name="Private details")).to_have_count(0)

    claims = [doc for doc in records(server, "claim").values() if doc["task_id"] == task]
    assert [(doc["volunteer_id"], doc["status"]) for doc in claims] == [("volunteer-001", "active")]
    slots = records(server, "volunteer")["volunteer-000"]["availability"]
    assert ("mon_am" in slots) != was_free
    details = records(server, "task_detail")[task]
    assert details["claimant_id"] == "volunteer-001"


def test_edits_of_two_fields_merge_and_of_one_field_wait_for_a_person(shop: PhoneShop, server: Server) -> None:
    person_id, person = next(
        (id, doc) for id, doc in sorted(records(server, "person").items()) if doc["team_id"] == TEAM
    )
    mine, my_page = enrol(shop, server, "prescriber")
    theirs, their_page = enrol(shop, server, "prescriber2")
    mine.set_offline(True)
    theirs.set_offline(True)

    edit(my_page, person_id, {"Phone number": "01632 960111", "E-mail": "mine@example.org"})
    edit(their_page, person_id, {"Phone number": "01632 960222", "Address": "2 Made-up Row"})
    mine.set_offline(False)
    sync_now(my_page)
    theirs.set_offline(False)
    sync_now(their_page)

    merged = records(server, "person")[person_id]
    assert merged["email"] == "mine@example.org"
    assert merged["address"] == "2 Made-up Row"
    assert merged["phone"] == "01632 960222"  # the later edit
    conflicts = [doc for doc in records(server, "conflict").values() if doc["record_id"] == person_id]
    assert [(doc["field"], doc["status"]) for doc in conflicts] == [("phone", "open")]
    assert {conflicts[0]["mine"]["value"], conflicts[0]["theirs"]["value"]} == {"01632 960111", "01632 960222"}

    sync_now(my_page)
    goto(my_page, "conflicts")
    my_page.get_by_role("link", name=re.compile(person["family_name"])).click()
    my_page.get_by_label(re.compile("01632 960111")).check()
    my_page.get_by_role("button", name="Save").click()
    expect(heading(my_page, "Changes made twice")).to_be_visible()
    sync_now(my_page)
    assert records(server, "person")[person_id]["phone"] == "01632 960111"
    assert [doc["status"] for doc in records(server, "conflict").values() if doc["record_id"] == person_id] == [
        "resolved"
    ]
    sync_now(their_page)
    goto(their_page, f"people/{person_id}")
    expect(their_page.get_by_role("link", name="01632 960111")).to_be_visible()


def edit(page: Page, person_id: str, fields: dict[str, str]) -> None:
    """Change details of a person."""
    goto(page, f"people/{person_id}/edit")
    expect(heading(page, "Change details")).to_be_visible()
    for label, value in fields.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Save changes").click()
    expect(heading(page, "Change details")).to_have_count(0)


def test_what_was_chosen_trains_the_version_that_phones_rank_with_next(shop: PhoneShop, server: Server) -> None:
    phone, page = enrol(shop, server, "prescriber")
    people.refer(page, Need("Ottoline", "Exampleton", postcode_of(server, "E07000070")))
    shown = page.get_by_text(re.compile("Ranker: "))
    before = shown.inner_text()
    people.choose_first(page)
    people.wait_until_synced(page)
    exposure = max(records(server, "exposure").items(), key=lambda one: one[1]["shown_at"])[0]

    server.kith("ml", "dataset")
    assert exposure in dataset_queries(server)
    server.kith("ml", "train")
    server.kith("ml", "evaluate")
    server.kith("ml", "fairness")
    server.kith("ml", "ope")
    server.kith("ml", "promote")

    sync_now(page)
    people.refer(page, Need("Peregrine", "Sampleworth", postcode_of(server, "E07000070")))
    expect(shown).not_to_have_text(before, timeout=60_000)
    assert len(people.shortlist_lines(page)) >= 5
    assert phone.errors == []


def dataset_queries(server: Server) -> set[str]:
    """The exposures that the data set holds."""
    folder = server.home / "datasets"
    found: set[str] = set()
    for path in folder.rglob("*.parquet"):
        frame = polars.read_parquet(path)
        for column in ("exposure_id", "query_id", "query"):
            if column in frame.columns:
                found |= set(frame[column].cast(polars.String).to_list())
    return found


def test_a_phone_whose_access_was_taken_away_wipes_itself(shop: PhoneShop, server: Server) -> None:
    phone, page = enrol(shop, server, "prescriber")
    phone.set_offline(True)
    edited = next(id for id, doc in sorted(records(server, "person").items()) if doc["team_id"] == TEAM)
    edit(page, edited, {"E-mail": "late@example.org"})
    with sqlite3.connect(f"file:{server.home / 'kith.db'}?mode=ro", uri=True) as database:
        query = "SELECT device.id FROM device JOIN account ON account.id = device.account_id WHERE account.username = ?"
        device = database.execute(query, ("prescriber",)).fetchone()[0]
    server.kith("device", "revoke", device)
    phone.set_offline(False)
    goto(page, "sync")
    expect(page.get_by_text("Kith has cleared this phone")).to_be_visible(timeout=60_000)
    page.wait_for_function(f"({COUNT_WHAT_IS_LEFT})().then((left) => left === 0)")  # goes on over the page's reload
