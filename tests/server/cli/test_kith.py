import errno
import re
import socket
import subprocess
import sys
from contextlib import closing

import orjson
import polars
import pytest

import kith
from server.cli.workplace import workplace
from server.sync.door import Put
from server.sync.model import Key

PERSON = {"team_id": "t1", "given_name": "Ada", "family_name": "Quill"}
REFERRAL = {"person_id": "p1", "team_id": "t1", "needs": ["money"], "received_on": "2026-11-20"}


def raise_(error):
    raise error


def test_the_help_lists_every_command_without_importing_any():
    code = "import sys, kith; kith.main(['--help'])"
    done = subprocess.run([sys.executable, "-X", "importtime", "-c", code], capture_output=True, text=True, check=True)
    for name in kith.PARTS:
        assert f"  {name} " in done.stdout
    for heavy in ("sqlalchemy", "lightgbm", "polars", "flask"):
        assert f" {heavy}\n" not in done.stderr


@pytest.mark.slow
def test_ctrl_c_after_the_last_word_changes_nothing_about_how_a_command_ended():
    code = "import atexit, os, signal, kith; atexit.register(os.kill, os.getpid(), signal.SIGINT); kith.main(['-h'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_command_is_named(run):
    assert "No such command 'bake'" in run("bake", ends=2).output


def taken(port=0):
    other = socket.socket()
    other.bind(("127.0.0.1", port))
    other.listen()
    return other


def test_a_taken_port_gets_one_plain_sentence_and_a_port_that_can_be_had(essex, monkeypatch):
    with taken() as first, closing(near(first)) as beside:
        port, next_port = first.getsockname()[1], beside.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        for command in (["serve"], ["serve", "--check"]):
            found = re.fullmatch(
                rf"Error: 127.0.0.1:{port} is taken by another program. Stop it, or choose another port: "
                r"PORT=(\d+) make run \(or PORT=\1 .venv/bin/kith serve\)\n",
                essex(*command, ends=1).output,
            )
            assert int(found[1]) not in (port, next_port)
            taken(int(found[1])).close()


def near(first):
    """Take the port after `first`, or leave it to whoever has it."""
    try:
        return taken(first.getsockname()[1] + 1)
    except OSError:
        return first


def test_without_a_free_port_nearby_none_is_suggested(essex, monkeypatch):
    monkeypatch.setattr("server.cli.serve._NEAR", 1)
    with taken() as other:
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        assert essex("serve", ends=1).output.endswith("Stop it, or choose another port with PORT.\n")


def test_a_free_port_passes_the_check_in_silence(run, monkeypatch):
    monkeypatch.setenv("PORT", "0")
    assert run("serve", "--check").output == ""


def test_a_host_that_nobody_knows_is_told_in_the_resolvers_own_words(run, monkeypatch):
    monkeypatch.setattr("server.wsgi.listen", lambda _: raise_(socket.gaierror(-2, "Name or service not known")))
    assert "Name or service not known. Set HOST" in run("serve", ends=1).output


def test_an_address_of_another_machine_is_named(essex, monkeypatch):
    monkeypatch.setenv("HOST", "192.0.2.77")
    assert "Set HOST to an address of this machine" in essex("serve", ends=1).output


def test_a_wrong_setting_gets_one_plain_sentence(run, monkeypatch):
    monkeypatch.setenv("PORT", "eighty")
    assert run("serve", ends=1).output.startswith("Error: PORT must be a whole number")


def test_a_full_disk_gets_one_plain_sentence(run, monkeypatch):
    def full(_settings):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("server.cli.database.make_home", full)
    assert run("migrate", ends=1).output.startswith("Error: The disk is full.")


@pytest.mark.parametrize(("arguments", "times"), [(["live"], 1), (["live", "--child"], 0), (["migrate"], 1)])
def test_a_home_open_to_others_is_told_once_a_command(run, tmp_path, monkeypatch, caplog, arguments, times):
    (tmp_path / "home").mkdir()
    (tmp_path / "home").chmod(0o755)
    monkeypatch.setattr("server.cli.live._run", lambda *_: None)
    run(*arguments)
    assert sum("Other users of this machine" in record.getMessage() for record in caplog.records) == times


def test_migrating_twice_changes_nothing(run):
    run("migrate")
    assert run("migrate").output == "The database is up to date.\n"


