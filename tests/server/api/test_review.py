from server.sync.door import Put
from tests.server.api.house import PERSON, slug


def refused(house, team="t1"):
    """Let Amina's phone send an edit of somebody who is in another team now."""
    house.write(Put("person", "p1", {**PERSON, "team_id": team}))
    amina = house.phone("amina", "phone-a")
    amina.push(amina.mutation("person", "p1", op="patch", base=1, set={"phone": "01206 000000"}))
    return amina


def test_the_new_team_sees_and_releases_what_the_old_one_sent(any_house):
    any_house.add("amina")
    any_house.add("bob", team_ids=["t2"])
    amina, bob = refused(any_house, "t2"), any_house.phone("bob", "phone-b")
    assert amina.get("/v1/quarantine").json == {"entries": []}
    (entry,) = bob.get("/v1/quarantine").json["entries"]
    assert (entry["reason"], entry["state"], entry["mutation"]["set"]) == (
        "not-yours",
        "open",
        {"phone": "01206 000000"},
    )
    path = f"/v1/quarantine/{entry['name']}"
    assert slug(amina.post(path, {"decision": "release"})) == "not-found"
    assert bob.post(path, {"decision": "release"}).json == {"name": entry["name"], "state": "released"}
    assert bob.records()["person", "p1"]["phone"] == "01206 000000"
    assert bob.get("/v1/quarantine").json == {"entries": []}
    assert [one["state"] for one in bob.get("/v1/quarantine?state=all").json["entries"]] == ["released"]


def test_what_cannot_be_released_says_why_and_can_be_dropped(house):
    house.add("amina")
    amina = house.phone("amina", "phone-a")
    amina.push(amina.mutation("person", "p1", set={**PERSON, "given_name": 7}))
    (entry,) = amina.get("/v1/quarantine").json["entries"]
    answer = amina.post(f"/v1/quarantine/{entry['name']}", {"decision": "release"})
    assert (answer.status_code, slug(answer)) == (422, "invalid")
    assert answer.json["errors"].keys() == {"given_name"}
    assert amina.post(f"/v1/quarantine/{entry['name']}", {"decision": "drop"}).json["state"] == "dropped"


def test_staff_settle_a_conflict_by_one_request(any_house):
    any_house.add("amina")
    any_house.add("bob")
    any_house.write(Put("person", "p1", PERSON))
    amina, bob = any_house.phone("amina", "phone-a"), any_house.phone("bob", "phone-b")
    amina.push(amina.mutation("person", "p1", op="delete", base=1))
    bob.push(bob.mutation("person", "p1", op="patch", base=1, set={"given_name": "Grace"}))
    (conflict,) = bob.get("/v1/conflicts").json["conflicts"]
    settled = bob.post(f"/v1/conflicts/{conflict['id']}", {"keep": "mine"})
    assert (settled.status_code, settled.json["doc"]["status"]) == (200, "resolved")
    assert bob.records()["person", "p1"]["given_name"] == "Grace"
    again = bob.post(f"/v1/conflicts/{conflict['id']}", {"keep": "mine"})
    assert (again.status_code, slug(again)) == (409, "conflict-already-resolved")
    assert slug(bob.post("/v1/conflicts/none", {"keep": "mine"})) == "not-yours"
