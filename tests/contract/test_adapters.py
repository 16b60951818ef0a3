"""Stock sync clients and the real server: the same story told by WatermelonDB, RxDB and our own client."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from server.accounts.manage import disable
from server.cli.copies import back_up, restore
from server.storage.engine import writing
from server.storage.file_tables import upload
from server.storage.migrate import upgrade
from server.sync.compaction import compact
from server.sync.door import Put
from tests.contract.node import ADAPTERS
from tests.contract.stage import PASSWORD, TENANT, Stage
from tests.system.server import ROOT, Server, free_port


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A real server, and an address at which a test may ask for what an administrator would do."""
    home = tmp_path_factory.mktemp("adapters") / "home"
    home.mkdir(mode=0o700)
    server = Server(home, free_port())
    url = f"sqlite:///{home / 'kith.db'}"
    upgrade(url)
    stage = Stage(home, url, None, {"accounts": []})
    stage.clock.now = datetime.now(UTC)
    server.start()
    try:
        with control(stage, url) as address:
            yield {"KITH_SERVER": server.url, "KITH_CONTROL": address, "KITH_PASSWORD": PASSWORD}
    finally:
        server.stop()
        stage.close()


@contextmanager
def control(stage: Stage, url: str) -> Iterator[str]:
    """Do what the posted JSON asks for: accounts, teams, records, a new epoch, a backup and its return."""
    turn = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            with turn:
                act(stage, url, asked)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def act(stage: Stage, url: str, asked: dict[str, Any]) -> None:
    for account in asked.pop("accounts", []):
        stage.accounts[account["username"]] = stage._add(**account)
    if expired := asked.pop("expire", None):
        with writing(stage.services.store.engine) as connection:
            connection.execute(
                update(upload).where(upload.c.attachment_id == expired).values(expires_at="2026-01-01T00:00:00.000000Z")
            )
    if asked.pop("backup", None):
        back_up(url, Path(url.removeprefix("sqlite:///")).with_name("backup.db"))
    if asked.pop("restore", None):
        restore(url, Path(url.removeprefix("sqlite:///")).with_name("backup.db"))
    if asked.pop("epoch", None):
        stage.services.store.new_epoch(TENANT)
    for username in asked.pop("shut_out", []):
        disable(stage.services.accounts, stage.accounts[username])
    if asked.pop("compact", None):
        compact(stage.services.store, TENANT, datetime.now(UTC) + timedelta(days=1), timedelta(0))
    if many := asked.pop("many", None):
        records = [Put(many["kind"], f"{many['team_id']}.{n}", many["doc"]) for n in range(many["count"])]
        for start in range(0, len(records), 500):
            stage._door(TENANT).write(records[start : start + 500])
    stage.act(asked)


def run(node: str, *arguments: str, env: dict[str, str]) -> str:
    path = {"PATH": str(Path(node).parent) + ":/usr/bin:/bin"}
    done = subprocess.run(
        [node, *arguments], cwd=ROOT, env=env | path, capture_output=True, text=True, timeout=290, check=False
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-4000:]
    return done.stdout


@pytest.mark.slow
def test_the_types_of_the_adapters_hold(node):
    about = json.loads((ADAPTERS / "node_modules" / "typescript" / "package.json").read_text("utf-8"))
    compiler = ADAPTERS / "node_modules" / "typescript" / about["bin"]["tsc"]
    run(node, str(compiler), "-p", str(ADAPTERS), env={})


@pytest.mark.slow
def test_stock_clients_and_ours_tell_the_same_story(node, environment):
    said = run(node, str(ADAPTERS / "run_tests.mjs"), "adapters", "parts", env=environment)
    assert "fail 0" in said
    assert "skipped 0" in said


@pytest.mark.slow
def test_the_stock_tus_client_sends_files_over_a_line_that_breaks(node, environment):
    said = run(node, str(ADAPTERS / "run_tests.mjs"), "files", env=environment)
    assert "fail 0" in said
    assert "skipped 0" in said


def test_the_adapters_lock_matches_their_package():
    wanted = json.loads((ADAPTERS / "package.json").read_text("utf-8"))["devDependencies"]
    locked = json.loads((ADAPTERS / "package-lock.json").read_text("utf-8"))["packages"][""]["devDependencies"]
    assert locked == wanted
    assert shutil.which("node") is None or wanted["@nozbe/watermelondb"].startswith("0.28.")
