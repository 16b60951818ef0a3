"""Where a backup may be written: yesterday's makes room, anything else stays as it is."""

import os
from pathlib import Path

import pytest

from server.cli import file_copies
from tests.server.cli.conftest import Run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def refused(essex: Run, target: Path, *more: str) -> str:
    before = target.read_bytes() if target.is_file() else None
    output = essex("backup", str(target), *more, ends=1).output
    assert (target.read_bytes() if target.is_file() else None) == before
    assert [path for path in target.parent.iterdir() if path.name.endswith(".partial")] == []
    return output


def keep_file(home: Path, name: str = "a") -> None:
    path = home / "files" / "whole" / ("b" * 32) / (name * 2) / (name * 64)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a photo")


def test_yesterdays_backup_and_its_files_are_replaced_without_a_word(essex, home, tmp_path):
    keep_file(home)
    for _ in range(2):
        essex("backup", str(tmp_path / "copy.kith"))
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy.kith", "copy.kith.files.tar"]


def test_the_place_of_a_new_temporary_file_is_taken(essex, tmp_path):
    (tmp_path / "copy.kith").touch()
    essex("backup", str(tmp_path / "copy.kith"))
    assert (tmp_path / "copy.kith").stat().st_size > 0


@pytest.mark.parametrize("name", ["letter.txt", "letter.txt.files.tar"])
def test_any_other_file_is_replaced_only_by_force(essex, home, tmp_path, name):
    keep_file(home)
    (tmp_path / name).write_text("Dear Amina")
    assert "--force" in essex("backup", str(tmp_path / "letter.txt"), ends=1).output
    assert (tmp_path / name).read_text() == "Dear Amina"
    essex("backup", str(tmp_path / "letter.txt"), "--force")
    assert (tmp_path / name).read_bytes() != b"Dear Amina"


@pytest.mark.parametrize("name", ["secret.key", "live.lock", "notes.txt"])
def test_what_lies_in_the_home_is_never_replaced_by_a_backup(essex, home, name):
    (home / name).write_bytes(b"5" * 64)
    assert "Name another file." in refused(essex, home / name, "--force")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["secret.key", "live.sock", "files/copy.kith", "snapshots/copy.kith"])
def test_the_names_that_kith_uses_in_its_home_are_kept_for_it(essex, home, name):
    (home / name).parent.mkdir(exist_ok=True)
    (home / name).unlink(missing_ok=True)
    assert "Name another file." in refused(essex, home / name, "--force")


def test_a_backup_in_the_home_is_replaced_by_the_next(essex, home):
    for _ in range(2):
        essex("backup", str(home / "copy.kith"))


def test_another_homes_live_database_is_no_former_backup(essex, home, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "kith.db").write_bytes((home / "kith.db").read_bytes())
    (other / "kith.db.queue").touch()
    assert "--force" in refused(essex, other / "kith.db")


@pytest.mark.slow
@pytest.mark.parametrize("target", ["/dev/full", "/dev/null", "pipe", "folder"])
def test_a_device_a_pipe_and_a_folder_are_refused_even_by_force(essex, tmp_path, target):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    assert "is no ordinary file" in essex("backup", str(tmp_path / target), "--force", ends=1).output
    assert (tmp_path / target).exists()


def test_a_backup_that_breaks_off_leaves_the_former_one_with_its_files(essex, home, tmp_path, monkeypatch):
    keep_file(home)
    essex("backup", str(tmp_path / "copy.kith"))
    before = {path: path.read_bytes() for path in tmp_path.glob("*copy*")}
    essex("tenant", "add", "suffolk")
    keep_file(home, "c")

    def breaks(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(file_copies.tarfile.TarFile, "add", breaks)
    assert "The disk is full." in essex("backup", str(tmp_path / "copy.kith"), ends=1).output
    assert {path: path.read_bytes() for path in tmp_path.glob("*copy*")} == before
