import json

import pytest
from click.testing import CliRunner

from server.importers.cli import import_
from server.importers.connect import connect
from server.storage.engine import make_engine
from server.storage.migrate import upgrade
from server.storage.sql import SqlStore

FEED = [
    {"id": "1", "name": "Choir", "email": "a@example.org, b@example.org", "fees": ""},
    {"id": "2", "name": ""},
]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    monkeypatch.delenv("KITH_DATABASE_URL", raising=False)
    url = f"sqlite:///{tmp_path / 'kith.db'}"
    upgrade(url)
    SqlStore(make_engine(url)).ensure_tenant("essex")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(import_, [str(each) for each in arguments], catch_exceptions=False)


def assets():
    return connect("essex").of_kind("asset")


def test_a_feed_is_imported_with_a_report_for_people_and_one_for_programs(home):
    (home / "feed.json").write_text(json.dumps(FEED), encoding="utf-8")
    done = run("oruk", home / "feed.json", "--tenant", "essex", "--report", home / "report.json")
    assert done.exit_code == 0
    assert "several-emails" in done.output
    assert "refused: no-name" in done.output
    (report,) = json.loads((home / "report.json").read_text(encoding="utf-8"))["imports"]
    assert (report["rows"], report["taken"], report["refused"]) == (2, 1, {"no-name": 1})
    assert report["refused_rows"] == [{"row": "2", "reason": "no-name"}]
    assert report["written"]["created"] == 1
    assert report["seconds"] >= 0
    assert [one.doc["name"] for one in assets()] == ["Choir"]


def test_a_second_run_changes_nothing(home):
    (home / "feed.json").write_text(json.dumps(FEED), encoding="utf-8")
    for _ in range(2):
        run("oruk", home / "feed.json", "--tenant", "essex", "--report", home / "report.json")
    (report,) = json.loads((home / "report.json").read_text(encoding="utf-8"))["imports"]
    assert (report["written"]["created"], report["written"]["unchanged"]) == (0, 1)


def test_a_feed_that_hangs_ends_with_a_plain_problem_and_nothing_is_written_or_closed(home, publisher):
    (home / "feed.json").write_text(json.dumps(FEED), encoding="utf-8")
    run("oruk", home / "feed.json", "--tenant", "essex", "--source-name", "feed")
    before = assets()
    publisher.gives("/services?page=1", {"page_number": 1, "total_pages": 2, "contents": [{"id": "9", "name": "New"}]})
    publisher.hangs("/services?page=2")
    done = run("oruk", publisher.address, "--tenant", "essex", "--source-name", "feed", "--timeout", "0.3")
    assert done.exit_code == 1
    assert "has gone silent" in done.output
    assert "Traceback" not in done.output
    assert assets() == before


@pytest.mark.slow
@pytest.mark.parametrize("part", ["geography", "libraries", "essex"])
def test_a_folder_that_lacks_its_files_ends_with_a_plain_problem(home, part):
    (home / "empty").mkdir()
    done = run(part, home / "empty", "--tenant", "essex")
    assert done.exit_code == 1
    assert "Error: " in done.output


def test_an_old_database_is_said_to_be_old(home, monkeypatch):
    monkeypatch.setenv("KITH_DATABASE_URL", f"sqlite:///{home / 'other.db'}")
    (home / "feed.json").write_text(json.dumps(FEED), encoding="utf-8")
    done = run("oruk", home / "feed.json", "--tenant", "essex")
    assert done.exit_code == 1
    assert "kith migrate" in done.output


def test_a_programme_that_is_not_there_is_not_made_by_a_slip_of_the_hand(home):
    (home / "feed.json").write_text(json.dumps(FEED), encoding="utf-8")
    done = run("oruk", home / "feed.json", "--tenant", "esex")
    assert done.exit_code == 1
    assert "There is no programme esex" in done.output


def test_an_address_that_is_none_ends_with_a_plain_problem(home):
    for address in ("http://[bad", "http://", home / "none.json"):
        done = run("oruk", address, "--tenant", "essex")
        assert done.exit_code == 1
        assert "Error: " in done.output
