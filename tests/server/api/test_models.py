import gzip
import hashlib
import json

import pytest

from tests.server.api.house import slug

PACK = gzip.compress(b'{"version":"v1"}', mtime=0)
SHA256 = hashlib.sha256(PACK).hexdigest()


@pytest.fixture
def phone(house):
    house.add()
    return house.phone()


@pytest.fixture
def champion(house):
    folder = house.services.models / "v1"
    folder.mkdir(parents=True)
    (folder / "pack.json.gz").write_bytes(PACK)
    manifest = {"version": "v1", "trained_on": "2026-11-01", "files": {"pack.json.gz": SHA256}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (house.services.models / "champion").write_text("v1\n")


def test_before_the_first_promotion_phones_rank_with_the_rules(phone):
    answer = phone.get("/v1/models/current")
    assert (answer.status_code, slug(answer), answer.json["remedy"]) == (404, "no-model", "wait")


@pytest.mark.usefixtures("champion")
def test_the_champion_is_named_with_its_pack(phone):
    assert phone.get("/v1/models/current").json == {
        "version": "v1",
        "pack_sha256": SHA256,
        "pack_url": "/v1/models/v1/pack",
        "pack_bytes": len(PACK),
        "trained_on": "2026-11-01",
    }
    assert phone.get("/v1/sync/manifest").json["model"] == {"version": "v1", "pack_sha256": SHA256}


@pytest.mark.usefixtures("champion")
def test_the_pack_comes_byte_for_byte_and_once(phone):
    answer = phone.get("/v1/models/v1/pack", headers={"Accept-Encoding": "gzip, zstd"})
    assert answer.data == PACK
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["ETag"] == f'"{SHA256}"'
    again = phone.get("/v1/models/v1/pack", headers={"If-None-Match": f'"{SHA256}"'})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("version", ["v9", "..", "%2e%2e", "champion"])
def test_a_version_that_is_not_there_is_not_found(phone, version):
    assert slug(phone.get(f"/v1/models/{version}/pack")) == "not-found"


def test_a_champion_whose_folder_is_gone_counts_as_none(house, phone):
    house.services.models.mkdir()
    (house.services.models / "champion").write_text("v7\n")
    assert slug(phone.get("/v1/models/current")) == "no-model"
    assert phone.get("/v1/sync/manifest").json["model"] is None


def cut(house):
    (house.services.models / "v1" / "pack.json.gz").write_bytes(PACK[:-5])


def gone(house):
    (house.services.models / "v1" / "pack.json.gz").unlink()


def half(house):
    (house.services.models / "v1" / "manifest.json").write_text("{")


def empty(house):
    (house.services.models / "v1" / "manifest.json").write_text("{}")


def binary(house):
    (house.services.models / "champion").write_bytes(b"\xff\xfe\x00")


def garbage(house):
    (house.services.models / "champion").write_text("what is this?")


@pytest.mark.usefixtures("champion")
@pytest.mark.parametrize("damage", [cut, gone, half, empty, binary, garbage])
def test_a_damaged_registry_counts_as_none_and_is_logged_once(house, phone, damage, caplog):
    assert phone.get("/v1/sync/manifest").json["model"] is not None
    damage(house)
    for _ in range(2):
        assert slug(phone.get("/v1/models/current")) == "no-model"
        assert phone.get("/v1/sync/manifest").json["model"] is None
    assert slug(phone.post("/v1/recommendations", {"referral_id": "r1"})) == "not-yours"
    told = [record for record in caplog.records if record.name == "kith.models"]
    assert [record.levelname for record in told] == ["WARNING"]
    assert "`kith ml rollback`" in told[0].damage  # and tells nobody to delete anything


@pytest.mark.usefixtures("champion")
@pytest.mark.parametrize("damage", [cut, gone, half])
def test_a_damaged_pack_is_never_sent(house, phone, damage):
    damage(house)
    assert slug(phone.get("/v1/models/v1/pack")) == "no-model"
