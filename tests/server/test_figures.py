"""Figures may never cost an answer, whatever happens to the disk they lie on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.figures import Figures
from server.settings import settings_from

#: Counts beyond what the first room of a file holds, under a limit that stands for a full disk.
PROGRAM = """
import os, resource, sys
limit = int(sys.argv[1])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from server.api.metrics import PULLED_ROWS, REQUESTS
for number in range(1000):
    REQUESTS.labels(f"endpoint-{number}", "GET", "200").inc()
PULLED_ROWS.inc(3)
if os.fork() == 0:
    PULLED_ROWS.inc(4)
    REQUESTS.labels("endpoint-999", "GET", "200").inc()
    print("forked", PULLED_ROWS._value.get(), flush=True)
    os._exit(0)
os.wait()
print("alive", PULLED_ROWS._value.get())
"""


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    (tmp_path / "memory").mkdir()
    return settings_from({"KITH_HOME": str(tmp_path / "home")})


def run(folder: Path, limit: int) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(limit)], env=environment, capture_output=True, text=True, check=True
    )


@pytest.mark.slow
@pytest.mark.parametrize("limit", [0, 4_096, 100_000])
def test_a_process_whose_figures_find_no_room_at_all_or_later_counts_on(tmp_path, limit):
    done = run(tmp_path, limit)
    assert done.stdout == "forked 4.0\nalive 3.0\n"
    assert ("no room for the figures" in done.stderr) is (limit == 4_096)
    files = list(tmp_path.glob("counter_*.db"))
    assert len(files) == (0 if limit == 4_096 else 2)
    assert all(path.stat().st_size == path.stat().st_blocks * 512 for path in files), "a file has holes"


def test_a_folder_in_memory_is_private_and_gone_at_the_end(tmp_path, settings):
    figures = Figures(settings, tmp_path / "memory")
    assert figures.folder.parent == tmp_path / "memory"
    assert figures.folder.stat().st_mode & 0o777 == 0o700
    assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(figures.folder)
    figures.end()
    assert not list((tmp_path / "memory").iterdir())


def test_leftovers_of_ended_servers_are_cleared_away_and_those_of_others_stay(tmp_path, settings):
    memory = tmp_path / "memory"
    running = Figures(settings, memory)
    left = memory / "kith-figures-of-an-ended-one"
    left.mkdir()
    (left / "counter_1.db").touch()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (memory / "kith-figures-a-link").symlink_to(elsewhere)
    other = Figures(settings, memory)
    assert running.folder.is_dir()
    assert other.folder != running.folder
    assert not left.exists()
    assert elsewhere.is_dir()


def test_without_memory_they_lie_in_the_home_and_without_that_nowhere(tmp_path, settings):
    assert Figures(settings, tmp_path / "none").folder == settings.home / "metrics" / "8080"
    (tmp_path / "file").touch()
    nowhere = settings_from({"KITH_HOME": str(tmp_path / "file")})
    assert Figures(nowhere, tmp_path / "none").folder is None
    assert "PROMETHEUS_MULTIPROC_DIR" not in os.environ
