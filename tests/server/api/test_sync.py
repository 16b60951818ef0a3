from mobile_contract.version import CURRENT, OLDEST
from server.sync.door import Put
from tests.server.api.house import DISTRICT, PERSON, slug


def test_what_one_phone_pushes_a_colleague_pulls(any_house):
    any_house.add("amina")
    any_house.add("bob")
    amina, bob = any_house.phone("amina", "phone-a"), any_house.phone("bob", "phone-b")
    answer = amina.push(amina.mutation("person", "p1", set=PERSON))
    assert answer.status_code == 200
    assert answer.json["acked_lseq"] == 1
    assert [one["outcome"] for one in answer.json["results"]] == ["applied"]
    assert bob.records()["person", "p1"]["given_name"] == "Ada"


def test_another_team_does_not_see_it(any_house):
    any_house.add("amina")
    any_house.add("other", team_ids=["t2"])
    amina, other = any_house.phone("amina", "phone-a"), any_house.phone("other", "phone-o")
    amina.push(amina.mutation("person", "p1", set=PERSON))
    assert ("person", "p1") not in other.records()


def test_another_teams_record_and_no_record_get_the_same_refusal(any_house):
    any_house.add("amina")
    any_house.add("other", team_ids=["t2"])
    amina, other = any_house.phone("amina", "phone-a"), any_house.phone("other", "phone-o")
    amina.push(amina.mutation("person", "p1", set=PERSON))
    theirs = other.mutation("person", "p1", op="patch", base=1, set={"given_name": "Eve"})
    nobodys = other.mutation("person", "p9", op="patch", base=1, set={"given_name": "Eve"})
    first, second = other.push(theirs, nobodys).json["results"]
    assert first["problem"]["type"] == "/problems/not-yours"
    hidden = ("mid", "lseq")
    assert {k: v for k, v in first.items() if k not in hidden} == {k: v for k, v in second.items() if k not in hidden}


def test_one_bad_mutation_does_not_hold_up_the_others(any_house):
    any_house.add()
    phone = any_house.phone()
    answer = phone.push(
        phone.mutation("wizard", "w1", set={}),
        phone.mutation("person", "p1", set=PERSON | {"shoe_size": 9}),
        phone.mutation("person", "p2", set=PERSON | {"max_km": "far"}),
        phone.mutation("person", "p3", set=PERSON),
    ).json
    problems = [one["problem"]["type"] if one["problem"] else None for one in answer["results"]]
    assert problems == ["/problems/unknown-kind", "/problems/unknown-field", "/problems/invalid", None]
    assert answer["results"][1]["problem"]["errors"].keys() == {"shoe_size"}
    assert answer["results"][2]["problem"]["errors"].keys() == {"max_km"}
    assert answer["acked_lseq"] == 4


def test_a_repeated_push_returns_the_first_receipt(any_house):
    any_house.add()
    phone = any_house.phone()
    body = phone.push_body(phone.mutation("person", "p1", set=PERSON))
    first = phone.post("/v1/sync/push", body)
    assert phone.post("/v1/sync/push", body).data == first.data


def test_a_mutation_id_used_for_something_else_is_named(any_house):
    any_house.add()
    phone = any_house.phone()
    first = phone.mutation("person", "p1", set=PERSON)
    phone.push(first)
    answer = phone.push(first | {"id": "p2"}).json
    assert answer["results"][0]["problem"]["type"] == "/problems/mid-reused"


def test_a_hole_in_lseq_stops_there_and_says_so(any_house):
    any_house.add()
    phone = any_house.phone()
    answer = phone.push(phone.mutation("person", "p1", set=PERSON), phone.mutation("person", "p3", lseq=3, set=PERSON))
    assert answer.json["acked_lseq"] == 1
    assert answer.json["results"][1]["problem"]["type"] == "/problems/lseq-gap"


def test_a_push_of_another_device_is_refused(any_house):
    any_house.add()
    phone = any_house.phone()
    answer = phone.push(device="phone-9")
    assert (answer.status_code, slug(answer)) == (403, "wrong-device")


def test_a_cursor_of_another_tenant_or_none_of_ours_asks_for_a_pull_from_the_start(any_house):
    any_house.add("amina")
    any_house.add("kentish", tenant="kent")
    amina, kentish = any_house.phone("amina", "phone-a"), any_house.phone("kentish", "phone-k")
    amina.push(amina.mutation("person", "p1", set=PERSON))
    kentish.push(kentish.mutation("person", "p1", set=PERSON))
    theirs = kentish.pull().json["cursor"]
    for cursor in (theirs, "forged", theirs[:-4]):
        answer = amina.pull(cursor)
        assert (answer.status_code, slug(answer), answer.json["remedy"]) == (400, "cursor-invalid", "pull")


