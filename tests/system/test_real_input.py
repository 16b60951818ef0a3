"""The same story on real open data: a real practice, a real postcode, imported services, true distances."""

import csv
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from math import floor, sqrt
from pathlib import Path
from typing import Any

import orjson
import pytest
from playwright.sync_api import expect

from tests.system import people
from tests.system.conftest import need
from tests.system.people import Need, goto, sign_in
from tests.system.phone import find_chromium, phones
from tests.system.server import ROOT, Server, free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SHARED = Path(os.environ.get("KITH_SHARED_DATA") or ROOT.parent / "shared" / "data")
CHELMSFORD = "E07000070"
TENANT = "essex"


@pytest.fixture
def real_server(demo_home: Path, tmp_path: Path) -> Iterator[tuple[Server, str]]:
    """A server whose one programme holds nothing but real open data, and a prescriber's password."""
    need((SHARED / "essex_postcodes").is_dir(), "the real open data")
    need((ROOT / "app" / "dist" / "index.html").exists(), "the built app")
    home = tmp_path / "home"
    home.mkdir()
    shutil.copytree(demo_home / "models", home / "models")
    server = Server(home, free_port())
    server.kith("migrate")
    server.kith("tenant", "add", TENANT)
    report = server.kith("import", "essex", str(SHARED), "--tenant", TENANT)
    assert "refused" in report
    rights = ["--role", "prescriber", "--team", "team-real", "--district", CHELMSFORD]
    said = server.kith("user", "add", "real.prescriber", "--tenant", TENANT, *rights)
    password = re.findall(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}", said)[0]
    server.start()
    yield server, password
    server.stop()


def practice_and_postcode() -> tuple[str, dict[str, str]]:
    """A real practice of the district and a real postcode of it, from the files themselves."""
    with (SHARED / "essex_nhs_organisations" / "gp_practices_essex.csv").open(encoding="utf-8") as file:
        practices = [row for row in csv.DictReader(file) if row["lad_code"] == CHELMSFORD]
    with (SHARED / "essex_postcodes" / "postcodes_essex.csv").open(encoding="utf-8") as file:
        postcodes = [row for row in csv.DictReader(file) if row["lad_code"] == CHELMSFORD]
    return practices[0]["name"], postcodes[len(postcodes) // 2]


def records(server: Server, kind: str) -> dict[str, dict[str, Any]]:
    with sqlite3.connect(f"file:{server.home / 'kith.db'}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT id, doc FROM record WHERE kind = ? AND deleted = 0", (kind,)).fetchall()
    return {row[0]: orjson.loads(row[1]) for row in rows}


def test_real_services_and_libraries_are_ranked_with_true_distances(
    real_server: tuple[Server, str], tmp_path: Path
) -> None:
    need(find_chromium() is not None, "Chromium")
    server, password = real_server
    practice, postcode = practice_and_postcode()
    with phones(tmp_path / "phones", server.url) as shop:
        phone = shop.new("real")
        page = sign_in(phone, "real.prescriber", password)
        phone.set_offline(True)
        wish = Need("Avelina", "Madeup", postcode["postcode"], ("Finding work", "Learning something new"), practice)
        people.refer(page, wish)
        lines = people.shortlist_lines(page)
        shown = {
            name: page.locator("ol.kith-slate > li").nth(place).locator("ul.kith-facts > li").first.inner_text()
            for place, name in enumerate(lines)
        }
        people.choose_first(page)
        phone.set_offline(False)
        people.wait_until_synced(page)
        goto(page, "sync")
        expect(page.get_by_text("Everything is sent.")).to_be_visible()
        assert phone.errors == []

    exposure = next(iter(records(server, "exposure").values()))
    referral = records(server, "referral")[exposure["referral_id"]]
    assert records(server, "organisation")[referral["referrer_organisation_id"]]["ods_code"]
    assets = records(server, "asset")
    listed = [assets[item["id"]] for item in exposure["items"]]
    assert [asset["name"] for asset in listed] == lines
    assert any(asset["source"].startswith("feed") for asset in listed)
    assert any(asset["category"] == "library" for asset in listed)
    here = int(postcode["easting"]), int(postcode["northing"])
    for asset in listed:
        assert_true_distance(asset, here, shown[asset["name"]])


def assert_true_distance(asset: dict[str, Any], here: tuple[int, int], words: str) -> None:
    """What the phone says of the way agrees with the map, to the rounding of its words."""
    if asset["online"] or asset["at_home"]:
        assert words in ("Online", "Comes to the home")
    elif asset["easting"] is None:
        assert words == "Distance not known"
    else:
        metres = floor(sqrt((asset["easting"] - here[0]) ** 2 + (asset["northing"] - here[1]) ** 2))
        said = re.search(r"[Aa]bout ([\d.]+) (metres|km)", words)
        assert said is not None, words
        value = float(said[1]) * (1000 if said[2] == "km" else 1)
        assert abs(value - metres) <= (500 if metres >= 10_000 else 51), (words, metres)
