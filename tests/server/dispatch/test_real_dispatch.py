"""Two `kith dispatch` processes on one PostgreSQL, one of them killed: every task goes out, nobody is asked twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from mobile_contract.schemas import KINDS
from server.clock import now
from server.storage.engine import make_engine
from server.storage.sql import SqlStore
from server.sync.door import Door, Put
from tests.builders import DISTRICT, TENANT, task, validate

ROOT = Path(__file__).parents[3]
HERE = {"district": DISTRICT, "easting": 570_000, "northing": 206_000}
#: Nobody is quiet at whatever time the test runs.
AWAKE = {"quiet_from": "00:00", "quiet_until": "00:00"}
WINDOW = {"window_from_at": "2026-01-01T09:00:00Z", "window_until_at": "2199-01-01T09:00:00Z"}
TASKS = 40


def start(home: Path, url: str) -> "subprocess.Popen[bytes]":
    settings = {"KITH_HOME": str(home), "KITH_DATABASE_URL": url, "KITH_DISPATCH_MOST_A_DAY": "100"}
    return subprocess.Popen(
        [sys.executable, "-m", "kith", "dispatch"], cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def waves(store: SqlStore) -> Counter[str]:
    with store.read(TENANT) as view:
        return Counter(one.doc["task_id"] for one in view.of_kind("ask"))


@pytest.mark.slow
def test_two_processes_and_a_plug_that_is_pulled_lose_and_double_nothing(cluster, tmp_path):
    with cluster.database() as url:
        store = SqlStore(make_engine(url))
        store.ensure_tenant(TENANT)
        door = Door(store, TENANT, KINDS, validate, now)
        names = {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a", "max_km": 5}
        door.write(Put("volunteer", f"v{n}", names | HERE | AWAKE) for n in range(50))
        both = [start(tmp_path / f"home-{n}", url) for n in range(2)]
        try:
            for n in range(TASKS):
                door.write([Put("task", f"task-{n:02}", task(**HERE, **WINDOW))])
                if n == TASKS // 2:
                    deadline = time.monotonic() + 60
                    while not waves(store) and time.monotonic() < deadline:
                        time.sleep(0.05)
                    both[0].send_signal(signal.SIGKILL)
            deadline = time.monotonic() + 60
            while len(waves(store)) < TASKS and time.monotonic() < deadline:
                time.sleep(0.1)
            both[1].send_signal(signal.SIGTERM)
            assert both[1].wait(20) == 0
        finally:
            for process in both:
                process.kill()
                process.wait()
        with store.read(TENANT) as view:
            asks = [one.doc for one in view.of_kind("ask")]
            tasks = {one.key.id: one.doc for one in view.of_kind("task")}
        store.engine.dispose()
    assert {ask["task_id"] for ask in asks} == set(tasks)
    assert len({(ask["task_id"], ask["volunteer_id"]) for ask in asks}) == len(asks)
    for name, doc in tasks.items():
        assert {ask["wave"] for ask in asks if ask["task_id"] == name} == set(range(doc["wave"] + 1))
