import pytest

from server.sync.door import Put
from tests.server.api.house import slug
from tests.server.api.test_volunteering import TASK, VOLUNTEER, cara, vera

ASK = {
    "task_id": "t1", "volunteer_id": "v1", "centre_id": "c1", "wave": 0, "position": 0, "policy": "waves",
    "asked_at": "2026-11-21T09:00:00.000Z", "answer_until_at": "2026-11-21T10:00:00.000Z", "status": "asked",
}  # fmt: skip
CLAIM = {"task_id": "t1", "volunteer_id": "v1", "centre_id": "c1", "status": "done", "minutes": 30,
         "claimed_at": "2026-11-21T09:00:40.000Z"}  # fmt: skip


@pytest.fixture
def town(house):
    house.add("vera", roles=["volunteer"], volunteer_id="v1", team_ids=[])
    house.add("cara", roles=["centre"], centre_ids=["c1"], team_ids=[])
    house.add("otto", roles=["centre"], centre_ids=["c2"], team_ids=[])
    house.write(Put("volunteer", "v1", VOLUNTEER))
    return house


def here(town):
    return vera(town).get("/v1/dispatch/here").json


def test_a_volunteer_without_anything_near_is_told_so_honestly(town):
    town.write(Put("task", "t2", TASK | {"northing": 220_000}))
    told = here(town)
    assert (told["state"], told["open_asks"], told["near"]) == ("nothing-near", 0, 0)
    assert told["text"].startswith("Nothing near you yet.")


def test_a_volunteer_is_told_of_open_tasks_near_and_of_asks_that_wait(town):
    town.write(Put("task", "t1", TASK))
    assert here(town)["state"] == "near"
    town.write(Put("ask", "a1", ASK))
    assert (here(town)["state"], here(town)["open_asks"]) == ("asked", 1)
    town.write(Put("volunteer", "v1", VOLUNTEER | {"paused_until_on": "2027-01-01"}))
    assert here(town)["state"] == "paused"


def test_whoever_is_no_volunteer_is_told_nothing(town):
    assert slug(cara(town).get("/v1/dispatch/here")) == "not-allowed"


def test_a_coordinator_sees_the_figures_of_their_own_centre_alone(town):
    town.write(Put("task", "t1", TASK | {"status": "done"}), Put("ask", "a1", ASK | {"status": "claimed"}))
    town.write(Put("claim", "k1", CLAIM))
    told = cara(town).get("/v1/dispatch/figures?days=30").json
    assert (told["overall"]["taken"], told["overall"]["pickup_median_s"], told["overall"]["asks"]) == (1, 40.0, 1)
    assert list(told["by_type"]) == ["shopping"]
    others = town.phone("otto", "phone-o").get("/v1/dispatch/figures").json
    assert (others["overall"]["tasks"], others["by_district"]) == (0, {})


@pytest.mark.parametrize("asked", ["days=0", "days=many"])
def test_what_is_no_number_of_days_is_invalid(town, asked):
    assert slug(cara(town).get(f"/v1/dispatch/figures?{asked}")) == "invalid"


def test_nobody_but_staff_sees_figures(town):
    assert slug(vera(town).get("/v1/dispatch/figures")) == "not-allowed"
    assert town.client.get("/v1/dispatch/figures").status_code == 401
