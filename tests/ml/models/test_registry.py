"""The registry: versions come whole or not at all, and pointers move in one write."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from ml.files import read_json, sha256_of, write_json
from ml.models.evidence import EVALUATION
from ml.models.history import events
from ml.models.registry import DamagedError, Registry, RegistryError
from ml.training.promote import promote


def version_in(folder, name, pack=b"pack"):
    folder.mkdir(parents=True)
    (folder / "pack.json.gz").write_bytes(pack)
    (folder / "model.txt").write_bytes(b"trees")
    files = {"pack.json.gz": sha256_of(pack), "model.txt": sha256_of(b"trees")}
    write_json(folder / "manifest.json", {"version": name, "files": files})
    return folder


@pytest.fixture
def registry(tmp_path):
    made = Registry(tmp_path / "models")
    for name in ("one", "two", "three"):
        made.register(version_in(tmp_path / "made" / name, name, pack=name.encode()))
    return made


def test_an_empty_registry_has_nothing_to_serve(tmp_path):
    empty = Registry(tmp_path / "nowhere")
    assert empty.versions() == []
    assert empty.champion() is None
    assert empty.challenger() is None


def test_a_registered_version_is_listed_with_its_pack_and_is_the_challenger(registry):
    assert [version.name for version in registry.versions()] == ["one", "three", "two"]
    assert registry.challenger().name == "three"
    assert registry.champion() is None
    assert registry.version("two").pack_path.read_bytes() == b"two"
    assert registry.version("two").pack_sha256 == sha256_of(b"two")


def test_a_version_from_a_private_scratch_folder_can_be_read_by_the_server(registry, tmp_path):
    scratch = version_in(tmp_path / "scratch", "four")
    scratch.chmod(0o700)
    assert registry.register(scratch).folder.stat().st_mode & 0o777 == 0o755


def test_promotions_line_up_and_rollbacks_go_back_one_at_a_time(registry):
    for name in ("one", "two", "three"):
        registry.promote(name)
    assert registry.champion().name == "three"
    assert [registry.rollback().name, registry.rollback().name] == ["two", "one"]
    assert registry.champion().name == "one"
    with pytest.raises(RegistryError, match="no earlier champion"):
        registry.rollback()


def test_promotions_at_once_leave_a_line_each_in_the_history(registry, monkeypatch):
    monkeypatch.setattr("ml.training.promote.decide", lambda *about, **said: ([], []))
    names = ["one", "two", "three"] * 4
    with ThreadPoolExecutor(len(names)) as pool:
        served = list(pool.map(lambda name: promote(Registry(registry.root), name, unestimated=True).name, names))
    told = events(registry)
    assert served == names
    assert sorted(event.version for event in told) == sorted(names)
    assert [event.before for event in told] == [None, *(event.version for event in told[:-1])]
    assert {tuple(event.said) for event in told} == {("unestimated",)}


def test_promoting_the_champion_again_changes_nothing(registry):
    registry.promote("one")
    registry.promote("two")
    registry.promote("two")
    assert registry.rollback().name == "one"


def test_registering_twice_is_safe_but_another_model_of_the_name_is_refused(registry, tmp_path):
    registry.register(tmp_path / "made" / "one")
    with pytest.raises(RegistryError, match="Another model is already registered as one"):
        registry.register(version_in(tmp_path / "other", "one", pack=b"else"))


def test_a_pack_that_is_not_the_one_in_the_manifest_is_refused(registry, tmp_path):
    forged = version_in(tmp_path / "forged", "forged")
    (forged / "pack.json.gz").write_bytes(b"bad")
    with pytest.raises(RegistryError, match="not the file that its manifest names"):
        registry.register(forged)
    assert [version.name for version in registry.versions()] == ["one", "three", "two"]


def test_a_version_damaged_since_is_neither_promoted_nor_gone_back_to(registry):
    registry.promote("one")
    registry.promote("two")
    registry.version("one").pack_path.write_bytes(b"bit flip")
    with pytest.raises(RegistryError, match="not the file"):
        registry.rollback()
    with pytest.raises(RegistryError, match="not the file"):
        registry.promote("one")
    assert registry.champion().name == "two"


@pytest.mark.parametrize("name", ["none", "../models/one", "", ".one.partial", "a/b"])
def test_a_name_that_is_no_version_is_refused(registry, name):
    with pytest.raises(RegistryError, match="no version"):
        registry.version(name)


def test_a_name_that_would_leave_the_folder_cannot_be_registered(registry, tmp_path):
    with pytest.raises(RegistryError, match="cannot be the name"):
        registry.register(version_in(tmp_path / "sly", "../sly"))


def test_a_half_copied_version_of_an_earlier_run_is_invisible_and_replaced(registry, tmp_path):
    half = registry.root / ".four.partial"
    half.mkdir()
    (half / "manifest.json").write_text("{")
    assert len(registry.versions()) == 3
    registry.register(version_in(tmp_path / "made" / "four", "four"))
    assert registry.version("four").pack_path.exists()
    assert not half.exists()


def test_a_write_that_fails_leaves_the_pointer_as_it_was(registry, monkeypatch):
    registry.promote("one")

    def broken(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="No space"):
        registry.promote("two")
    assert registry.champion().name == "one"


def test_an_evaluation_is_kept_beside_its_version(registry):
    assert registry.version("one").evaluation is None
    registry.write_evidence("one", EVALUATION, {"version": "one"})
    assert registry.version("one").evaluation == {"version": "one"}
    assert read_json(registry.root / "one" / "evaluation.json") == {"version": "one"}


def unreadable(registry):
    """Say what asking for everything answers, where only RegistryError may be raised."""
    told = registry.damaged()
    for ask in (registry.champion, registry.challenger, lambda: registry.version("one")):
        try:
            ask()
        except RegistryError as error:
            told.append(str(error))
    return told


@pytest.mark.parametrize("damage", [b"{", b"{}", b"[]", b'{"version": "one", "files": {}}', b"\xff\xfe\x00"])
def test_a_damaged_manifest_is_named_with_its_mend_and_hides_no_other_version(registry, damage):
    registry.promote("one")
    (registry.root / "one" / "manifest.json").write_bytes(damage)
    with pytest.raises(
        DamagedError, match=r"manifest.json is damaged.*move it away.*kith ml rollback.*kith ml promote VERSION --first"
    ):
        registry.champion()
    assert [version.name for version in registry.versions()] == ["three", "two"]
    assert any("one/manifest.json" in told for told in registry.damaged())


@pytest.mark.parametrize("damage", [b"\xff\x00\x80", b"no such version", b"../..", b"\x00\x01", b"x" * 5000])
def test_a_damaged_pointer_is_named_with_its_mend(registry, damage):
    (registry.root / "champion").write_bytes(damage)
    with pytest.raises(DamagedError, match=r"rollback.*move .*champion away and promote a version"):
        registry.champion()
    assert max(map(len, unreadable(registry))) < 500


def test_a_pointer_that_is_a_folder_is_named(registry):
    (registry.root / "champion").mkdir()
    assert "champion" in unreadable(registry)[0]


@pytest.mark.parametrize("content", [None, b"o"])
def test_a_pack_that_is_gone_or_cut_short_is_named(registry, content):
    path = registry.version("one").pack_path
    path.unlink() if content is None else path.write_bytes(content)
    assert ["pack.json.gz of version one" in told for told in registry.damaged()] == [True]


def test_a_damaged_evaluation_says_to_evaluate_again(registry):
    (registry.root / "one" / "evaluation.json").write_text("[]")
    with pytest.raises(DamagedError, match="kith ml evaluate one"):
        _ = registry.version("one").evaluation
