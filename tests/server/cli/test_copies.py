import hashlib
import sqlite3
import stat
from contextlib import closing

import pytest

from server.cli.workplace import workplace
from server.sync.door import Put
from server.sync.model import Key
from tests.builders import person
from tests.server.files.sender import PNG, attachment

DISTRICT = Put("district", "E07000070", {"name": "Chelmsford"})
OTHER = Put("district", "E07000071", {"name": "Colchester"})


def names() -> set[str]:
    with workplace().store.read("essex") as view:
        return {record.key.id for record in view.of_kind("district")}


def test_a_restore_brings_back_what_was_copied_with_a_new_epoch(essex, tmp_path):
    copy = tmp_path / "copy.db"
    essex("tenant", "add", "essex")
    workplace().door("essex").write([DISTRICT])
    essex("backup", str(copy))
    workplace().door("essex").write([OTHER])
    epoch = workplace().store.heads()["essex"].epoch
    essex("restore", str(copy), "--yes")
    assert names() == {"E07000070"}
    assert workplace().store.heads()["essex"].epoch != epoch


@pytest.mark.slow
def test_postgresql_is_copied_and_restored_the_same_way(run, tmp_path, monkeypatch, postgres_url):
    monkeypatch.setenv("KITH_DATABASE_URL", postgres_url)
    test_a_restore_brings_back_what_was_copied_with_a_new_epoch(run, tmp_path)


def test_a_restore_does_not_change_the_copy(essex, tmp_path):
    copy = tmp_path / "copy.db"
    essex("backup", str(copy))
    before = copy.read_bytes()
    essex("restore", str(copy), "--yes")
    assert copy.read_bytes() == before


