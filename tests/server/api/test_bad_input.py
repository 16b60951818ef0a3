import gzip
import json

import orjson
import pytest
import zstandard

from mobile_contract.version import CURRENT
from mobile_contract.wire import MAX_BODY_BYTES
from server.accounts.tokens import Bearer, Signer
from server.api.bodies import _parse
from tests.server.api.house import PERSON, slug


@pytest.fixture
def phone(house):
    house.add()
    return house.phone()


def send(phone, body: bytes, **headers: str):
    given = {"Content-Type": "application/json"} | phone.headers | {k.replace("_", "-"): v for k, v in headers.items()}
    return phone.client.post("/v1/sync/push", data=body, headers=given)


@pytest.mark.slow
@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000])
def test_unparsable_json_is_named(phone, body):
    answer = send(phone, body)
    assert (answer.status_code, slug(answer), answer.json["remedy"]) == (400, "malformed-json", "fix")


@pytest.mark.parametrize("body", [b"null", b"[]", b'"text"', b"7"])
def test_json_that_is_no_object_is_invalid(phone, body):
    assert (send(phone, body).status_code, slug(send(phone, body))) == (422, "invalid")


def test_a_wrong_content_type_is_named(phone):
    answer = send(phone, b"<push/>", Content_Type="text/xml")
    assert (answer.status_code, slug(answer)) == (415, "wrong-content-type")


def test_a_body_of_5_mb_is_too_large(phone):
    answer = send(phone, b'{"device":"' + b"x" * 5_000_000 + b'"}')
    assert (answer.status_code, slug(answer)) == (413, "too-large")


def test_a_small_body_that_unpacks_to_too_much_is_too_large(phone):
    bomb = b" " * (MAX_BODY_BYTES + 1)
    assert slug(send(phone, gzip.compress(bomb), Content_Encoding="gzip")) == "too-large"
    assert slug(send(phone, zstandard.compress(bomb), Content_Encoding="zstd")) == "too-large"


def test_10001_mutations_are_too_many_and_none_is_applied(phone):
    mutations = [phone.mutation("person", f"p{number}", set={}) for number in range(10_001)]
    body = orjson.dumps(phone.push_body(*mutations))
    assert len(body) < MAX_BODY_BYTES
    answer = send(phone, body)
    assert (answer.status_code, slug(answer)) == (413, "too-many-mutations")
    assert phone.records() == {}


def test_too_many_mutations_in_a_combined_sync_are_too_many_too(phone):
    mutations = [phone.mutation("person", f"p{number}", set={}) for number in range(1_001)]
    answer = phone.post("/v1/sync", {"push": phone.push_body(*mutations), "pull": {"cursor": None}})
    assert slug(answer) == "too-many-mutations"


def test_a_future_contract_is_told_to_load_the_servers_app(phone):
    answer = phone.push(schema=CURRENT + 1, surprise="field of the future")
    assert (answer.status_code, slug(answer), answer.json["remedy"]) == (426, "contract-too-new", "upgrade")


@pytest.mark.slow
def test_a_contract_from_before_the_oldest_is_told_to_load_the_servers_app(phone):
    answer = phone.push(schema=0)
    assert (answer.status_code, slug(answer), answer.json["remedy"]) == (426, "contract-too-old", "upgrade")


def test_an_unknown_field_of_the_envelope_is_named(phone):
    answer = phone.push(colour="red")
    assert (answer.status_code, slug(answer)) == (422, "invalid")
    assert "colour" in str(answer.json["errors"])