def test_push_and_pull_in_one_round_trip_sees_its_own_work(any_house):
    any_house.add()
    phone = any_house.phone()
    push = phone.push_body(phone.mutation("person", "p1", set=PERSON))
    answer = phone.post("/v1/sync", {"push": push, "pull": {"cursor": None}}).json
    assert answer["push"]["results"][0]["outcome"] == "applied"
    assert [row["i"] for row in answer["pull"]["rows"]] == ["p1"]


def test_the_manifest_costs_nothing_until_something_changes(any_house):
    any_house.add()
    phone = any_house.phone()
    first = phone.get("/v1/sync/manifest")
    assert first.json["scopes"] == ["caseload:t1", f"directory:{DISTRICT}", "directory:county"]
    assert first.json["schema"] == {"min": OLDEST, "current": CURRENT}
    assert first.json["model"] is None
    any_house.clock.go_on(seconds=5)
    again = phone.get("/v1/sync/manifest", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    phone.push(phone.mutation("person", "p1", set=PERSON))
    changed = phone.get("/v1/sync/manifest", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.json["head"] > first.json["head"]


def test_documents_of_people_are_never_kept_by_caches(any_house):
    any_house.add()
    assert any_house.phone().pull().headers["Cache-Control"] == "no-store"


def test_a_claim_is_won_by_one_and_kindly_lost_by_the_other(any_house):
    window = {"window_from_at": "2026-11-21T08:00:00Z", "window_until_at": "2026-11-22T08:00:00Z"}
    task = {"name": "Milk and bread", "type": "shopping", "category": "home_help", "centre_id": "c1", "minutes": 30}
    any_house.write(
        Put("volunteer", "v1", {"centre_id": "c1", "given_name": "Vi", "family_name": "One"}),
        Put("volunteer", "v2", {"centre_id": "c1", "given_name": "Vo", "family_name": "Two"}),
        Put("task", "k1", task | window | {"district": DISTRICT}),
    )
    phones = []
    for number in ("1", "2"):
        any_house.add(f"vol{number}", roles=["volunteer"], team_ids=[], volunteer_id=f"v{number}")
        phones.append(any_house.phone(f"vol{number}", f"phone-{number}"))
    claim = {"name": "claim", "args": {}, "valid_until": None}
    results = [
        phone.push(phone.mutation("task", "k1", op="command", command=claim)).json["results"][0] for phone in phones
    ]
    assert [one["outcome"] for one in results] == ["applied", "rejected"]
    assert results[1]["problem"]["type"] == "/problems/task-already-claimed"
    assert "quicker" in results[1]["problem"]["title"]


def test_two_edits_of_one_field_leave_a_conflict_that_both_may_list(any_house):
    any_house.add("amina")
    any_house.add("bob")
    amina, bob = any_house.phone("amina", "phone-a"), any_house.phone("bob", "phone-b")
    version = amina.push(amina.mutation("person", "p1", set=PERSON)).json["results"][0]["version"]
    amina.push(amina.mutation("person", "p1", op="patch", base=version, set={"phone": "0123"}))
    any_house.clock.go_on(seconds=1)
    answer = bob.push(bob.mutation("person", "p1", op="patch", base=version, set={"phone": "0456"})).json
    assert answer["results"][0]["outcome"] == "conflict"
    listed = bob.get("/v1/conflicts").json["conflicts"]
    assert [(one["doc"]["field"], one["doc"]["kept"]["value"]) for one in listed] == [("phone", "0456")]
    assert bob.get("/v1/conflicts?status=resolved").json == {"conflicts": []}
    assert slug(bob.get("/v1/conflicts?status=odd")) == "invalid"


def test_a_plain_pull_and_the_manifest_open_no_transaction(any_house, monkeypatch):
    any_house.add()
    phone, store = any_house.phone(), any_house.services.store
    phone.push(phone.mutation("person", "p1", set=PERSON))
    ask = {"schema": CURRENT, "cursor": None, "limit": 500}
    ask["cursor"] = phone.post("/v1/sync/pull", ask).json["cursor"]
    any_house.write(Put("person", "p2", PERSON))
    if hasattr(store, "glance"):
        monkeypatch.setattr(store, "read", None)
    page = phone.post("/v1/sync/pull", ask).json
    assert [row["i"] for row in page["rows"]] == ["p2"]
    assert phone.post("/v1/sync/pull", ask | {"cursor": page["cursor"]}).json["rows"] == []
    assert phone.client.get("/v1/sync/manifest", headers=phone.headers).status_code == 200
