"""A proxy that does harm: it sends every request twice, or cuts bodies short."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

_HOP = {"connection", "transfer-encoding", "content-length", "host", "date", "server"}


class Repeating(BaseHTTPRequestHandler):
    """Sends each request twice, and hands on the second answer: the first was lost on the way."""

    protocol_version = "HTTP/1.1"
    upstream = ""

    def do(self) -> None:
        body = self.changed(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
        with httpx.Client(base_url=self.upstream, timeout=30) as client:
            answer = self.sent(client, headers, body)
        self.send_response(answer.status_code)
        for name, value in answer.headers.items():
            if name.lower() not in _HOP | {"content-encoding"}:
                self.send_header(name, value)
        content = b"" if answer.status_code == 204 or self.command == "HEAD" else answer.content
        if answer.status_code != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do  # noqa: N815 # http.server's names

    def changed(self, body: bytes) -> bytes:
        return body

    def sent(self, client: httpx.Client, headers: dict[str, str], body: bytes) -> httpx.Response:
        client.request(self.command, self.path, headers=headers, content=body)
        return client.request(self.command, self.path, headers=headers, content=body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Truncating(Repeating):
    """Cuts every body to half its length, and says so: what arrives looks whole and is not."""

    def changed(self, body: bytes) -> bytes:
        return body[: len(body) // 2]

    def sent(self, client: httpx.Client, headers: dict[str, str], body: bytes) -> httpx.Response:
        return client.request(self.command, self.path, headers=headers, content=body)


@contextmanager
def proxy(kind: type[Repeating], upstream: str) -> Iterator[str]:
    """Run a proxy before `upstream`, and give its address."""
    handler = type(kind.__name__, (kind,), {"upstream": upstream})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
