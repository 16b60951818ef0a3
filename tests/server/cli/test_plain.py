"""What people can mend is said in a sentence and ends with 1; a fault of ours keeps its traceback."""

import sqlite3
import stat

import pytest
from sqlalchemy.exc import OperationalError

from server.cli.sentences import sentence_of
from server.settings import settings_from
from server.sync.ports import ClashError
from tests.server.cli.test_kith import raise_


def full(*_):
    return OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))


def clash(cause):
    error = ClashError("OperationalError")
    error.__cause__ = cause
    return error


def test_a_full_disk_that_the_database_meets_is_called_so_wherever_it_comes_from():
    raw = sqlite3.OperationalError("database or disk is full")
    told = {sentence_of(error) for error in (raw, full(), clash(full()), OSError(28, "No space left on device"))}
    assert told == {"The disk is full. Free some space, then run the same command again."}


def test_a_clash_for_another_reason_says_to_run_again():
    assert "too busy" in sentence_of(clash(None))


def test_a_fault_of_ours_has_no_sentence():
    assert sentence_of(KeyError("field")) is None
    assert sentence_of(sqlite3.ProgrammingError("wrong number of bindings")) is None


def test_a_command_on_a_full_disk_ends_with_the_sentence(run, monkeypatch):
    monkeypatch.setattr("server.cli.database.upgrade", lambda _: raise_(full()))
    assert run("migrate", ends=1).output.startswith("Error: The disk is full.")


@pytest.mark.parametrize("below", ["", "below"])
@pytest.mark.parametrize("command", [["migrate"], ["demo"], ["user", "list"], ["serve"]])
def test_a_home_that_is_a_file_or_lies_below_one_is_named(run, tmp_path, monkeypatch, below, command):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KITH_HOME", str(tmp_path / "file" / below))
    assert "A file stands where a folder is needed" in run(*command, ends=1).output


def test_a_backup_into_a_folder_that_is_not_there_is_told(essex, tmp_path):
    output = essex("backup", str(tmp_path / "nope" / "x"), ends=1).output
    assert f"There is no folder {tmp_path / 'nope'}." in output


@pytest.mark.parametrize("command", [["migrate"], ["demo"], ["backup", "copy.db"]])
def test_a_database_of_garbage_is_told_with_the_way_out(run, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home" / "kith.db").write_bytes(b"garbage " * 1000)
    output = run(*command, ends=1).output
    assert "The database is damaged or is no database." in output
    assert "kith restore FILE" in output


@pytest.mark.parametrize(
    "url",
    [
        "garbage",
        "mysql://me:geheim@h/x",
        "postgresql+psycopg2://me:geheim@h/x",
        "postgresql://me:ge/heim@h:1x/x",
        "sqlite:/x",
    ],
)
@pytest.mark.parametrize("command", [["migrate"], ["serve"], ["live"], ["user", "list"], ["backup", "copy.db"]])
def test_an_address_of_no_usable_database_gets_a_sentence_that_repeats_no_password(run, monkeypatch, url, command):
    monkeypatch.setenv("KITH_DATABASE_URL", url)
    output = run(*command, ends=1).output
    assert output.startswith("Error: KITH_DATABASE_URL is no address of a database")
    assert "postgresql+psycopg://USER" in output
    assert "heim" not in output


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused_as_the_next_process_could_not_see_it(run, monkeypatch, url):
    monkeypatch.setenv("KITH_DATABASE_URL", url)
    assert "names no file of SQLite" in run("migrate", ends=1).output


def test_the_driver_of_postgresql_may_be_left_out():
    given = {f"{scheme}://me:a%40b@h:5/x" for scheme in ("postgres", "postgresql", "postgresql+psycopg")}
    usable = {settings_from({"KITH_DATABASE_URL": url}).database_url for url in given}
    assert usable == {"postgresql+psycopg://me:a%40b@h:5/x"}


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"not hexadecimal", b"\xff\xfe", b"", b"ab"])
def test_a_key_file_that_holds_no_key_is_told(essex, tmp_path, content):
    (tmp_path / "home" / "secret.key").write_bytes(content)
    said = essex("user", "list", ends=1).output
    assert "secret.key holds no usable key. Put it back from the copy that is kept of it." in said
    assert "Delete" not in said
    assert (tmp_path / "home" / "secret.key").read_bytes() == content


def test_a_password_that_is_not_text_is_told(essex):
    essex("user", "add", "amina", "--tenant", "essex", "--role", "prescriber")
    assert (
        "not text in UTF-8"
        in essex("user", "password", "amina", "--password-stdin", input=b"\xff\xfe\n", ends=1).output
    )


@pytest.mark.parametrize("seconds", ["-5", "nan", "0", "inf"])
def test_a_feed_is_waited_for_a_number_of_seconds(essex, seconds):
    output = essex("import", "oruk", "feed.json", "--tenant", "essex", "--timeout", seconds, ends=2).output
    assert "is not a number of seconds above 0" in output


def test_what_commands_write_is_their_owners_alone(essex, tmp_path):
    essex("export", "--tenant", "essex", str(tmp_path / "home" / "exports" / "essex"))
    found = list((tmp_path / "home").rglob("*"))
    assert len(found) > 10
    assert [path.name for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_a_home_that_others_can_look_into_is_warned_about(run, tmp_path, caplog):
    (tmp_path / "home").mkdir()
    (tmp_path / "home").chmod(0o755)
    run("migrate")
    assert f"chmod 700 {tmp_path / 'home'}" in caplog.text


def test_a_home_that_is_closed_is_not_warned_about(run, caplog):
    run("migrate")
    assert caplog.text == ""
