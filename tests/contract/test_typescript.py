"""The TypeScript half of the contract: types hold, tests pass, on whatever Node this machine has."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from flask import Flask
from werkzeug.serving import make_server

from mobile_contract.version import CURRENT
from server.sync.snapshot import build
from tests.contract.node import MODULES
from tests.contract.stage import DISTRICT, PASSWORD, TENANT, Stage
from tests.system.server import ROOT

TYPESCRIPT = ROOT / "mobile_contract" / "typescript"


def run(*command: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    env = os.environ | (environment or {})
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=240, check=False)


def compiler(node: str) -> list[str]:
    about = json.loads((MODULES / "typescript" / "package.json").read_text("utf-8"))
    return [node, str(MODULES / "typescript" / about["bin"]["tsc"])]


@pytest.mark.slow
def test_the_sync_client_keeps_its_promises(node):
    done = run(node, str(TYPESCRIPT / "run_tests.mjs"), "sync")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert "fail 0" in done.stdout


@pytest.mark.slow
def test_every_typescript_test_passes(node):
    done = run(node, str(TYPESCRIPT / "run_tests.mjs"))
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


@pytest.mark.slow
def test_the_types_hold(node):
    done = run(*compiler(node), "-p", str(TYPESCRIPT / "tsconfig.json"))
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.slow
def test_the_sync_client_and_the_real_server_understand_each_other(node, tmp_path, sqlite_url):
    people = [{"username": name} for name in ("amina", "bola")]
    helpers = [
        {"username": name, "roles": ["volunteer"], "team_ids": [], "volunteer_id": name} for name in ("vera", "will")
    ]
    task = {
        "name": "Collect a prescription", "type": "prescription", "category": "home_help", "centre_id": "c1",
        "district": DISTRICT, "minutes": 30, "window_from_at": "2026-11-21T10:00:00Z",
        "window_until_at": "2026-11-21T12:00:00Z",
    }  # fmt: skip
    detail = {"task_id": "k1", "centre_id": "c1", "name": "Mr Moss", "address": "1 Made-up Lane"}
    volunteer = {"centre_id": "c1", "given_name": "Vera", "family_name": "May", "made_up": True}
    records = [{"kind": "volunteer", "id": name, "doc": volunteer} for name in ("vera", "will")]
    records += [{"kind": "task", "id": "k1", "doc": task}, {"kind": "task_detail", "id": "k1", "doc": detail}]
    stage = Stage(tmp_path, sqlite_url, None, {"accounts": people + helpers, "records": records})
    with closing(stage), served(stage.app) as address:
        environment = {"KITH_SERVER": address, "KITH_PASSWORD": PASSWORD}
        done = run(node, str(TYPESCRIPT / "run_tests.mjs"), "live/story", environment=environment)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert "skipped 0" in done.stdout


@pytest.mark.slow
def test_the_sync_client_begins_by_snapshots_of_the_real_server(node, tmp_path, sqlite_url):
    person = {"team_id": "t1", "family_name": "Quill", "made_up": True}
    people = [{"kind": "person", "id": f"p{n:03d}", "doc": person | {"given_name": f"N{n * n}"}} for n in range(600)]
    stage = Stage(tmp_path, sqlite_url, None, {"accounts": [{"username": "amina"}], "records": people})
    build(stage.services.store, stage.services.shelf, TENANT, "caseload:t1", CURRENT)
    stage.act({"put": [people[0] | {"doc": person | {"given_name": "Since"}}]})
    with closing(stage), served(stage.app) as address:
        environment = {"KITH_SERVER": address, "KITH_PASSWORD": PASSWORD}
        done = run(node, str(TYPESCRIPT / "run_tests.mjs"), "live/snapshots", environment=environment)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert "skipped 0" in done.stdout


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the app on a free port of this machine while the block runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
