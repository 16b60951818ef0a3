import pytest

from server.sync.door import Put
from server.sync.model import Key
from tests.server.api.house import DISTRICT, slug
from tests.server.api.test_volunteering import VOLUNTEER, cara, vera


@pytest.fixture
def town(house):
    house.add("vera", roles=["volunteer"], volunteer_id="v1", team_ids=[])
    house.add("cara", roles=["centre"], centre_ids=["c1"], team_ids=[])
    done = {"training_id": "lift", "done_on": "2026-03-01", "status": "verified"}
    house.write(
        Put("training", "lift", {"name": "Lifting safely", "district": DISTRICT}),
        *(Put("volunteer", f"v{n}", VOLUNTEER) for n in (1, 2)),
        Put("volunteer", "v3", VOLUNTEER | {"centre_id": "c2"}),
        Put("completion", "d1", done | {"volunteer_id": "v1", "centre_id": "c1", "expires_on": "2026-12-01"}),
        Put("completion", "d2", done | {"volunteer_id": "v2", "centre_id": "c1", "expires_on": "2026-11-30"}),
        Put("completion", "d3", done | {"volunteer_id": "v3", "centre_id": "c2", "expires_on": "2026-11-30"}),
    )
    return house


def test_a_volunteer_is_told_what_of_their_own_runs_out(town):
    assert [one["volunteer_id"] for one in vera(town).get("/v1/trainings/due").json["due"]] == ["v1"]
    assert vera(town).get("/v1/trainings/due?days=1").json["due"] == []


def test_a_centre_is_told_of_its_own_volunteers_soonest_first_and_the_audit_says_so(town):
    due = cara(town).get("/v1/trainings/due").json["due"]
    assert [(one["volunteer_id"], one["until_on"]) for one in due] == [("v2", "2026-11-30"), ("v1", "2026-12-01")]
    town.services.reads.write()
    with town.services.store.read("essex") as view:
        assert [one.what for one in view.seen(Key("volunteer", "v2"))] == ["trainings"]


def test_who_can_do_something_is_for_the_centre_and_about_its_own_volunteers(town):
    found = cara(town).get("/v1/trainings/held?training=lift").json["volunteers"]
    assert [(one["volunteer_id"], one["until_on"]) for one in found] == [("v1", "2026-12-01"), ("v2", "2026-11-30")]
    assert len(cara(town).get("/v1/trainings/held?skill=driving").json["volunteers"]) == 2
    assert slug(vera(town).get("/v1/trainings/held?training=lift")) == "not-allowed"


@pytest.mark.parametrize("query", ["", "skill=flying", "training=%20"])
def test_a_question_about_nothing_is_invalid(town, query):
    assert slug(cara(town).get(f"/v1/trainings/held?{query}")) == "invalid"
