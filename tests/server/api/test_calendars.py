"""Public calendars over HTTP: no sign-in, nothing twice, nothing told of what is not there."""

from dataclasses import replace

import pytest

from server.sync.door import Put
from tests.builders import DISTRICT, TENANT
from tests.server.api.house import slug

ASSET = {"name": "Choir", "category": "music", "district": DISTRICT, "address": "Hall"}
TIMES = {"district": DISTRICT, "item_kind": "asset", "item_id": "choir", "from_time": "10:00", "until_time": "11:30",
         "frequency": "weekly", "weekday": "wed"}  # fmt: skip


@pytest.fixture
def town(any_house):
    any_house.write(Put("district", DISTRICT, {"name": "Colchester"}), Put("asset", "choir", ASSET))
    any_house.write(Put("schedule", "times", TIMES))
    return any_house


def get(town, path, **headers):
    return town.app.test_client().get(f"/v1/calendars/{path}", headers=headers)


@pytest.mark.parametrize("path", ["assets/choir", f"districts/{DISTRICT}", "themes/music"])
def test_anybody_may_have_a_calendar_and_is_sent_nothing_twice(town, path):
    told = get(town, f"{TENANT}/{path}.ics")
    assert told.status_code == 200
    assert told.content_type == "text/calendar; charset=utf-8"
    assert told.headers["Cache-Control"] == "public, max-age=3600"
    assert b"SUMMARY:Choir" in told.data
    again = get(town, f"{TENANT}/{path}.ics", **{"If-None-Match": told.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_change_gives_another_calendar_at_once(town):
    before = get(town, f"{TENANT}/assets/choir.ics").headers["ETag"]
    town.write(Put("schedule", "times", TIMES | {"from_time": "10:30"}))
    after = get(town, f"{TENANT}/assets/choir.ics", **{"If-None-Match": before})
    assert after.status_code == 200
    assert b"T103000" in after.data


@pytest.mark.parametrize("path", [
    "essex/assets/nothing.ics", "kent/assets/choir.ics", "kent/themes/music.ics", "essex/themes/nothing.ics",
    "essex/districts/E07000099.ics", "essex/assets/a%00b.ics", "essex%00/assets/choir.ics",
    "essex/assets/%E2%82%AC.ics", "essex/assets/" + "a" * 65 + ".ics",
])  # fmt: skip
def test_what_is_not_there_is_not_found_whatever_it_is_called(town, path):
    assert slug(get(town, path)) == "not-found"


def test_calendars_can_be_turned_off(house):
    house.write(Put("asset", "choir", ASSET))
    house.app.extensions["kith"] = replace(house.app.extensions["kith"], public_calendars=False)
    assert slug(get(house, f"{TENANT}/assets/choir.ics")) == "not-found"
