import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.importers.site import Site
from server.storage.memory import MemoryStore
from server.sync.door import Door

Answer = tuple[int, bytes] | Callable[[], tuple[int, bytes]]


@pytest.fixture
def site() -> Site:
    """An empty tenant in memory."""
    store = MemoryStore()
    now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    return Site("essex", store, Door(store, "essex", KINDS, validate, lambda: now), validate, date(2026, 11, 21))


class Publisher:
    """A directory's server on loopback. answers : path with query → what it answers; 404 for the rest."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.closing = threading.Event()

    def gives(self, path: str, body: object, status: int = 200) -> None:
        """Answer `path` with JSON."""
        self.answers[path] = (status, json.dumps(body).encode())

    def hangs(self, path: str) -> None:
        """Accept `path` and never answer."""

        def hang() -> tuple[int, bytes]:
            self.closing.wait(30)
            return 500, b""

        self.answers[path] = hang


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """A real HTTP server whose answers the test sets."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            answer = server.answers.get(self.path, (404, b""))
            status, body = answer() if callable(answer) else answer
            with suppress(OSError):  # whoever asked may have given up
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server = Publisher(f"http://127.0.0.1:{http.server_port}")
        thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.closing.set()
        http.shutdown()
        thread.join()
