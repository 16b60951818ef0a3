import gzip
import json

import pytest

from mobile_contract.version import CURRENT
from mobile_contract.wire import SnapshotHeaderSchema
from server.sync.door import Put
from server.sync.snapshot import build
from server.sync.verify import sum_of
from tests.server.api.house import DISTRICT, PERSON, TENANT, slug

SCOPE = "caseload:t1"


def pack(house, scope=SCOPE):
    at = house.services
    return build(at.store, at.shelf, TENANT, scope, 2)[0]


@pytest.fixture
def filled(any_house):
    any_house.add()
    any_house.add("other", team_ids=["t2"])
    any_house.write(*(Put("person", f"p{n:02d}", PERSON | {"given_name": f"Zoë {n}"}) for n in range(30)))
    return any_house


def test_a_snapshot_is_listed_and_fetched_whole(filled):
    made, phone = pack(filled), filled.phone()
    (listed,) = phone.get(f"/v1/sync/snapshots?scopes={SCOPE},directory:county").json["snapshots"]
    assert listed["sha256"] == made.sha256
    assert phone.get("/v1/sync/snapshots").json["snapshots"] == [listed]
    answer = phone.get(f"/v1/sync/snapshots/{made.sha256}")
    assert (answer.status_code, answer.content_type) == (200, "application/x-ndjson+gzip")
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["ETag"] == f'"{made.sha256}"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    header, *rows = [json.loads(line) for line in gzip.decompress(answer.data).splitlines()]
    assert SnapshotHeaderSchema().load(header)["rows"] == len(rows) == listed["rows"]
    assert rows == phone.pull().json["rows"]


@pytest.mark.slow
def test_a_fetch_that_was_cut_goes_on_where_it_was(filled):
    made, phone = pack(filled), filled.phone()
    path, got = f"/v1/sync/snapshots/{made.sha256}", b""
    while len(got) < made.bytes:
        asked = {"Range": f"bytes={len(got)}-{len(got) + 299}", "If-Range": f'"{made.sha256}"'}
        answer = phone.get(path, headers=asked)
        assert answer.status_code == 206
        assert answer.headers["Content-Range"].startswith(f"bytes {len(got)}-")
        got += answer.data
    assert got == phone.get(path).data
    assert phone.get(path, headers={"Range": "bytes=5-", "If-Range": '"other"'}).status_code == 200
    assert phone.get(path, headers={"If-None-Match": f'"{made.sha256}"'}).status_code == 304
    beyond = phone.get(path, headers={"Range": f"bytes={made.bytes}-"})
    assert (beyond.status_code, slug(beyond)) == (416, "range-outside")


def test_the_length_can_be_asked_for_alone(filled):
    made, phone = pack(filled), filled.phone()
    answer = phone.client.head(f"/v1/sync/snapshots/{made.sha256}", headers=phone.headers)
    assert (answer.status_code, answer.content_length, answer.data) == (200, made.bytes, b"")
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_whoever_lacks_the_scope_is_not_told_that_a_snapshot_exists(filled):
    made, other = pack(filled), filled.phone("other", "phone-o")
    there = other.get(f"/v1/sync/snapshots/{made.sha256}")
    nowhere = other.get(f"/v1/sync/snapshots/{'0' * 64}")
    assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data)
    assert slug(there) == "not-found"
    assert other.get(f"/v1/sync/snapshots?scopes={SCOPE}").json == {"snapshots": []}
    refused = other.post("/v1/sync/pull", {"cursor": None, "snapshots": [made.sha256]})
    assert (refused.status_code, slug(refused)) == (410, "snapshot-expired")


def test_access_that_was_taken_away_counts_at_once(filled):
    made, phone = pack(filled), filled.phone()
    assert phone.get(f"/v1/sync/snapshots/{made.sha256}").status_code == 200
    filled.services.accounts.revoke(phone.device)
    assert slug(phone.get(f"/v1/sync/snapshots/{made.sha256}")) == "device-revoked"


def test_a_snapshot_of_lost_history_or_without_its_file_is_offered_no_more(filled):
    made, phone = pack(filled), filled.phone()
    file = filled.services.shelf.path(made.sha256)
    kept = file.read_bytes()
    file.unlink()
    assert phone.get("/v1/sync/snapshots").json == {"snapshots": []}
    assert slug(phone.get(f"/v1/sync/snapshots/{made.sha256}")) == "snapshot-expired"
    file.write_bytes(kept)
    filled.services.store.new_epoch(TENANT)
    assert phone.get("/v1/sync/snapshots").json == {"snapshots": []}
    assert slug(phone.get(f"/v1/sync/snapshots/{made.sha256}")) == "snapshot-expired"


def test_a_phone_that_loaded_a_snapshot_pulls_only_what_came_after(filled):
    made, phone = pack(filled), filled.phone()
    filled.write(Put("person", "p03", PERSON | {"given_name": "Grace"}))
    page = phone.post("/v1/sync/pull", {"cursor": None, "snapshots": [made.sha256]}).json
    assert [row["i"] for row in page["rows"]] == ["p03"]
    assert page["consistent"]


def held(rows):
    total = sum_of((row["k"], row["i"], row["v"]) for row in rows)
    return {"count": total.count, "digest": total.digest}


def test_verify_names_the_scope_that_differs_and_retaking_mends_it(filled):
    phone = filled.phone()
    page = phone.pull().json
    scopes = {SCOPE: held(page["rows"]), f"directory:{DISTRICT}": held([])}
    body = {"cursor": page["cursor"], "scopes": scopes}
    assert phone.post("/v1/sync/verify", body).json == {"at_head": True, "mismatched": []}
    scopes[SCOPE] = held(page["rows"][:-1])
    assert phone.post("/v1/sync/verify", body).json == {"at_head": True, "mismatched": [SCOPE]}
    again = phone.post("/v1/sync/pull", {"cursor": page["cursor"], "schema": CURRENT, "retake": [SCOPE]}).json
    assert again["rows"] == page["rows"]
    assert phone.pull(again["cursor"]).json["rows"] == []


def test_verify_judges_only_at_the_head_and_says_nothing_of_other_scopes(filled):
    phone = filled.phone()
    page = phone.pull().json
    body = {
        "cursor": page["cursor"],
        "scopes": {"caseload:t2": held([]), "caseload:t9": {"count": 7, "digest": "0" * 32}},
    }
    assert phone.post("/v1/sync/verify", body).json == {"at_head": True, "mismatched": []}
    filled.write(Put("person", "far", PERSON | {"team_id": "t2"}))
    assert phone.post("/v1/sync/verify", body).json["at_head"], "nothing of its own has changed"
    filled.write(Put("person", "new", PERSON))
    assert phone.post("/v1/sync/verify", body).json == {"at_head": False, "mismatched": []}
    assert slug(phone.post("/v1/sync/verify", body | {"cursor": "forged"})) == "cursor-invalid"
    assert slug(phone.post("/v1/sync/verify", body | {"scopes": {SCOPE: {"count": -1, "digest": "x"}}})) == "invalid"
