"""Reports of fieldwork are made once and stay as they are, so that no two can be subtracted."""

from datetime import datetime, timedelta

from server.sync.decisions.publishing import publish
from server.sync.door import Put
from server.sync.model import Document
from server.sync.ports import Store
from tests.builders import NOW, TENANT, door

ROUND = {"team_id": "team-a", "name": "Northgate", "area": "E01", "status": "closed", "ends_on": "2026-10-20"}


def knocked(store: Store, doors: int, came: str = "done", start: int = 0) -> None:
    at = {"round_id": "round", "team_id": "team-a"}
    visits = [
        Put("visit", f"v{n}", {**at, "household_id": f"h{n}", "visited_on": "2026-10-20", "outcome": came})
        for n in range(start, start + doors)
    ]
    door(store).write(visits)


def listened(store: Store) -> None:
    at = {"round_id": "round", "team_id": "team-a"}
    homes = [Put("household", f"h{n}", {**at, "number": n + 1, "area": "E01"}) for n in range(40)]
    session = {"team_id": "team-a", "held_on": "2026-10-02", "place": "Park", "area": "E01", "age_16_17": 7}
    door(store).write([Put("round", "round", ROUND), *homes, Put("session_log", "s", session)])
    knocked(store, 20)


def made(store: Store, now: datetime = NOW) -> int:
    return publish(store, door(store, now).add, TENANT, now)


def reports(store: Store) -> dict[str, Document]:
    with store.read(TENANT) as view:
        found = [one.doc for one in view.of_kind("fieldwork_report")]
    return {doc["round_id"] or doc["month"]: doc for doc in found}


def value(doc: Document, table: str, group: str, name: str) -> int | None:
    (found,) = [
        one["value"] for one in doc["lines"] if (one["table"], one["group"], one["name"]) == (table, group, name)
    ]
    return found  # type: ignore[no-any-return]  # a document's values have no types


def test_what_is_over_is_told_of_once(store: Store) -> None:
    listened(store)
    assert made(store) == 2
    assert set(reports(store)) == {"round", "2026-10"}
    assert value(reports(store)["round"], "dwellings", "E01", "done") == 20
    assert value(reports(store)["2026-10"], "met", "E01", "16_17") == 7
    assert made(store) == 0


def test_what_comes_late_changes_no_report_so_that_nothing_can_be_subtracted(store: Store) -> None:
    listened(store)
    made(store)
    before = reports(store)
    knocked(store, 1, start=20)  # one door more: the difference of two reports would be that door
    door(store).write([Put("round", "round", ROUND | {"status": "open"})])
    assert made(store, NOW + timedelta(days=40)) == 0
    assert reports(store) == before


def test_nothing_is_told_of_a_round_that_is_open_or_a_month_that_goes_on(store: Store) -> None:
    listened(store)
    door(store).write([Put("round", "round", ROUND | {"status": "open"})])
    assert made(store, NOW.replace(month=10, day=21)) == 0
    assert reports(store) == {}
