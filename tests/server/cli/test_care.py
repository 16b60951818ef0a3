"""What was refused, what waits, erasing and the audit from the command line."""

import gzip

import pytest
from click.testing import CliRunner

from kith import kith
from server.cli.workplace import workplace
from server.storage.migrate import upgrade
from server.sync.door import Put
from server.sync.ports import AskedInputs, Writes
from tests.builders import Phone, person, prescriber

pytestmark = pytest.mark.slow

CONSENT = {"person_id": "p", "team_id": "team-a", "share_with_providers": "nothing", "method": "spoken"}


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "300")
    upgrade(f"sqlite:///{tmp_path / 'kith.db'}")

    def run(*arguments: str, fails: bool = False) -> str:
        answer = CliRunner().invoke(kith, arguments)
        assert (answer.exit_code != 0) is fails, answer.output
        return answer.output

    run("tenant", "add", "essex")
    run(
        "user", "add", "ada", "--tenant", "essex", "--role", "administrator", "--role", "prescriber", "--team", "team-a"
    )
    run("user", "add", "bo", "--tenant", "essex", "--role", "prescriber", "--team", "team-b")
    return run


def test_a_refused_change_is_listed_shown_and_released_by_somebodys_rights(run) -> None:
    at = workplace()
    at.door("essex").write([Put("person", "p", person())])
    Phone(at.store, prescriber(scopes=())).patch("person", "p", 1, phone="01206 000000")
    (name,) = refused_names(run)
    assert "01206 000000" in run("quarantine", "show", "--tenant", "essex", name)
    assert "command-line" in run("audit", "--tenant", "essex", "--person", "p"), "what was shown is in the audit"
    assert "no open entry" in run("quarantine", "release", "--tenant", "essex", "--as", "bo", name, fails=True)
    assert "released: applied" in run("quarantine", "release", "--tenant", "essex", "--as", "ada", name)
    assert "released" in run("quarantine", "list", "--tenant", "essex", "--all")
    assert "ada" in run("audit", "--tenant", "essex", "--person", "p")


def refused_names(run) -> list[str]:
    lines = run("quarantine", "list", "--tenant", "essex").splitlines()
    return [line.split()[0] for line in lines if "not-yours" in line]


def test_the_beginning_of_a_name_does_for_the_whole(run) -> None:
    at = workplace()
    at.door("essex").write([Put("person", "p", person())])
    Phone(at.store, prescriber(scopes=())).patch("person", "p", 1, phone="01206 1")
    (name,) = refused_names(run)
    assert "01206 1" in run("quarantine", "show", "--tenant", "essex", name[:8])
    assert f"no entry {name[:7]}." in run("quarantine", "show", "--tenant", "essex", name[:7], fails=True)
    drop = ("quarantine", "drop", "--tenant", "essex", "--as", "ada", name[:8])
    assert f"{name} is dropped" in run(*drop)
    assert "no open entry" in run(*drop, fails=True)


def test_a_beginning_that_several_names_have_means_none_of_them(run, monkeypatch) -> None:
    monkeypatch.setattr("server.cli.care._SHORTEST", 1)
    at = workplace()
    at.door("essex").write([Put("person", "p", person())])
    phone = Phone(at.store, prescriber(scopes=()))
    for number in range(17):  # one more than there are first letters
        phone.patch("person", "p", 1, phone=f"01206 {number}")
    firsts = [name[0] for name in refused_names(run)]
    twice = next(one for one in firsts if firsts.count(one) > 1)
    told = run("quarantine", "show", "--tenant", "essex", twice, fails=True)
    assert f"{firsts.count(twice)} entries begin with {twice}. Write more" in told


def test_through_a_pipe_a_name_and_a_day_are_whole(run, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    at = workplace()
    at.door("essex").write([Put("person", "p", person())])
    Phone(at.store, prescriber(scopes=())).patch("person", "p", 1, phone="01206 1")
    (name,) = refused_names(run)
    assert len(name) == 32
    run("quarantine", "show", "--tenant", "essex", name)
    (row,) = [line for line in run("audit", "--tenant", "essex").splitlines() if "quarantine" in line]
    assert at.services.now().date().isoformat() in row


def test_a_person_is_erased_by_an_administrator_alone(run) -> None:
    at = workplace()
    at.door("essex").write([Put("person", "p", person())])
    assert "no administrator" in run("erase", "--tenant", "essex", "--as", "bo", "p", "--yes", fails=True)
    assert "1 record(s) are erased" in run("erase", "--tenant", "essex", "--as", "ada", "p", "--yes")
    assert "There is no person p" in run("erase", "--tenant", "essex", "--as", "ada", "p", "--yes", fails=True)
    assert "erase" in run("audit", "--tenant", "essex", "--person", "p")


def test_a_volunteer_is_erased_with_what_they_were_ranked_by(run) -> None:
    at = workplace()
    names = {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a"}
    at.door("essex").write([Put("volunteer", "vic", names)])
    with at.store.write("essex") as work:
        work.save(Writes(asked=[AskedInputs("task", 0, "vic", "2026-11-21T09:00:00Z", "{}")]))
    assert "1 record(s) are erased" in run(
        "erase", "--tenant", "essex", "--as", "ada", "--kind", "volunteer", "vic", "--yes"
    )
    with at.store.read("essex") as view:
        assert list(view.asked()) == []


def test_nothing_of_the_erased_is_left_on_the_disk(run, tmp_path) -> None:
    at = workplace()
    words = ("Quillfeather", "Oldquill", "Longquill")
    at.door("essex").write([Put("person", "p", person(given_name="Oldquill", what_matters="Longquill " * 300))])
    at.door("essex").write([Put("person", f"q{n}", person()) for n in range(600)])
    at.door("essex").write([Put("person", "p", person(given_name="Quillfeather", what_matters="Dogs."))])
    run("snapshots", "build")
    (snapshot,) = (tmp_path / "snapshots").glob("??/*")
    assert any(word.encode() in gzip.decompress(snapshot.read_bytes()) for word in words)
    run("erase", "--tenant", "essex", "--as", "ada", "p", "--yes")
    assert not snapshot.exists()
    left = [path.name for path in tmp_path.glob("kith.db*") for word in words if word.encode() in path.read_bytes()]
    assert left == []
    assert {one.name for one in tmp_path.glob("kith.db*")} >= {"kith.db", "kith.db-wal"}, "the server is still there"


def test_an_export_is_in_the_audit(run, tmp_path) -> None:
    at = workplace()
    at.door("essex").write([Put("person", "p", person()), Put("consent", "c", CONSENT)])
    run("export", "--tenant", "essex", str(tmp_path / "out"))
    lines = [line for line in run("audit", "--tenant", "essex").splitlines() if "export" in line]
    assert len(lines) == 1, "kinds without a record, and those that stay behind, are not named"
    assert "command-line" in lines[0]
    assert "consent (all)" in lines[0]


def test_a_sweep_says_how_much_waited_too_long(run) -> None:
    assert run("deferred", "sweep") == "essex: 0 change(s) waited too long.\n"
