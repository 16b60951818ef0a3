import pytest

from ml.features.volunteers import VOLUNTEERS
from ml.models.artifact import document, packed
from server.sync.door import Put
from tests.server.api.house import DISTRICT, slug

ELSEWHERE = "E07000071"
HERE = {"district": DISTRICT, "easting": 570_000, "northing": 206_000}
VOLUNTEER = HERE | {
    "centre_id": "c1", "given_name": "Edith", "family_name": "Quill", "skills": ["driving"], "languages": ["en"],
    "availability": ["mon_am"], "travel": "car", "max_km": 10, "commitment": "hour", "made_up": True,
}  # fmt: skip
TASK = HERE | {
    "name": "Shopping for two", "type": "shopping", "category": "home_help", "centre_id": "c1", "skills": ["driving"],
    "minutes": 60, "window_from_at": "2026-11-23T09:00:00Z", "window_until_at": "2026-11-23T11:00:00Z",
}  # fmt: skip
ROLE = HERE | {"name": "Shop helper", "category": "other", "skills": [], "min_age": 18}


@pytest.fixture
def town(house):
    house.add("vera", roles=["volunteer"], volunteer_id="v1", team_ids=[])
    house.add("cara", roles=["centre"], centre_ids=["c1"], team_ids=[])
    house.write(
        Put("volunteer", "v1", VOLUNTEER),
        Put("volunteer", "v2", VOLUNTEER | {"northing": 209_000}),
        Put("volunteer", "v3", VOLUNTEER | {"skills": ["music"]}),
        Put("volunteer", "v4", VOLUNTEER | {"centre_id": "c2"}),
        Put("task", "t1", TASK),
        Put("task", "t2", TASK | {"northing": 220_000, "name": "Far off"}),
        Put("task", "t3", TASK | {"district": ELSEWHERE, "name": "In another district"}),
        Put("opportunity", "o1", ROLE),
    )
    return house


def vera(town):
    return town.phone("vera", "phone-v")


def cara(town):
    return town.phone("cara", "phone-c")


def test_a_volunteer_sees_what_suits_them_with_reasons_and_what_was_kept_off_by_which_rule(town):
    body = vera(town).post("/v1/recommendations/tasks", {}).json
    assert [(one["kind"], one["id"]) for one in body["items"]] == [("task", "t1"), ("opportunity", "o1")]
    first = body["items"][0]
    assert {"Uses these skills: Driving.", "Very near."} <= {reason["text"] for reason in first["reasons"]}
    assert sum(first["contributions"].values()) + body["base"] == pytest.approx(first["score"])
    assert [(one["id"], one["rule"]) for one in body["excluded"]] == [("t2", "too_far")]
    assert (body["model_version"], bool(body["notice"])) == ("rules", True)


def test_a_volunteer_sees_no_task_of_a_district_that_is_not_theirs(town):
    body = vera(town).post("/v1/recommendations/tasks", {}).json
    assert "t3" not in {one["id"] for one in body["items"] + body["excluded"]}


def test_a_centre_sees_whom_a_task_suits_among_its_own_volunteers_alone(town):
    body = cara(town).post("/v1/recommendations/volunteers", {"id": "t1"}).json
    assert [one["id"] for one in body["items"]] == ["v1", "v2"]
    assert [(one["id"], one["rule"]) for one in body["excluded"]] == [("v3", "skill")]
    assert "v4" not in str(body)  # another centre's


def test_a_role_can_be_asked_about_as_well(town):
    body = cara(town).post("/v1/recommendations/volunteers", {"kind": "opportunity", "id": "o1"}).json
    assert {one["id"] for one in body["items"]} == {"v1", "v2", "v3"}


def test_who_was_called_on_of_late_stands_behind_others(town):
    claim = {"task_id": "t9", "volunteer_id": "v1", "centre_id": "c1", "status": "done", "minutes": 30}
    days = (2, 4, 6, 8, 10, 12, 14, 16)
    town.write(*(Put("claim", f"k{day}", claim | {"claimed_at": f"2026-11-{day:02}T09:00:00Z"}) for day in days))
    body = cara(town).post("/v1/recommendations/volunteers", {"id": "t1"}).json
    assert [(one["id"], one["demotion"]) for one in body["items"]] == [("v2", 0.0), ("v1", 0.375 * len(days))]
    assert body["items"][1]["score"] > body["items"][0]["score"]


@pytest.mark.slow
@pytest.mark.parametrize("role", ["volunteer", "prescriber", "commissioner", "asset_owner", "data_scientist"])
def test_nobody_but_a_centre_looks_for_volunteers(town, role):
    town.add("other", roles=[role], volunteer_id="v1", centre_ids=["c1"])
    answer = town.phone("other", "phone-o").post("/v1/recommendations/volunteers", {"id": "t1"})
    assert (answer.status_code, slug(answer)) == (403, "not-allowed")


def test_a_centre_of_elsewhere_gets_the_same_refusal_for_a_task_it_cannot_see_as_for_none(town):
    town.add("otto", roles=["centre"], centre_ids=["c2"], districts=[ELSEWHERE], team_ids=[])
    otto = town.phone("otto", "phone-o")
    theirs = otto.post("/v1/recommendations/volunteers", {"id": "t1"})
    nobodys = otto.post("/v1/recommendations/volunteers", {"id": "t99"})
    assert (theirs.status_code, slug(theirs)) == (403, "not-yours")
    assert theirs.data == nobodys.data


