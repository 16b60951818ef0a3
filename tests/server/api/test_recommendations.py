import pytest

from server.sync.door import Put
from server.sync.model import Key
from tests.server.api.house import DISTRICT, PERSON, slug

PLACE = {"district": DISTRICT, "easting": 570_000, "northing": 206_000}
SCHEDULE = {"district": DISTRICT, "item_kind": "asset", "item_id": "walk", "frequency": "weekly", "weekday": "tue"}

ASKED = {"needs": ["loneliness"], "received_on": "2026-11-20"}


@pytest.fixture
def phone(any_house):
    any_house.add()
    any_house.write(
        Put("asset", "walk", PLACE | {"name": "Tuesday walk", "category": "walking"}),
        Put("asset", "kids", PLACE | {"name": "Toddlers", "category": "family", "max_age": 5}),
        Put("schedule", "s1", SCHEDULE | {"from_time": "10:00", "until_time": "11:00"}),
        Put("person", "p1", PERSON | PLACE | {"age_band": "65_74"}),
        Put(
            "referral", "r1", {"person_id": "p1", "team_id": "t1", "needs": ["loneliness"], "received_on": "2026-11-20"}
        ),
    )
    return any_house.phone()


def test_a_referral_gets_a_shortlist_with_reasons_and_what_was_excluded_by_which_rule(phone):
    body = phone.post("/v1/recommendations", {"referral_id": "r1"}).json
    assert [(one["id"], one["position"]) for one in body["items"]] == [("walk", 0)]
    line = body["items"][0]
    assert line["distance_km"] == 0
    assert line["next_session"] == {"on": "2026-11-24", "from_time": "10:00", "until_time": "11:00"}
    assert all(reason["text"] for reason in line["reasons"])
    assert [(one["id"], one["rule"]) for one in body["excluded"]] == [("kids", "age")]
    assert body["model_version"] == "rules"
    assert body["notice"]


def test_the_slate_is_kept_as_an_exposure_that_the_team_holds(phone):
    shown_id = phone.post("/v1/recommendations", {"referral_id": "r1"}).json["exposure_id"]
    kept = phone.records()["exposure", shown_id]
    assert (kept["ranked_on"], kept["team_id"], kept["items"][0]["id"]) == ("server", "t1", "walk")
    assert 0 < kept["items"][0]["propensity"] <= 1


def test_a_second_look_on_the_same_day_is_no_second_slate(any_house, phone):
    first, second = (phone.post("/v1/recommendations", {"referral_id": "r1"}).json["exposure_id"] for _ in range(2))
    assert first == second
    any_house.write(Put("asset", "choir", PLACE | {"name": "Choir", "category": "music"}))
    third = phone.post("/v1/recommendations", {"referral_id": "r1"}).json["exposure_id"]
    assert third != first
    assert {name for kind, name in phone.records() if kind == "exposure"} == {first, third}


def test_another_teams_referral_and_no_referral_get_the_same_refusal(any_house, phone):
    any_house.add("other", team_ids=["t2"])
    other = any_house.phone("other", "phone-o")
    theirs = other.post("/v1/recommendations", {"referral_id": "r1"})
    nobodys = other.post("/v1/recommendations", {"referral_id": "r9"})
    assert (theirs.status_code, slug(theirs)) == (403, "not-yours")
    assert theirs.data == nobodys.data


def test_a_damaged_champion_does_not_stop_the_rules(any_house, phone):
    folder = any_house.services.models / "v1"
    folder.mkdir(parents=True)
    (folder / "pack.json.gz").write_bytes(b"damaged")
    (folder / "manifest.json").write_text('{"version": "v1", "files": {"pack.json.gz": "00"}}')
    (any_house.services.models / "champion").write_text("v1\n")
    assert phone.post("/v1/recommendations", {"referral_id": "r1"}).json["model_version"] == "rules"


def test_a_limit_that_is_no_number_is_invalid(phone):
    assert slug(phone.post("/v1/recommendations", {"referral_id": "r1", "limit": "many"})) == "invalid"


def shown(phone):
    answer = phone.post("/v1/recommendations", {"referral_id": "r1"})
    return [one["id"] for one in answer.json["items"]] if answer.status_code == 200 else []


def test_what_changes_in_the_directory_is_seen_by_the_next_shortlist(any_house, phone):
    assert shown(phone) == ["walk"]
    any_house.write(Put("asset", "tea", PLACE | {"name": "Tea", "category": "social_group"}))
    assert sorted(shown(phone)) == ["tea", "walk"]
    any_house.write(Put("place_count", "tea", {"district": DISTRICT, "item_kind": "asset", "item_id": "tea",
                                               "places_total": 0, "places_open": 0}))  # fmt: skip
    assert shown(phone) == ["walk"]
    any_house.write(Put("asset", "walk", PLACE | {"name": "Walk", "category": "walking", "status": "closed"}))
    assert shown(phone) == []


def test_what_was_deleted_or_moved_to_another_district_is_never_shown_again(any_house, phone):
    any_house.write(Put("asset", "tea", PLACE | {"name": "Tea", "category": "social_group"}))
    assert sorted(shown(phone)) == ["tea", "walk"]
    any_house.write(Put("asset", "tea", PLACE | {"name": "Tea", "category": "social_group", "district": "E07000079"}))
    assert shown(phone) == ["walk"]
    any_house.door().remove([Key("asset", "walk")])
    assert shown(phone) == []


def test_candidates_made_ready_for_one_asker_are_not_given_to_another(any_house, phone):
    assert shown(phone) == ["walk"]
    any_house.add("far", districts=["E07000079"])
    assert shown(any_house.phone("far", "phone-f")) == []
