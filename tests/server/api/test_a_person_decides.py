"""No route and no command places anybody: only a caseworker's own change does (UK GDPR, Articles 22A to 22D)."""

import pytest

from mobile_contract.schemas import KINDS
from mobile_contract.vocabulary import ROLES
from server.sync.door import NobodyDecidedError, Put
from tests.server.api.house import DISTRICT, PERSON, slug

PLACE = {"district": DISTRICT, "easting": 570_000, "northing": 206_000}
CASEWORKERS = ("prescriber", "outreach")
REFERRAL = {"person_id": "p1", "team_id": "t1", "needs": ["loneliness"], "received_on": "2026-11-20"}
PLACEMENT = {
    "referral_id": "r1", "person_id": "p1", "team_id": "t1", "item_kind": "asset", "item_id": "walk",
    "chosen_at": "2026-11-21T09:00:00Z",
}  # fmt: skip


@pytest.fixture
def house(house):
    house.add()
    house.write(
        Put("asset", "walk", PLACE | {"name": "Tuesday walk", "category": "walking"}),
        Put("person", "p1", PERSON | PLACE),
        Put("referral", "r1", REFERRAL),
    )
    return house


def placements(house):
    with house.services.store.read("essex") as view:
        return [record.key.id for record in view.of_kind("placement")]


def test_a_signed_in_caseworkers_own_choice_is_kept_with_the_device_that_made_it(house):
    phone = house.phone()
    (receipt,) = phone.push(phone.mutation("placement", "pl", set=PLACEMENT)).json["results"]
    assert receipt["outcome"] == "applied"
    with house.services.store.read("essex") as view:
        (record,) = view.of_kind("placement")
    assert {stamp.device for stamp in record.stamps.values()} == {"phone-1"}


def test_nobody_who_is_not_signed_in_places_anybody(house):
    phone = house.phone()
    body = phone.push_body(phone.mutation("placement", "pl", set=PLACEMENT))
    answer = house.client.post("/v1/sync/push", json=body)
    assert (answer.status_code, slug(answer), placements(house)) == (401, "not-signed-in", [])


@pytest.mark.slow
@pytest.mark.parametrize("role", [role for role in ROLES.codes if role not in CASEWORKERS])
def test_an_account_that_is_no_caseworkers_is_refused_by_name(house, role):
    house.add("machine", roles=[role], volunteer_id="v1")
    phone = house.phone("machine", "phone-m")
    (receipt,) = phone.push(phone.mutation("placement", "pl", set=PLACEMENT)).json["results"]
    assert receipt["outcome"] == "rejected"
    assert receipt["problem"]["type"].endswith("not-yours")
    assert placements(house) == []


def test_nobody_decides_in_anothers_name(house):
    phone = house.phone()
    (receipt,) = phone.push(phone.mutation("placement", "pl", set=PLACEMENT | {"decided_by": "ada"})).json["results"]
    assert (receipt["outcome"], placements(house)) == ("rejected", [])
    assert "decided_by" in str(receipt["problem"])


def test_asking_for_a_shortlist_chooses_nothing_and_cannot_be_told_to(house):
    phone = house.phone()
    assert phone.post("/v1/recommendations", {"referral_id": "r1"}).json["items"]
    for more in ({"choose": True}, {"place": "walk"}, {"automatic": True}):
        answer = phone.post("/v1/recommendations", {"referral_id": "r1"} | more)
        assert slug(answer) == "invalid"
    assert placements(house) == []


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), [(rule.name, name) for rule in KINDS.values() for name in rule.commands])
def test_no_command_makes_a_placement(house, kind, name):
    phone = house.phone()
    asked = {"op": "command", "command": {"name": name, "args": {}}}
    for record_id in ("r1", "walk", "nothing-yet"):
        phone.push(phone.mutation(kind, record_id, **asked))
    assert placements(house) == []


def test_the_server_places_nobody_on_its_own_authority(house):
    with pytest.raises(NobodyDecidedError, match=r"placement pl: a person decides"):
        house.door().write([Put("placement", "pl", PLACEMENT)], by="server")
    assert placements(house) == []
