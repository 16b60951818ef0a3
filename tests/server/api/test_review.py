import flask

from server.api.people import note_scope
from server.api.reads import Reads
from server.sync.door import Put
from server.sync.model import Key, Principal
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
    assert amina.get("/v1/quarantine").json == {"entries": [], "next": None}
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
    assert bob.get("/v1/quarantine").json == {"entries": [], "next": None}
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


def test_whoever_was_given_a_person_is_in_the_audit_and_nothing_of_what_they_say(any_house):
    any_house.add("amina")
    any_house.add("bob", team_ids=["t2"])
    any_house.write(Put("person", "p1", PERSON), Put("person", "p2", {**PERSON, "team_id": "t2"}))
    amina, bob = any_house.phone("amina", "phone-a"), any_house.phone("bob", "phone-b")
    for phone in (amina, bob, amina):
        phone.records()
    any_house.services.reads.write()
    with any_house.services.store.read("essex") as view:
        about_p1, all_of_it = view.seen(Key("person", "p1")), view.seen()
    assert [(one.device, one.what, one.scope, one.count) for one in about_p1] == [("phone-a", "pull", "caseload:t1", 2)]
    assert {one.device for one in all_of_it} == {"phone-a", "phone-b"}
    assert PERSON["family_name"] not in repr(all_of_it)


def test_an_idle_pull_and_a_pull_of_the_directory_leave_nothing_in_the_audit(house):
    house.add("amina")
    house.write(Put("organisation", "o", {"name": "A practice", "district": "E07000070"}))
    phone = house.phone("amina", "phone-a")
    phone.records()
    phone.records()
    house.services.reads.write()
    with house.services.store.read("essex") as view:
        assert view.seen() == []


def test_what_could_not_be_written_is_written_with_what_comes_next(house, caplog):
    class Broken:
        def write(self, tenant):
            raise OSError("no disk")

    account = house.add("amina")
    who = Principal("essex", account.id, "phone-a", frozenset(), frozenset())
    reads = Reads(Broken(), after_s=3600)
    reads.note(who, "pull", ["caseload:t1"], 3, house.clock())
    reads.write()
    reads._store = house.services.store
    reads.note(who, "pull", ["caseload:t1"], 4, house.clock())
    reads.write()
    with house.services.store.read("essex") as view:
        assert [one.count for one in view.seen()] == [7]


def test_a_snapshot_that_was_given_is_in_the_audit(house):
    account = house.add("amina")
    phone = house.phone("amina", "phone-a")
    with house.app.test_request_context():
        flask.g.principal = Principal("essex", account.id, phone.device, frozenset(), frozenset({"caseload:t1"}))
        note_scope("snapshot", "caseload:t1", 700)
        note_scope("snapshot", "directory:county", 700)
    house.services.reads.write()
    with house.services.store.read("essex") as view:
        assert [(one.what, one.scope, one.count) for one in view.seen()] == [("snapshot", "caseload:t1", 700)]
