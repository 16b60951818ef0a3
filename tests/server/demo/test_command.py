import sqlite3

import pytest
from click.testing import CliRunner

from kith import kith
from server.demo.cli import demo


def run(*arguments):
    return CliRunner().invoke(kith, ["demo", *arguments])


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path / "home"))
    for name in ("KITH_DATABASE_URL", "KITH_MODELS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


@pytest.mark.slow
def test_one_command_makes_a_database_a_county_sign_ins_and_a_first_ranker(home):
    first = run()

    assert first.exit_code == 0, first.output
    assert "prescriber" in first.output
    assert (home / "models" / "champion").exists()
    with sqlite3.connect(home / "kith.db") as database:
        database.execute("UPDATE record SET doc = json_set(doc, '$.name', 'Changed') WHERE id = 'asset-0001'")

    second = run()
    assert second.exit_code == 0, second.output
    with sqlite3.connect(home / "kith.db") as database:
        (name,) = database.execute("SELECT json_extract(doc, '$.name') FROM record WHERE id = 'asset-0001'").fetchone()
    assert name == "Changed"  # what people edited stays


def test_outside_the_assembled_command_line_it_says_what_to_run(home):
    done = CliRunner().invoke(demo, ["--no-ranker"])

    assert done.exit_code == 1
    assert "Run the demonstration as `kith demo`" in done.output