def test_whoever_is_no_volunteer_has_no_list_of_tasks(town):
    answer = cara(town).post("/v1/recommendations/tasks", {})
    assert (answer.status_code, slug(answer)) == (403, "not-allowed")
    assert town.client.post("/v1/recommendations/tasks", json={}).status_code == 401
    assert town.client.post("/v1/recommendations/volunteers", json={"id": "t1"}).status_code == 401


def test_looking_asks_nobody_and_claims_nothing(town):
    phone = cara(town)
    before = phone.records()
    phone.post("/v1/recommendations/volunteers", {"id": "t1"})
    assert phone.records() == before


def test_who_was_looked_at_is_in_the_audit(town):
    cara(town).post("/v1/recommendations/volunteers", {"id": "t1"})
    town.services.reads.write()
    with town.services.store.read("essex") as view:
        ranked = {seen.id for seen in view.seen() if seen.what == "ranked"}
    assert ranked == {"v1", "v2"}


def test_a_promoted_pack_ranks_and_a_damaged_one_does_not(town):
    weights = [0.0] * len(VOLUNTEERS.names)
    linear = {"weights": weights, "means": weights, "intercept": 0.5}
    data = packed(document("v7", linear, [], features=VOLUNTEERS))
    keep(town, data)
    body = cara(town).post("/v1/recommendations/volunteers", {"id": "t1"}).json
    assert (body["model_version"], body["notice"], body["items"][0]["score"]) == ("v7", None, 0.5)
    told = vera(town).get("/v1/models/volunteers/current").json
    assert (told["version"], told["pack_url"]) == ("v7", "/v1/models/volunteers/v7/pack")
    assert vera(town).get(told["pack_url"]).data == data
    assert slug(vera(town).get("/v1/models/current")) == "no-model"  # the people's is another
    keep(town, data[:-9], "v8")
    assert cara(town).post("/v1/recommendations/volunteers", {"id": "t1"}).json["model_version"] == "rules"


def keep(town, data, version="v7"):
    import hashlib
    import json

    folder = town.services.models / "volunteers" / version
    folder.mkdir(parents=True)
    (folder / "pack.json.gz").write_bytes(data)
    manifest = {"version": version, "files": {"pack.json.gz": hashlib.sha256(data).hexdigest()}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder.parent / "champion").write_text(f"{version}\n")


@pytest.mark.parametrize("body", [{"limit": 0}, {"limit": "many"}, {"volunteer_id": "v2"}])
def test_what_is_no_question_is_invalid(town, body):
    assert slug(vera(town).post("/v1/recommendations/tasks", body)) == "invalid"


def test_what_asks_for_a_training_is_kept_off_by_a_rule_that_names_it_for_either_side(town):
    held = {"volunteer_id": "v2", "training_id": "lift", "centre_id": "c1", "done_on": "2026-03-01"}
    town.write(
        Put("training", "lift", {"name": "Lifting safely"}),
        Put("completion", "done", held | {"status": "verified", "expires_on": None}),
        Put("task", "t1", TASK | {"training": ["lift"]}),
        Put("opportunity", "o1", ROLE | {"training": ["lift"]}),
    )
    mine = vera(town).post("/v1/recommendations/tasks", {}).json
    assert mine["items"] == []
    told = {(one["id"], one["rule"], one["text"]) for one in mine["excluded"] if one["id"] != "t2"}
    sentence = "Asks for a training that is not held, or has run out: Lifting safely."
    assert told == {("t1", "training_missing", sentence), ("o1", "training_missing", sentence)}
    theirs = cara(town).post("/v1/recommendations/volunteers", {"id": "t1"}).json
    assert [one["id"] for one in theirs["items"]] == ["v2"]
    assert [(one["id"], one["rule"]) for one in theirs["excluded"]] == [
        ("v1", "training_missing"), ("v3", "training_missing"),
    ]  # fmt: skip


def test_a_role_that_asks_for_a_check_is_offered_to_nobody_without_one(town):
    town.write(Put("opportunity", "o1", ROLE | {"dbs_level": "enhanced"}))
    excluded = vera(town).post("/v1/recommendations/tasks", {}).json["excluded"]
    assert ("o1", "check_missing") in {(one["id"], one["rule"]) for one in excluded}


def test_a_volunteer_under_18_is_kept_off_by_rules_that_say_age_or_consent(town):
    young = VOLUNTEER | {"birth_on": "2010-03-01"}
    town.write(Put("volunteer", "v1", young), Put("opportunity", "o1", ROLE | {"min_age": 16}))
    body = vera(town).post("/v1/recommendations/tasks", {}).json
    assert body["items"] == []
    assert {one["id"]: one["rule"] for one in body["excluded"]} == {
        "t1": "under_age", "t2": "under_age", "o1": "guardian_consent_missing",
    }  # fmt: skip
    theirs = cara(town).post("/v1/recommendations/volunteers", {"id": "t1"}).json
    assert [one["rule"] for one in theirs["excluded"] if one["id"] == "v1"] == ["under_age"]
