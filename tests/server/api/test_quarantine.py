"""What was refused is listed whole, page by page, however much it is and however deep."""

import json
from dataclasses import replace
from typing import Any

import orjson
import pytest

from server.api.quarantine import PAGE_BYTES
from server.sync.ports import Writes
from tests.server.api.house import PERSON, House, Phone, slug

SHAPES = {"lists": ("[", "]"), "objects": ('{"a":', "}")}
LISTED = "/v1/quarantine"


@pytest.fixture
def phone(any_house: House) -> Phone:
    any_house.add()
    phone = any_house.phone()
    phone.push(phone.mutation("person", "p1", set=PERSON))
    return phone


def push_deep(phone: Phone, deep: str, bad: dict[str, Any]) -> list[dict[str, Any]]:
    """Push a mutation that says XX with `deep` in its place, and a good one behind it; twice."""
    body = phone.push_body(bad, phone.mutation("person", f"good-{bad['lseq']}", set=PERSON))
    sent = json.dumps(body).replace('"XX"', deep)
    given = {"data": sent, "content_type": "application/json", "headers": phone.headers}
    first, again = (phone.client.post("/v1/sync/push", **given) for _ in range(2))
    assert (first.status_code, first.json) == (200, again.json)
    results: list[dict[str, Any]] = first.json["results"]
    return results


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("half", ["", "\ud83d"], ids=["whole", "half-an-emoji"])
def test_a_refused_change_is_listed_however_deep_it_is_nested(
    any_house: House, phone: Phone, shape: str, half: str
) -> None:
    any_house.add("root", roles=["administrator"])
    begin, end = SHAPES[shape]
    depths = (254, 255, 900) if half else (254, 255, 900, 960, 1015)
    for depth in depths:
        deep = begin * depth + "0" + end * depth
        for op in ("patch", "create", "nope"):
            said = {**(PERSON if op == "create" else {}), "what_matters": "XX", "phone": f"Zephyrine{half}"}
            record_id = f"new-{depth}" if op == "create" else "p1"
            results = push_deep(phone, deep, phone.mutation("person", record_id, op=op, base=1, set=said))
            assert [one["outcome"] for one in results] == ["rejected", "applied"], (depth, op)
            assert deep.encode() in phone.get(LISTED).data
    listed = phone.get(LISTED).data
    entries = orjson.loads(listed)["entries"]
    assert len(entries) == listed.count(b"Zephyrine") == 3 * len(depths)
    for entry in entries:
        assert slug(phone.post(f"{LISTED}/{entry['name']}", {"decision": "release"})) == "invalid"
    boss = any_house.phone("root", "phone-2")
    erased = boss.push(boss.mutation("person", "p1", op="command", command={"name": "erase", "args": {}}))
    assert erased.json["results"][0]["outcome"] == "applied"
    with any_house.services.store.read("essex") as view:
        told = [entry.id for entry in view.quarantined(None) if "Zephyrine" in entry.payload]
    assert sorted(told) == sorted(f"new-{depth}" for depth in depths)


def test_a_page_is_given_whatever_is_in_it(any_house: House, phone: Phone) -> None:
    push_deep(phone, "[" * 300 + "]" * 300, phone.mutation("person", "p1", op="patch", base=1, set={"phone": "XX"}))
    assert b"[" * 300 + b"]" * 300 in phone.get(LISTED).data


def test_what_was_kept_by_an_older_release_is_listed_too(any_house: House, phone: Phone) -> None:
    """A number without end came with half an emoji, and was written as JSON does not know it."""
    phone.push(phone.mutation("person", "p1", op="patch", base=1, set={"nobody": "NaN"}))
    with any_house.services.store.read("essex") as view:
        (entry,) = view.quarantined()
    old = entry.payload.replace('"nobody":', '"far":Infinity,"half":"\\ud83d","nobody":')
    with any_house.services.store.write("essex") as work:
        work.save(Writes(quarantined=[replace(entry, payload_hash="older", payload=old)]))
    said = [one["mutation"]["set"] for one in orjson.loads(phone.get(LISTED).data)["entries"]]
    assert sorted(said, key=len) == [{"nobody": "NaN"}, {"far": None, "half": "\ufffd", "nobody": "NaN"}]


def pages(phone: Phone, asked: str) -> list[list[str]]:
    found, after = [], ""
    while after is not None:
        answer = phone.get(f"{LISTED}?{asked}{after}").json
        found.append([entry["id"] for entry in answer["entries"]])
        after = answer["next"] and f"&after={answer['next']}"
    return found


def refuse(phone: Phone, *ids: str, said: str = "x") -> None:
    for record_id in ids:
        phone.clock.go_on(seconds=1)
        phone.push(phone.mutation("person", record_id, set={**PERSON, "nobody": said}))


def test_pages_follow_one_another_and_hold_each_entry_once(any_house: House, phone: Phone) -> None:
    any_house.add("bob", team_ids=["t2"])
    ids = [f"n{number}" for number in range(7)]
    refuse(phone, *ids)
    assert pages(phone, "limit=3") == [ids[:3], ids[3:6], ids[6:]]
    assert pages(phone, "limit=7") == pages(phone, "") == [ids]
    assert pages(any_house.phone("bob", "phone-b"), "limit=1") == [[]]


def test_what_is_settled_between_two_pages_moves_nothing(any_house: House, phone: Phone) -> None:
    refuse(phone, "a", "b", "c", "d")
    first = phone.get(f"{LISTED}?limit=2").json
    for entry in first["entries"]:
        phone.post(f"{LISTED}/{entry['name']}", {"decision": "drop"})
    second = phone.get(f"{LISTED}?limit=2&after={first['next']}").json
    assert [entry["id"] for entry in second["entries"]] == ["c", "d"]
    assert second["next"] is None


def test_a_page_is_about_a_mebibyte_and_what_is_larger_comes_by_itself(phone: Phone) -> None:
    for record_id in "abc":
        refuse(phone, record_id, said="x" * (PAGE_BYTES * 2 // 5))
    refuse(phone, "d", said="x" * (PAGE_BYTES * 2))
    refuse(phone, "e")
    assert pages(phone, "") == [["a", "b"], ["c"], ["d"], ["e"]]


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["limit=0", "limit=501", "limit=x", "after=x"])
def test_a_page_that_cannot_be_is_refused_by_the_field(phone: Phone, asked: str) -> None:
    assert slug(phone.get(f"{LISTED}?{asked}")) == "invalid"


def test_a_page_behind_what_nobody_knows_is_not_found(phone: Phone) -> None:
    assert slug(phone.get(f"{LISTED}?after={'0' * 32}")) == "not-found"
