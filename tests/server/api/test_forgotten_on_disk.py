"""Whoever was erased cannot be read in any file of the home: the database, its log, snapshots, signatures, photos."""

import gzip
from pathlib import Path

import pytest

from mobile_contract.version import CURRENT
from server.cli.care import erase as erase_command
from server.sync.door import Put
from server.sync.snapshot import build
from tests.server.api.house import PERSON, TENANT, House, Phone
from tests.server.files.sender import PNG, Sender, attachment

MARK = "Quillfeather"
PHOTO = PNG + MARK.encode()
ERASE = {"op": "command", "command": {"name": "erase", "args": {}, "valid_until": None}}
NOTE = {"person_id": "p", "team_id": "t1", "type": "note", "written_at": "2026-11-21T09:00:00Z", "text": MARK}


def found(home: Path) -> list[str]:
    """Name the files that say it, packed or not."""
    files = [path for path in home.rglob("*") if path.is_file()]
    texts = {path: path.read_bytes() for path in files}
    plain = {path: gzip.decompress(data) if path.suffix == ".gz" else data for path, data in texts.items()}
    return sorted(path.name for path, data in plain.items() if MARK.encode() in data)


def live(house: House) -> Phone:
    """Let there be a person with everything that leaves traces; give the phone of an administrator."""
    house.add()
    house.add("root", roles=["administrator"])
    one, other = house.phone(), house.phone("amina", "phone-2")
    one.push(one.mutation("person", "p", set=PERSON | {"given_name": MARK}))
    version = one.pull().json["rows"][0]["v"]
    edits = [phone.mutation("person", "p", op="patch", base=version, set={"what_matters": f"{MARK} {phone.device}"})
             for phone in (one, other)]  # fmt: skip
    one.push(edits[0])
    other.push(edits[1])
    one.push(one.mutation("note", "n", set=NOTE), one.mutation("note", "wrong", set=NOTE | {"type": MARK}))
    one.push(one.mutation("note", "waits", set=NOTE | {"referral_id": "never"}))
    sender = Sender(one)
    mine = {"owner_kind": "person", "owner_id": "p", "person_id": "p", "purpose": "photo"}
    sender.whole("a1", PHOTO, **mine)
    sender.announce("a2", PHOTO + bytes(9), **mine)
    sender.patch(sender.begin("a2", len(PHOTO) + 9), 0, PHOTO)
    house.write(Put("person", "q", PERSON), Put("attachment", "a3", attachment(PHOTO, **mine | {"person_id": "q"})))
    sender.patch(sender.begin("a3", len(PHOTO)), 0, PHOTO)
    build(house.services.store, house.services.shelf, TENANT, "caseload:t1", CURRENT)
    return house.phone("root", "desk")


def test_an_erasure_by_a_phone_leaves_nothing_in_any_file(house: House) -> None:
    desk = live(house)
    before = found(house.home)
    assert "kith.db-wal" in before
    assert any(name.endswith(".gz") for name in before)
    assert len(before) >= 4
    answer = desk.push(desk.mutation("person", "p", **ERASE))
    assert answer.json["results"][0]["outcome"] == "applied"
    assert found(house.home) == []


@pytest.mark.slow
def test_an_erasure_that_is_released_from_quarantine_leaves_nothing_either(house: House) -> None:
    desk = live(house)
    amina = house.phone("amina", "phone-3")
    amina.push(amina.mutation("person", "p", **ERASE))
    (name,) = [one["name"] for one in desk.get("/v1/quarantine").json["entries"] if one["mutation"]["op"] == "command"]
    answer = desk.post(f"/v1/quarantine/{name}", {"decision": "release"})
    assert answer.status_code == 200, answer.json
    assert found(house.home) == []


@pytest.mark.slow
def test_the_command_line_leaves_nothing_beside_a_server_that_runs(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(house)
    monkeypatch.setenv("KITH_HOME", str(house.home))
    monkeypatch.setenv("KITH_DATABASE_URL", str(house.services.store.engine.url))  # type: ignore[attr-defined] # a store in SQL has one
    erase_command.main(["p", "--tenant", TENANT, "--as", "root", "--yes"], standalone_mode=False)
    assert found(house.home) == []
