"""What the benchmarks stand on is right itself: the thin link, the chase, the client, the locks of the peers."""

import json
import re
import socket
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.support.chase import Follower, chase
from benchmarks.support.figures import ratios
from benchmarks.support.line import Line, request
from benchmarks.support.thin_link import Weather, thin_link

PEERS = Path(__file__).resolve().parents[2] / "benchmarks" / "peers"
FILE = bytes(range(256)) * 80


class Files(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        first = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        self.send_response(206 if first else 200)
        self.send_header("Content-Length", str(len(FILE) - first))
        self.end_headers()
        self.wfile.write(FILE[first:])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_file_comes_whole_over_a_link_that_loses_and_breaks_off(port: int) -> None:
    cuts = (3_000, 9_000, 14_000)
    with thin_link(port, Weather(cuts=cuts, faster=200, seed=7)) as link:
        line, taken, tries = Line(link.port), bytearray(), 0
        while len(taken) < len(FILE):
            tries += 1
            more = {"Range": f"bytes={len(taken)}-"} if taken else {}
            try:
                line.take(request("GET", "/", headers=more), taken)
            except (ConnectionError, EOFError):
                continue
        counted = link.counted
    assert bytes(taken) == FILE
    assert (counted.cuts, tries) == (3, 4)
    heads = counted.down - len(FILE)
    assert 0 < heads < 4 * 300, "nothing is brought twice but the heads of the answers"


def test_a_link_that_breaks_off_when_all_has_arrived_is_closed_though_the_server_waits() -> None:
    weather = Weather(cuts=[3_000], faster=200)
    with socket.create_server(("127.0.0.1", 0)) as server, thin_link(server.getsockname()[1], weather) as link:
        with socket.create_connection(("127.0.0.1", link.port), timeout=5) as phone:
            held, _ = server.accept()
            held.sendall(b"x" * 3_000)
            while phone.recv(4_096):
                pass
        held.close()
    assert link.counted.cuts == 1


def test_a_reader_that_loses_rows_is_found_out() -> None:
    rows: list[str] = []

    class Writer:
        def write(self) -> Sequence[str]:
            rows.append(f"row{len(rows)}")
            return rows[-1:]

    def every_row(place: int) -> tuple[int, Sequence[str]]:
        return len(rows), rows[place:]

    def all_but_the_first(place: int) -> tuple[int, Sequence[str]]:
        return len(rows), rows[max(place, 1) :]

    assert chase([Writer()], Follower(every_row, 0), 5).skipped == 0
    rows.clear()
    assert chase([Writer()], Follower(all_but_the_first, 0), 5).skipped == 1


def test_ratios_are_taken_round_by_round() -> None:
    assert ratios([1, 20, 300], [2, 10, 100]) == "2.00 (0.50 to 3.00)"


def test_peers_are_locked_with_hashes_and_without_addresses() -> None:
    lock = (PEERS / "kinto" / "requirements.lock").read_text()
    assert "://" not in lock
    assert "kinto==26.5.0" in lock
    assert all("--hash=" in block for block in re.split(r"\n(?=[a-z])", lock.strip()))
    packages = json.loads((PEERS / "pouch" / "package-lock.json").read_text())["packages"]
    assert packages["node_modules/express-pouchdb"]["version"] == "4.2.0"
    assert packages["node_modules/express"]["version"].startswith("4.")
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert all("integrity" in package for name, package in packages.items() if name)
