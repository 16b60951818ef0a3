from dataclasses import replace
from datetime import date

import pytest

from server.importers.harvest import Harvest, Row
from server.importers.problems import SourceError
from server.importers.settle import HAND, settle
from server.importers.steps import Import
from server.sync.door import Put
from server.sync.model import Key


def asset(id, **fields):
    return Put("asset", id, {"name": id.title(), "category": "music", "source": "feed", "district": "county", **fields})


def time_of(asset_id, weekday="mon"):
    doc = {"item_kind": "asset", "item_id": asset_id, "frequency": "weekly", "weekday": weekday, "district": "county",
           "from_time": "10:00", "until_time": "12:00"}  # fmt: skip
    return Put("schedule", f"{asset_id}.{weekday}", doc)


def harvest(*puts):
    return Harvest.of(Row(put.id, (put,)) for put in puts)


def held(site, kind, id):
    return site.held([Key(kind, id)])[Key(kind, id)]


def head(site):
    with site.store.read(site.tenant) as view:
        return view.head().seq


def test_a_second_import_of_the_same_moves_nothing(site):
    first = settle(harvest(asset("choir"), time_of("choir")), site, whole_of="feed")
    assert (first.created, first.changed, first.unchanged) == (2, 0, 0)
    before = head(site)
    second = settle(harvest(asset("choir"), time_of("choir")), site, whole_of="feed")
    assert (second.created, second.changed, second.unchanged) == (0, 0, 2)
    assert head(site) == before


def test_what_changed_at_the_source_changes_here(site):
    settle(harvest(asset("choir", phone="1")), site)
    assert settle(harvest(asset("choir", phone="2")), site).changed == 1
    assert held(site, "asset", "choir").doc["phone"] == "2"


def test_a_field_that_people_have_changed_is_left_as_it_is(site):
    settle(harvest(asset("choir", phone="1")), site)
    stored = held(site, "asset", "choir").doc
    site.door.write([Put("asset", "choir", {**stored, "category": "wellbeing"})], by="staff")
    done = settle(harvest(asset("choir", phone="2")), site)
    now = held(site, "asset", "choir").doc
    assert (now["category"], now["phone"]) == ("wellbeing", "2")
    assert done.edited_here == 1


def test_a_record_that_people_have_removed_stays_removed(site):
    settle(harvest(asset("choir")), site)
    site.door.remove([Key("asset", "choir")], by="staff")
    assert settle(harvest(asset("choir")), site).removed_here == 1
    assert held(site, "asset", "choir").deleted


def test_what_the_whole_source_no_longer_has_is_closed_and_comes_back_with_it(site):
    three = [asset("choir"), asset("walk"), asset("club")]
    settle(harvest(*three), site, whole_of="feed")
    assert settle(harvest(*three[:2]), site, whole_of="feed").closed == 1
    assert held(site, "asset", "club").doc["status"] == "closed"
    assert settle(harvest(*three[:2]), site, whole_of="feed").closed == 0
    settle(harvest(*three), site, whole_of="feed")
    assert held(site, "asset", "club").doc["status"] == "active"


def test_a_partial_source_closes_nothing(site):
    settle(harvest(asset("choir"), asset("walk"), asset("club")), site, whole_of="feed")
    settle(harvest(asset("choir"), asset("walk")), site)
    assert held(site, "asset", "club").doc["status"] == "active"


def test_a_source_that_seems_to_have_lost_most_of_itself_is_not_believed(site):
    settle(harvest(asset("choir"), asset("walk"), asset("club")), site, whole_of="feed")
    done = settle(harvest(asset("choir")), site, whole_of="feed")
    assert (done.closed, done.not_closed) == (0, 2)
    assert held(site, "asset", "club").doc["status"] == "active"


def test_another_source_is_left_alone(site):
    settle(harvest(asset("choir", source="other"), asset("walk"), asset("club")), site)
    settle(harvest(asset("walk"), asset("club")), site, whole_of="feed")
    assert held(site, "asset", "choir").doc["status"] == "active"


def test_a_time_that_its_asset_no_longer_has_is_ended_and_may_come_back(site):
    settle(harvest(asset("choir"), time_of("choir", "mon"), time_of("choir", "tue")), site)
    assert settle(harvest(asset("choir"), time_of("choir", "mon")), site).times_ended == 1
    assert held(site, "schedule", "choir.tue").doc["ends_on"] == "2026-11-20"
    later = replace(site, today=date(2026, 11, 28))
    assert settle(harvest(asset("choir"), time_of("choir", "mon")), later).times_ended == 0
    settle(harvest(asset("choir"), time_of("choir", "mon"), time_of("choir", "tue")), later)
    assert held(site, "schedule", "choir.tue").doc["ends_on"] is None


def test_a_time_that_people_have_added_is_left_alone(site):
    settle(harvest(asset("choir")), site)
    site.door.write([time_of("choir", "sat")], by="staff")
    assert settle(harvest(asset("choir")), site).times_ended == 0


def test_everything_an_import_writes_says_that_an_import_wrote_it(site):
    settle(harvest(asset("choir")), site)
    assert {stamp.device for stamp in held(site, "asset", "choir").stamps.values()} == {HAND}


def test_a_row_whose_document_breaks_the_contract_is_refused_whole(site):
    rows = [Row("good", (asset("good"),)), Row("bad", (asset("bad", category="nonsense"), asset("also")))]
    found = Harvest.of(rows, site.check)
    assert list(found.puts) == [Key("asset", "good")]
    assert found.refused == [("bad", "invalid")]


def test_a_source_of_which_nothing_can_be_taken_is_a_problem(site):
    step = Import.begin("oruk", "feed", site, lambda *_: None)
    with pytest.raises(SourceError, match="No row of feed"):
        step.write(Harvest.of([Row("x", refused="no-name")]))


def test_a_rule_that_nobody_named_is_a_mistake_in_the_importer():
    with pytest.raises(KeyError):
        Harvest().add(Row("x", repairs=("made-up",)))
