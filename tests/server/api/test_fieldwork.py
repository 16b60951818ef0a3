import pytest

from server.sync.decisions.publishing import publish
from server.sync.door import Put
from tests.server.api.house import slug


@pytest.fixture
def town(house):
    house.add("cora", roles=["commissioner"], team_ids=[])
    house.add("otis", roles=["outreach"], team_ids=["team-a"])
    house.add("orla", roles=["outreach"], team_ids=["team-z"])
    house.add("pia", roles=["prescriber"], team_ids=["team-a"])
    at = {"round_id": "r", "team_id": "team-a"}
    found = {"team_id": "team-a", "name": "Northgate", "area": "E01", "status": "closed", "ends_on": "2026-10-20"}
    house.write(
        Put("round", "r", found),
        *(Put("household", f"h{n}", {**at, "number": n + 1, "area": "E01"}) for n in range(20)),
        *(
            Put("visit", f"v{n}", {**at, "household_id": f"h{n}", "visited_on": "2026-10-20", "outcome": "done"})
            for n in range(10)
        ),
    )
    publish(house.services.store, house.door().add, "essex", house.services.now())
    return house


def test_commissioners_get_what_is_over_and_teams_their_own(town):
    (report,) = town.phone("cora").get("/v1/fieldwork/reports").json["reports"]
    assert (report["round_id"], report["coverage_pct"]) == ("r", 50.0)
    assert {"table": "dwellings", "group": "E01", "name": "done", "value": 10} in report["lines"]
    assert len(town.phone("otis", "phone-2").get("/v1/fieldwork/reports").json["reports"]) == 1
    assert town.phone("orla", "phone-3").get("/v1/fieldwork/reports").json["reports"] == []
    assert slug(town.phone("pia", "phone-4").get("/v1/fieldwork/reports")) == "not-allowed"


def test_how_a_round_stands_now_is_for_its_team_alone(town):
    (found,) = town.phone("otis").get("/v1/fieldwork/rounds").json["rounds"]
    assert (found["round_id"], found["coverage_pct"]) == ("r", 50.0)
    assert town.phone("orla", "phone-3").get("/v1/fieldwork/rounds").json["rounds"] == []
    for name, device in (("cora", "phone-2"), ("pia", "phone-4")):
        assert slug(town.phone(name, device).get("/v1/fieldwork/rounds")) == "not-allowed"
