"""Whoever runs a group keeps their own record, calls their own sessions off, and touches nothing of others'."""

from typing import Any

import pytest

from server.domain.roles import Facts, scopes_for
from server.sync.door import Put
from server.sync.model import Key, Principal, Receipt
from server.sync.ports import Store
from tests.builders import DISTRICT, TENANT, Phone, door, placement
from tests.server.events.test_cancelling import WEDNESDAYS, rows, told
from tests.server.events.test_courses import COURSE, worker

ASSET = {"name": "Choir", "category": "music", "district": DISTRICT}


@pytest.fixture
def owner(store: Store) -> Phone:
    """Keeps asset-1; another group of the same district, asset-2, is not theirs."""
    puts = [Put("asset", each, ASSET) for each in ("asset-1", "asset-2")]
    puts += [Put("schedule", f"times-{n}", {**WEDNESDAYS, "item_id": f"asset-{n}"}) for n in (1, 2)]
    puts += [Put("placement", "ada", placement(status="started"))]
    door(store).write(puts)
    scopes = scopes_for(["asset_owner"], Facts(districts=(DISTRICT,), asset_ids=("asset-1",)))
    return Phone(store, Principal(TENANT, "olive", "phone-o", frozenset({"asset_owner"}), scopes))


def said(receipt: Receipt) -> str:
    return receipt.problem.slug if receipt.problem else receipt.outcome.value


def document(store: Store, kind: str, record_id: str) -> dict[str, Any]:
    with store.read(TENANT) as view:
        return dict(view.records([Key(kind, record_id)])[Key(kind, record_id)].doc)


def test_their_own_record_times_place_and_course_are_theirs_to_write(owner: Phone) -> None:
    place = {"name": "Hall", "district": DISTRICT}
    answers = [
        owner.patch("asset", "asset-1", 1000, description="All voices"),
        owner.patch("schedule", "times-1", 1000, from_time="10:30"),
        owner.create("schedule", "more", **{**WEDNESDAYS, "weekday": "fri"}),
        owner.create("location", "hall", **place, asset_id="asset-1"),
        owner.create("course", "course-1", **COURSE),
        owner.command("cancel_date", "schedule", "times-1", on="2026-11-25", reason="venue"),
        owner.delete("schedule", "more", 1000),
    ]
    assert [said(answer) for answer in answers if said(answer) not in ("applied", "merged")] == []


def test_nothing_of_another_group_of_the_district_is(owner: Phone) -> None:
    answers = [
        owner.patch("asset", "asset-2", 1000, description="Ours now"),
        owner.create("asset", "asset-3", **ASSET),
        owner.patch("schedule", "times-2", 1000, from_time="10:30"),
        owner.create("schedule", "more", **{**WEDNESDAYS, "item_id": "asset-2"}),
        owner.create("location", "hall", name="Hall", district=DISTRICT, asset_id="asset-2"),
        owner.create("location", "hall", name="Hall", district=DISTRICT),
        owner.create("course", "course-1", **{**COURSE, "asset_id": "asset-2"}),
        owner.command("cancel_date", "schedule", "times-2", on="2026-11-25", reason="venue"),
        owner.command("end_series", "schedule", "times-2", last_on="2026-11-25", reason="venue"),
        owner.delete("asset", "asset-2", 1000),
    ]
    assert {said(answer) for answer in answers} == {"not-yours"}
    assert "cancelled_on" not in str([answer.row for answer in answers])


def test_what_the_centre_alone_says_stays_as_it_is(owner: Phone) -> None:
    receipt = owner.patch("asset", "asset-1", 1000, assured_on="2026-11-20", referral_only=True, name="Big choir")
    assert said(receipt) == "merged"
    kept = document(owner.store, "asset", "asset-1")
    assert (kept["assured_on"], kept["referral_only"], kept["name"]) == (None, False, "Big choir")


def test_a_place_of_ones_own_cannot_be_passed_to_another_group(owner: Phone) -> None:
    owner.create("location", "hall", name="Hall", district=DISTRICT, asset_id="asset-1")
    for asset_id in ("asset-2", None):
        assert said(owner.patch("location", "hall", 1000, asset_id=asset_id)) == "not-yours"


def test_who_cancels_reaches_the_team_and_sees_how_many_and_never_whom(owner: Phone) -> None:
    owner.command("cancel_date", "schedule", "times-1", on="2026-11-25", reason="illness")
    assert told(Phone(owner.store, worker())) == [("ada", "session_cancelled", "2026-11-25", "active")]
    owner.cursor = None
    assert {row.kind for row in owner.pull().rows} == {"asset", "schedule"}
    (by,) = {each["by"] for doc in rows(owner, "schedule") for each in doc["cancellations"]}
    assert by == "owner"
    owner.create("course", "course-1", **COURSE)
    door(owner.store).write([Put("placement", "ben", placement(person_id="person-ben"))])
    Phone(owner.store, worker()).command("enrol", "placement", "ben", course_id="course-1")
    (count,) = rows(owner, "place_count")
    assert (count["places_open"], count["waiting"]) == (1, 0)
