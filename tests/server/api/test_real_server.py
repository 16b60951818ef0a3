"""The server as it really runs: gunicorn, several processes, SQLite on disk, and the plug pulled."""

import itertools
import json
import os
import signal
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from mobile_contract.wire import MAX_BODY_BYTES
from tests.system.server import Server, free_port

pytestmark = pytest.mark.slow

PASSWORD = "correct horse"
PERSON = {"team_id": "t1", "given_name": "Ada", "family_name": "Quill", "made_up": True}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    server = Server(home, free_port())
    server.kith("migrate")
    server.kith("tenant", "add", "essex")
    started = server.start()
    yield started
    started.stop()


def add_user(server: Server, username: str) -> None:
    import subprocess
    import sys

    arguments = ["user", "add", username, "--tenant", "essex", "--role", "prescriber", "--team", "t1"]
    subprocess.run(
        [sys.executable, "-m", "kith", *arguments, "--password-stdin"],
        env=server.environment, input=f"{PASSWORD}\n", text=True, check=True, capture_output=True,
    )  # fmt: skip


@dataclass
class Pusher:
    """A phone that pushes persons in batches, one after the other, and remembers what was acknowledged."""

    url: str
    username: str
    device: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=20))
    numbers: Any = field(default_factory=lambda: itertools.count(1))
    acked: dict[str, dict[str, Any]] = field(default_factory=dict)
    outbox: list[dict[str, Any]] = field(default_factory=list)

    def sign_in(self) -> None:
        device = {"id": self.device, "name": self.device}
        body = {"username": self.username, "password": PASSWORD, "device": device}
        answer = self.client.post(f"{self.url}/v1/sign-in", json=body)
        self.client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def fill(self, count: int) -> None:
        for lseq in itertools.islice(self.numbers, count):
            hlc = f"{time.time_ns() // 1_000_000:013d}-0000-{self.device}"
            made = {"mid": str(uuid.uuid4()), "lseq": lseq, "kind": "person", "id": f"{self.device}-{lseq}"}
            self.outbox.append(made | {"op": "create", "base": 0, "set": PERSON, "hlc": hlc, "command": None})

    def push(self) -> list[dict[str, Any]]:
        sent_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        body = {"device": self.device, "sent_at": sent_at, "schema": 1, "mutations": self.outbox}
        answer = self.client.post(f"{self.url}/v1/sync/push", json=body)
        answer.raise_for_status()
        results: list[dict[str, Any]] = answer.json()["results"]
        for one in results:
            self.acked[one["mid"]] = one
        return results

    def go_on_until(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.outbox.clear()
            self.fill(20)
            try:
                self.push()
            except httpx.TransportError:
                return  # the plug was pulled; the outbox keeps what has no receipt

    def pull(self) -> dict[str, Any]:
        cursor, more, rows = None, True, {}
        while more:
            page = self.client.post(f"{self.url}/v1/sync/pull", json={"cursor": cursor}).json()
            rows |= {row["i"]: row for row in page["rows"] if row["k"] == "person"}
            cursor, more = page["cursor"], page["more"]
        return rows


def test_a_server_killed_in_mid_push_loses_nothing_that_it_acknowledged(server):
    pushers = []
    for name in ("amina", "bob"):
        add_user(server, name)
        pushers.append(Pusher(server.url, name, f"phone-{name}"))
        pushers[-1].sign_in()
    stop = threading.Event()
    threads = [threading.Thread(target=pusher.go_on_until, args=[stop]) for pusher in pushers]
    for thread in threads:
        thread.start()
    while min(len(pusher.acked) for pusher in pushers) < 60:
        time.sleep(0.005)
    server.stop(signal.SIGKILL)
    stop.set()
    for thread in threads:
        thread.join()

    server.start()
    for pusher in pushers:
        before = dict(pusher.acked)
        again = {one["mid"]: one for one in pusher.push()}  # the whole last batch, whether or not its answer arrived
        assert all(one["outcome"] == "applied" for one in again.values())
        assert all(again[mid] == receipt for mid, receipt in before.items() if mid in again)
    rows = pushers[0].pull()
    for pusher in pushers:
        made = {f"{pusher.device}-{receipt['lseq']}": receipt["version"] for receipt in pusher.acked.values()}
        assert {record_id: rows[record_id]["v"] for record_id in made} == made
    assert len(rows) == sum(len(pusher.acked) for pusher in pushers)


def test_a_restore_under_a_running_server_is_noticed_by_its_phones_and_they_go_on(server):
    add_user(server, "amina")
    phone = Pusher(server.url, "amina", "phone-1")
    phone.sign_in()
    copy = str(server.home / "copy.db")
    phone.fill(5)
    phone.push()
    server.kith("backup", copy)
    phone.outbox.clear()
    phone.fill(5)
    phone.push()
    cursor = phone.client.post(f"{server.url}/v1/sync/pull", json={"cursor": None}).json()["cursor"]
    server.kith("restore", copy, "--yes")

    answer = phone.client.post(f"{server.url}/v1/sync/pull", json={"cursor": cursor})
    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/epoch-changed")
    assert answer.json()["remedy"] == "snapshot"
    assert len(phone.pull()) == 5
    assert [one["outcome"] for one in phone.push()] == ["applied"] * 5  # sent again: the backup lacked them
    assert len(phone.pull()) == 10


def test_a_body_of_5_mb_gets_its_problem_through_a_real_connection(server):
    add_user(server, "amina")
    pusher = Pusher(server.url, "amina", "phone-1")
    pusher.sign_in()
    headers = {"Content-Type": "application/json"}
    answer = pusher.client.post(f"{server.url}/v1/sync/push", content=b" " * 5_000_000, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    chunks = (b" " * 65_536 for _ in range(MAX_BODY_BYTES // 65_536 + 10))
    answer = pusher.client.post(f"{server.url}/v1/sync/push", content=chunks, headers=headers)
    assert answer.json()["type"] == "/problems/too-large"


def test_figures_of_all_processes_are_added_up(server):
    for _ in range(40):
        httpx.get(f"{server.url}/healthz")
    text = httpx.get(f"{server.url}/metrics").text
    line = next(one for one in text.splitlines() if one.startswith("kith_requests_total") and '"healthz"' in one)
    assert float(line.rsplit(" ", 1)[1]) == 40
    told = next(line for line in (server.home / "server.log").read_text().splitlines() if '"folder"' in line)
    folder = Path(json.loads(told)["folder"])
    assert len(list(folder.glob("*.db"))) >= 2
    assert folder.stat().st_mode & 0o077 == 0
    server.stop()
    assert not folder.exists()


def test_ctrl_c_answers_what_runs_and_then_ends_cleanly(server):
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(b"POST /v1/sign-in HTTP/1.1\r\nHost: kith\r\nContent-Type: application/json\r\n")
        connection.sendall(b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 100")  # now a worker holds the request
        os.killpg(server.process.pid, signal.SIGINT)
        connection.sendall(b"{}")
        answer = connection.recv(65_536)
    assert b"422" in answer.split(b"\r\n", 1)[0]
    assert server.process.wait(timeout=30) == 0
    assert "Traceback" not in (server.home / "server.log").read_text()


def test_the_log_is_one_json_object_a_line_and_says_where_the_server_is(server):
    httpx.get(f"{server.url}/v1/nothing?name=Ada")
    first, *lines = (server.home / "server.log").read_text().splitlines()
    assert first == f"Kith is at {server.url} (Ctrl-C stops it)"
    assert any(json.loads(line).get("status") == 404 for line in lines)
    assert "Ada" not in str(lines)
