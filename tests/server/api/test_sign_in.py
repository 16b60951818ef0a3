from tests.server.accounts.doorway import PASSWORD
from tests.server.api.house import Phone, slug


def test_signing_in_gives_what_the_app_needs(house):
    account = house.add(centre_ids=["c1"])
    phone = Phone(house.client, "phone-1", house.clock)
    answer = phone.sign_in("amina")
    assert answer.status_code == 200
    body = answer.json
    assert body["account"] == {
        "id": account.id,
        "name": "Amina",
        "username": "amina",
        "roles": ["prescriber"],
        "volunteer_id": None,
        "team_ids": ["t1"],
        "districts": ["E07000070"],
        "centre_ids": ["c1"],
        "bank_ids": [],
        "hub_ids": [],
        "employer_ids": [],
        "asset_ids": [],
    }
    assert (body["tenant"], body["device_id"]) == ("essex", "phone-1")
    assert body["access_expires_at"] == "2026-11-21T09:10:00Z"


def test_a_wrong_password_is_named(house):
    house.add()
    answer = Phone(house.client, "phone-1", house.clock).sign_in("amina", "not the password")
    assert (answer.status_code, slug(answer)) == (401, "sign-in-failed")


def test_too_many_guesses_are_told_how_long_to_wait(house):
    house.add()
    phone = Phone(house.client, "phone-1", house.clock)
    for _ in range(10):
        phone.sign_in("amina", "not the password")
    answer = phone.sign_in("amina", PASSWORD)
    assert (answer.status_code, slug(answer), answer.json["remedy"]) == (429, "too-many-attempts", "wait")
    assert answer.headers["Retry-After"] == "901"


def test_a_renewal_whose_answer_was_lost_is_answered_the_same_again(house):
    house.add()
    phone = house.phone()
    body = {"refresh_token": phone.session["refresh_token"]}
    first, second = house.client.post("/v1/refresh", json=body), house.client.post("/v1/refresh", json=body)
    assert first.json["refresh_token"] == second.json["refresh_token"] != body["refresh_token"]


def test_after_signing_out_the_phone_must_sign_in_again(house):
    house.add()
    phone = house.phone()
    assert phone.post("/v1/sign-out", {}).status_code == 204
    answer = house.client.post("/v1/refresh", json={"refresh_token": phone.session["refresh_token"]})
    assert (slug(answer), answer.json["remedy"]) == ("refresh-invalid", "sign-in")


def test_a_lost_phone_is_shut_out_from_another_and_told_to_wipe(house):
    house.add()
    lost, other = house.phone(device="lost"), house.phone(device="other")
    listed = {one["id"]: one for one in other.get("/v1/devices").json["devices"]}
    assert listed.keys() == {"lost", "other"}
    assert listed["other"]["current"]
    assert not listed["lost"]["current"]
    assert house.client.delete("/v1/devices/lost", headers=other.headers).status_code == 204
    answer = lost.pull()
    assert (answer.status_code, slug(answer), answer.json["remedy"]) == (401, "device-revoked", "wipe")


def test_nobody_shuts_out_somebody_elses_phone(house):
    house.add("amina")
    house.add("bob")
    amina, bob = house.phone("amina", "phone-a"), house.phone("bob", "phone-b")
    theirs = house.client.delete("/v1/devices/phone-a", headers=bob.headers)
    nobodys = house.client.delete("/v1/devices/phone-x", headers=bob.headers)
    assert theirs.data == nobodys.data
    assert slug(theirs) == "not-found"
    assert amina.pull().status_code == 200


def test_no_answer_ever_repeats_the_password(house):
    house.add()
    answer = Phone(house.client, "phone-1", house.clock).sign_in("amina")
    assert PASSWORD.encode() not in answer.data