def test_the_openapi_document_needs_no_database(run, tmp_path):
    document = orjson.loads(run("openapi").output)
    assert document["openapi"] == "3.1.0"
    assert not (tmp_path / "home").exists()


@pytest.mark.slow
def test_an_export_tells_in_which_fifth_of_areas_people_live_and_not_where(essex, tmp_path):
    (tmp_path / "imd.csv").write_text("lsoa21_code,IMD_decile\nE01000001,2\nE01000002,9\n", encoding="utf-8")
    (tmp_path / "postcodes.csv").write_text(
        "postcode,lsoa21_code\nSS1 1AA,E01000001\nSS1 1AB,E01000002\nSS1 1AC,E01000009\n", encoding="utf-8"
    )
    homes = {"p1": "SS1 1AA", "p2": "ss1 1ab", "p3": "SS1 1AC", "p4": "", "p5": "SS1 1AB"}
    door = workplace().door("essex")
    door.write(Put("person", name, PERSON | {"postcode": postcode}) for name, postcode in homes.items())
    door.remove([Key("person", "p5")])
    names = {"given_name": "Vic", "family_name": "Dale", "centre_id": "c", "district": "E07000070"}
    door.write(Put("volunteer", name, names | {"postcode": homes[name]}) for name in ("p1", "p4"))
    path = tmp_path / "out" / "deprivation.parquet"
    essex("export", "--tenant", "essex", str(tmp_path / "out"))
    assert not path.exists()
    said = essex("import", "deprivation", str(tmp_path / "imd.csv"), str(tmp_path / "postcodes.csv")).output
    assert said == "2 postcodes have a fifth; 1 lie in no area of imd.csv.\n"
    assert "deprivation: 2\n" in essex("export", "--tenant", "essex", str(tmp_path / "out")).output
    told = polars.read_parquet(path)
    assert list(told.iter_rows()) == [("p1", 0, '{"fifth":1}'), ("p2", 0, '{"fifth":5}')]
    areas = polars.read_parquet(tmp_path / "out" / "volunteer_area.parquet")["doc"].to_list()
    assert areas == [f'{{"district":"E07000070","fifth":{fifth},"status":"active"}}' for fifth in ("1", "null")]
    (tmp_path / "home" / "deprivation.parquet").write_bytes(b"PAR1")
    refused = essex("export", "--tenant", "essex", str(tmp_path / "refused"), ends=1)
    assert "Run kith import deprivation again." in refused.output
    (tmp_path / "home" / "deprivation.parquet").unlink()
    essex("export", "--tenant", "essex", str(tmp_path / "out"))
    assert not path.exists()


@pytest.mark.slow
def test_an_export_holds_what_training_needs_and_nobodys_name(essex, tmp_path):
    workplace().door("essex").write(
        [Put("person", "p1", PERSON), Put("referral", "r1", REFERRAL | {"comment": "Ada likes tea"})]
    )
    essex("export", "--tenant", "essex", str(tmp_path / "out"))
    frame = polars.read_parquet(tmp_path / "out" / "referral.parquet")
    assert frame.schema == {"id": polars.String, "version": polars.Int64, "doc": polars.String}
    assert frame["id"].to_list() == ["r1"]
    assert orjson.loads(frame["doc"][0])["needs"] == ["money"]
    written = [polars.read_parquet(path)["doc"].to_list() for path in (tmp_path / "out").glob("*.parquet")]
    assert not (tmp_path / "out" / "person.parquet").exists()
    assert "Ada" not in str(written)
    assert (tmp_path / "out" / "exposure.parquet").exists()


def test_an_export_of_no_programme_is_refused(essex, tmp_path):
    assert "There is no programme kent" in essex("export", "--tenant", "kent", str(tmp_path / "out"), ends=1).output


@pytest.mark.parametrize("name", sorted(kith.PARTS))
def test_every_command_of_the_table_can_be_imported(run, name):
    assert "Usage: kith" in run(name, "--help").output


def test_the_list_of_rankers_says_what_is_damaged_and_how_to_mend_it(run, tmp_path):
    folder = tmp_path / "home" / "models" / "v1"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{")
    (folder.parent / "champion").write_bytes(b"\xff\x00")
    for command in (["models"], ["ml", "versions"]):
        output = run(*command, ends=1).output
        assert "manifest.json is damaged" in output
        assert "kith ml promote VERSION --first" in output
    for command in ("promote", "evaluate"):
        assert "manifest.json is damaged" in run("ml", command, "v1", ends=1).output