def test_a_copy_is_readable_by_its_owner_alone_and_leaves_nothing_half_made(essex, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    essex("backup", str(folder / "copy.db"))
    assert stat.S_IMODE((folder / "copy.db").stat().st_mode) == 0o600
    assert [one.name for one in folder.iterdir()] == ["copy.db"]


def test_a_restore_asks_first(essex, tmp_path):
    essex("backup", str(tmp_path / "copy.db"))
    assert "Go on?" in essex("restore", str(tmp_path / "copy.db"), input="n\n", ends=1).output


@pytest.mark.parametrize("content", [b"", b"not a database" * 100])
def test_a_file_that_is_no_copy_is_refused_and_nothing_is_touched(essex, tmp_path, content):
    workplace().door("essex").write([DISTRICT])
    (tmp_path / "odd.db").write_bytes(PNG)
    assert "kith backup" in essex("restore", str(tmp_path / "odd.db"), "--yes", ends=1).output
    assert names() == {"E07000070"}


def test_another_programs_database_is_refused(essex, tmp_path):
    with sqlite3.connect(tmp_path / "odd.db") as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    assert "kith backup" in essex("restore", str(tmp_path / "odd.db"), "--yes", ends=1).output


def test_a_database_with_tables_of_these_names_but_other_columns_is_refused(essex, tmp_path):
    workplace().door("essex").write([DISTRICT])
    with sqlite3.connect(tmp_path / "odd.db") as connection:
        for table in ("head", "record", "feed"):
            connection.execute(f"CREATE TABLE {table} (colour TEXT)")
    assert "kith backup" in essex("restore", str(tmp_path / "odd.db"), "--yes", ends=1).output
    assert names() == {"E07000070"}


@pytest.mark.parametrize(
    "change",
    ["ALTER TABLE record RENAME COLUMN doc TO paper", "UPDATE alembic_version SET version_num = 'tomorrow'"],
)
def test_a_copy_that_lacks_a_column_or_is_newer_is_refused(essex, tmp_path, change):
    essex("backup", str(tmp_path / "copy.db"))
    workplace().door("essex").write([DISTRICT])
    with closing(sqlite3.connect(tmp_path / "copy.db", isolation_level=None)) as connection:
        connection.execute(change)
    assert "kith backup" in essex("restore", str(tmp_path / "copy.db"), "--yes", ends=1).output
    assert names() == {"E07000070"}


def test_a_backup_without_a_database_says_how_to_make_one(run, tmp_path):
    assert "kith migrate" in run("backup", str(tmp_path / "copy.db"), ends=1).output
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", ".queue"])
def test_the_live_database_is_never_the_place_for_its_own_copy(essex, tmp_path, ending):
    workplace().door("essex").write([DISTRICT])
    live = f"{tmp_path / 'home' / 'kith.db'}{ending}"
    assert "belongs to the live database" in essex("backup", live, ends=1).output
    assert names() == {"E07000070"}


@pytest.mark.parametrize("make", ["symlink_to", "hardlink_to"])
def test_another_name_of_the_live_database_is_seen_through(essex, tmp_path, make):
    workplace().door("essex").write([DISTRICT])
    getattr(tmp_path / "copy.db", make)(tmp_path / "home" / "kith.db")
    assert "belongs to the live database" in essex("backup", str(tmp_path / "copy.db"), ends=1).output
    assert "belongs to the live database" in essex("restore", str(tmp_path / "copy.db"), "--yes", ends=1).output
    assert names() == {"E07000070"}


def test_a_copy_carries_the_accounts_too(essex, tmp_path):
    essex("user", "add", "amina", "--tenant", "essex", "--role", "prescriber")
    essex("backup", str(tmp_path / "copy.db"))
    essex("restore", str(tmp_path / "copy.db"), "--yes")
    assert workplace().account("amina").username == "amina"


@pytest.mark.slow
def test_a_restore_says_what_it_carried_over_or_that_there_was_nothing(essex, tmp_path):
    workplace().door("essex").write([DISTRICT])
    essex("backup", str(tmp_path / "copy.db"))
    assert "Nothing was taken away in between." in essex("restore", str(tmp_path / "copy.db"), "--yes").output
    workplace().door("essex").erase([DISTRICT.key])
    assert "1 record(s) stay erased: E07000070." in essex("restore", str(tmp_path / "copy.db"), "--yes").output
    assert names() == set()


def test_a_restore_as_it_was_warns_and_brings_everything_back(essex, tmp_path):
    workplace().door("essex").write([DISTRICT])
    essex("backup", str(tmp_path / "copy.db"))
    workplace().door("essex").erase([DISTRICT.key])
    assert "Warning" in essex("restore", str(tmp_path / "copy.db"), "--yes", "--as-it-was").output
    assert names() == {"E07000070"}


def test_a_restore_in_place_of_a_lost_database_says_what_has_to_be_done_by_hand(essex, tmp_path):
    essex("backup", str(tmp_path / "copy.db"))
    for part in (tmp_path / "home").glob("kith.db*"):
        part.unlink()
    output = essex("restore", str(tmp_path / "copy.db"), "--yes").output
    assert "There was no database before. So nothing could be carried over" in output
    assert "essex" in essex("tenant", "list").output


@pytest.mark.slow
def test_a_restore_in_place_of_a_fresh_database_says_so_too(essex, tmp_path):
    essex("backup", str(tmp_path / "copy.db"))
    for part in (tmp_path / "home").glob("kith.db*"):
        part.unlink()
    essex("migrate")
    output = essex("restore", str(tmp_path / "copy.db"), "--yes").output
    assert "held no programme of the backup. So nothing could be carried over" in output


def test_a_restore_that_is_broken_off_among_the_files_says_how_to_go_on(essex, tmp_path, monkeypatch):
    workplace().door("essex").write([DISTRICT])
    essex("backup", str(tmp_path / "copy.db"))
    workplace().door("essex").write([OTHER])

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("server.cli.database.restore_files", broken_off)
    assert "Run the same command again." in essex("restore", str(tmp_path / "copy.db"), "--yes", ends=1).output
    assert names() == {"E07000070"}


@pytest.mark.slow
def test_a_restore_in_place_of_a_damaged_database_says_so_too(essex, tmp_path):
    essex("backup", str(tmp_path / "copy.db"))
    live = tmp_path / "home" / "kith.db"
    with closing(sqlite3.connect(live)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with live.open("r+b") as file:
        file.seek(size)
        file.write(b"\xff" * (live.stat().st_size - size))
    output = essex("restore", str(tmp_path / "copy.db"), "--yes").output
    assert "The database that was replaced is damaged. So nothing could be carried over" in output
    assert "essex" in essex("tenant", "list").output


@pytest.mark.slow
def test_files_of_people_erased_since_the_backup_do_not_come_back(essex, tmp_path):
    at, sha256 = workplace(), hashlib.sha256(PNG).hexdigest()
    at.door("essex").write([Put("person", "p1", person()), Put("attachment", "a", attachment())])
    shelf = at.services.files.shelf
    (part := tmp_path / "part").write_bytes(PNG)
    shelf.blobs.keep("essex", sha256, part)
    shelf.uses.add("essex", "a", {"sha256": sha256, "bytes": len(PNG), "media_type": "image/png"}, shelf.now())
    assert "1 signatures and photos" in essex("backup", str(tmp_path / "copy.db")).output
    at.door("essex").erase([Key("person", "p1")])
    at.services.files.forget_erased("essex")
    assert "0 signatures and photos" in essex("restore", str(tmp_path / "copy.db"), "--yes").output
    assert not shelf.blobs.path("essex", sha256).exists()
    assert list(shelf.uses.all()) == []