def test_bodies_may_be_packed_with_gzip_or_zstd(phone):
    for pack, name in ((gzip.compress, "gzip"), (zstandard.compress, "zstd")):
        body = orjson.dumps(phone.push_body(phone.mutation("person", f"p-{name}", set=PERSON)))
        assert send(phone, pack(body), Content_Encoding=name).json["results"][0]["outcome"] == "applied"


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_bytes_that_are_not_packed_as_they_say_are_named(phone, encoding):
    answer = send(phone, b"not packed at all", Content_Encoding=encoding)
    assert (answer.status_code, slug(answer)) == (400, "unreadable-body")


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("zstd", zstandard.compress)])
def test_packed_bodies_of_several_parts_are_read_whole_and_cut_or_trailing_ones_are_named(phone, encoding, pack):
    body = orjson.dumps(phone.push_body(phone.mutation("person", "p1", set=PERSON)))
    parts = pack(body[:50]) + pack(b"") + pack(body[50:])
    assert send(phone, parts, Content_Encoding=encoding).json["results"][0]["outcome"] == "applied"
    for spoilt in (parts[:-1], parts[:-12], parts[:30], parts + b"junk", parts + parts[:5]):
        answer = send(phone, spoilt, Content_Encoding=encoding)
        assert (answer.status_code, slug(answer)) == (400, "unreadable-body")
    bomb = pack(b" " * (MAX_BODY_BYTES // 2)) * 3
    assert slug(send(phone, bomb, Content_Encoding=encoding)) == "too-large"


def test_an_unknown_packing_is_named(phone):
    assert slug(send(phone, b"{}", Content_Encoding="br")) == "unknown-encoding"


def test_no_token_an_expired_one_and_a_forged_one_all_ask_for_a_sign_in(house, phone):
    forged = Signer((b"f" * 32,)).access_token(Bearer("essex", "a", "phone-1"), house.clock())
    expired = phone.headers
    house.clock.go_on(minutes=11)
    for headers, name in (
        ({}, "not-signed-in"),
        ({"Authorization": "Basic YTpi"}, "not-signed-in"),
        ({"Authorization": f"Bearer {forged}"}, "token-invalid"),
        (expired, "token-expired"),
    ):
        answer = phone.client.get("/v1/sync/manifest", headers=headers)
        assert (answer.status_code, slug(answer), answer.json["remedy"]) == (401, name, "sign-in")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_who_is_not_signed_in_learns_nothing_about_their_body(house):
    answer = house.client.post("/v1/sync/push", data=b"{", content_type="application/json")
    assert slug(answer) == "not-signed-in"


def test_a_wrong_address_and_a_wrong_method_are_named(house):
    assert slug(house.client.get("/v1/nothing")) == "not-found"
    assert slug(house.client.post("/v1/nothing", json={})) == "not-found"
    wrong = house.client.get("/v1/sync/push")
    assert (wrong.status_code, slug(wrong)) == (405, "method-not-allowed")
    assert wrong.headers["Allow"] == "OPTIONS, POST"


def test_a_fault_of_the_server_is_named_and_its_text_stays_inside(house, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise RuntimeError("Ada Quill, 0123")

    monkeypatch.setattr(house.services.accounts, "sign_in", fail)
    body = {"username": "amina", "password": "x", "device": {"id": "d", "name": "n"}}
    answer = house.client.post("/v1/sign-in", json=body)
    assert (answer.status_code, slug(answer)) == (500, "server-error")
    assert b"Quill" not in answer.data


def test_half_an_emoji_in_one_text_does_not_hold_up_the_outbox(phone):
    half = phone.mutation("person", "p1", set=PERSON | {"address": "\ud83d"})
    odd = phone.mutation("person", "p2", set=PERSON | {"\ud83d": 1})
    body = json.dumps(phone.push_body(half, odd, phone.mutation("person", "p3", set=PERSON))).encode()
    answer = send(phone, body)
    assert answer.status_code == 200
    assert answer.json["acked_lseq"] == 3
    assert [one["outcome"] for one in answer.json["results"]][1:] == ["rejected", "applied"]
    assert ("person", "p3") in phone.records()


ENDLESS = ["1" * 310, "-" + "9" * 5_000, "1e400", "-1.5E+999"]
PLACES = [
    {"base": "@"}, {"kind": "@"}, {"hlc": "@"},
    {"set": PERSON | {"given_name": "@"}}, {"set": PERSON | {"max_km": "@"}}, {"set": PERSON | {"made_up": "@"}},
    {"set": PERSON | {"languages": ["@"]}}, {"set": PERSON | {"postcode": {"x": "@"}}},
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("number", ENDLESS, ids=lambda number: number[:9])
def test_a_number_beyond_all_bounds_is_refused_alone_and_kept(house, phone, number):
    wrongs = [{}, *PLACES, {}]
    made = [phone.mutation("person", f"p{at}", set=PERSON) | wrong for at, wrong in enumerate(wrongs)]
    body = json.dumps(phone.push_body(*made)).replace('"@"', number).encode()
    results = send(phone, body).json["results"]
    assert [one["outcome"] for one in results] == ["applied", *["rejected"] * len(PLACES), "applied"]
    assert {one["problem"]["type"] for one in results if one["problem"]} <= {
        "/problems/invalid",
        "/problems/unknown-field",
    }
    assert send(phone, body).json["results"] == results, "a repeat moves nothing"
    with house.services.store.read("essex") as view:
        assert [number in kept.payload for kept in view.quarantined("open")] == [True] * len(PLACES)


def test_a_body_may_be_nested_1024_deep_and_no_deeper(phone):
    deepest, deeper = ("[" * deep + "]" * deep for deep in (1024, 1025))
    assert slug(send(phone, deepest.encode())) == "invalid"
    assert slug(send(phone, deeper.encode())) == "malformed-json"


def test_numbers_of_a_push_with_half_an_emoji_are_read_as_of_any_other():
    numbers = [0, -0.0, 1.5, 2**63, 2**64 - 1, -(2**63), 2**64, -(2**63) - 1, 10**300, 1e300]
    usual = orjson.loads(json.dumps({"push": numbers}))
    odd = _parse(json.dumps({"push": numbers, "text": "\ud83d"}).encode())
    assert [*map(repr, odd["push"])] == [*map(repr, usual["push"])]


@pytest.mark.parametrize("wrong", [{"mid": "no-uuid", "op": "nope"}, {"lseq": 0, "op": "nope"}, {"lseq": None}])
def test_a_mutation_without_a_usable_name_or_number_fails_the_push_and_is_named_by_its_place(phone, wrong):
    bad = phone.mutation("person", "p1") | wrong
    answer = phone.push(bad, phone.mutation("person", "p2", set=PERSON))
    assert slug(answer) == "invalid"
    assert answer.json["errors"]["json"]["mutations"]["0"].keys() == wrong.keys()
    assert phone.records() == {}


WRONG_OUTSIDES = [
    {"id": "a b"}, {"set": ["x"]}, {"op": "nope"}, {"colour": 1}, {"base": -1}, {"kind": "k" * 41}, {"hlc": None},
    {"command": {"name": "", "args": []}}, {"id": {"a": [None]}}, {"set": {"a": "b"}, "op": 5},
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("wrong", WRONG_OUTSIDES, ids=str)
def test_a_mutation_with_a_wrong_outside_is_refused_alone_and_kept_whole(house, phone, wrong):
    bad = phone.mutation("person", "p2", set={"given_name": "Bea"}) | wrong
    body = phone.push_body(phone.mutation("person", "p1", set=PERSON, lseq=7), bad, schema=CURRENT)
    body["mutations"][0]["lseq"], body["mutations"][1]["lseq"] = 1, 2
    body["mutations"].append(phone.mutation("person", "p3", set=PERSON, lseq=3))
    answer = phone.post("/v1/sync/push", body)
    assert answer.status_code == 200, answer.json
    assert [one["outcome"] for one in answer.json["results"]] == ["applied", "rejected", "applied"]
    refusal = answer.json["results"][1]
    assert (refusal["problem"]["type"], refusal["lseq"]) == ("/problems/invalid", 2)
    assert refusal["problem"]["errors"].keys() == {next(iter(wrong)) if len(wrong) == 1 else "op"}
    assert {record_id for _, record_id in phone.records()} == {"p1", "p3"}
    assert phone.post("/v1/sync/push", body).json["results"] == answer.json["results"], "a repeat moves nothing"
    both = phone.post("/v1/sync", {"push": body, "pull": {"cursor": None}}).json
    assert both["push"]["results"] == answer.json["results"]
    with house.services.store.read("essex") as view:
        (kept,) = [json.loads(entry.payload) for entry in view.quarantined("open")]
    assert kept == {"mid": bad["mid"], "lseq": 2, "sent": body["mutations"][1]}


def test_a_name_without_end_is_repeated_by_its_beginning_alone(phone):
    long = "x" * 100_000
    answer = phone.push(phone.mutation("person", "p1", set={long: 1}), phone.mutation("person", "p2") | {long: 1})
    assert [list(one["problem"]["errors"]) for one in answer.json["results"]] == [["x" * 60]] * 2
    assert len(answer.data) < 2_000
    assert list(phone.push(**{long: 1}).json["errors"]["json"]) == ["x" * 60]


def test_another_wrong_outside_under_the_same_name_is_told_so(phone):
    first = phone.mutation("person", "p1", op="nope", set=PERSON)
    phone.push(first)
    answer = phone.push(first | {"op": "never"}, phone.mutation("person", "p2", set=PERSON))
    told = [one["problem"] and one["problem"]["type"] for one in answer.json["results"]]
    assert told == ["/problems/mid-reused", None]


@pytest.mark.slow
def test_what_was_kept_of_a_wrong_outside_is_listed_cannot_be_released_and_goes_with_an_erasure(house, phone):
    house.add("root", roles=["administrator"])
    boss = house.phone("root", "phone-2")
    phone.push(phone.mutation("person", "p1", set=PERSON))
    phone.push(phone.mutation("person", "p1", op="patch", base=-1, set={"what_matters": "Zephyrine"}))
    (entry,) = phone.get("/v1/quarantine").json["entries"]
    assert entry["mutation"]["sent"]["set"] == {"what_matters": "Zephyrine"}
    released = phone.post(f"/v1/quarantine/{entry['name']}", {"decision": "release"})
    assert (released.status_code, slug(released)) == (422, "invalid")
    erased = boss.mutation("person", "p1", op="command", command={"name": "erase", "args": {}})
    assert boss.push(erased).json["results"][0]["outcome"] == "applied"
    phone.push(phone.mutation("person", "p1", op="patch", base=-1, set={"what_matters": "Zephyrine"}))
    with house.services.store.read("essex") as view:
        payloads = [entry.payload for entry in view.quarantined(None)]
    assert len(payloads) == 2
    assert "Zephyrine" not in str(payloads)


def test_nesting_without_end_is_refused_or_set_aside_and_holds_nothing_up(phone):
    deep: dict = {}
    for _ in range(900):
        deep = {"deeper": deep}
    answer = phone.push(
        phone.mutation("exposure", "x1", set={"query": deep}), phone.mutation("person", "p1", set=PERSON)
    )
    assert answer.status_code == 200
    assert [one["outcome"] for one in answer.json["results"]] == ["rejected", "applied"]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["\ud83d", "\x00", "a\x00b"])
@pytest.mark.parametrize("field", ["username", "password", "device"])
def test_texts_that_no_database_can_keep_are_refused_at_the_door(any_house, field, text):
    any_house.add()
    device = {"id": "d", "name": text if field == "device" else "n", "platform": ""}
    body = {"username": "amina", "password": "not it at all", "device": device}
    if field != "device":
        body[field] = text
    answer = any_house.client.post("/v1/sign-in", data=json.dumps(body), content_type="application/json")
    assert slug(answer) in ("malformed-json", "invalid", "sign-in-failed")
    answer = any_house.client.post(
        "/v1/refresh", data=json.dumps({"refresh_token": text}), content_type="application/json"
    )
    assert slug(answer) in ("malformed-json", "refresh-invalid")


def test_a_pull_of_another_contract_is_told_to_load_the_servers_app(phone):
    for schema, problem in ((0, "contract-too-old"), (CURRENT + 1, "contract-too-new")):
        answer = phone.post("/v1/sync/pull", {"cursor": None, "schema": schema})
        assert (answer.status_code, slug(answer), answer.json["remedy"]) == (426, problem, "upgrade")
