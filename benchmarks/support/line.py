"""One client for every server that is measured: a kept connection, requests made beforehand, little work of its own.

Python's own http.client takes longer to read the head of an answer than a fast server takes to write it, which would
flatter the slower side of every comparison.
"""

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

_NOTHING: Final[Mapping[str, str]] = {}
_CHUNK: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. head : the lines of its head."""

    status: int
    head: bytes
    body: bytes

    def json(self) -> Any:
        """Read the body."""
        return orjson.loads(self.body)

    def header(self, name: str) -> str:
        """Give a header, empty when there is none."""
        mark = b"\r\n" + name.lower().encode() + b":"
        begin = self.head.lower().find(mark)
        return "" if begin < 0 else self.head[begin + len(mark) :].partition(b"\r\n")[0].strip().decode()


def request(method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = _NOTHING) -> bytes:
    """Write a whole request; a body is JSON unless the headers say otherwise."""
    told = {"Host": "127.0.0.1", **headers}
    if body or method != "GET":
        told = {"Content-Type": "application/json", **told, "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


@dataclass(slots=True)
class Line:
    """A kept connection to a port of this machine, opened at its first request and again when the server closed it."""

    port: int
    timeout_s: float = 120
    _socket: socket.socket | None = None
    _buffer: bytearray = field(default_factory=bytearray)

    def ask(self, asked: bytes) -> Answer:
        """Send a request and read its answer; a connection that had been closed meanwhile is opened once more."""
        fresh = self._socket is None
        try:
            return self._ask(asked)
        except (ConnectionError, EOFError):
            self.close()
            if fresh:
                raise
            return self._ask(asked)

    def expect(self, asked: bytes, status: int = 200) -> Answer:
        """Ask, and end the benchmark with SystemExit when the answer has another status."""
        answer = self.ask(asked)
        if answer.status != status:
            what = asked[: asked.index(b"\r\n")].decode()
            raise SystemExit(f"{what} answers {answer.status}: {answer.body[:500]!r}")
        return answer

    def take(self, asked: bytes, into: bytearray) -> Answer:
        """Send a request and add its body to `into` piece by piece, so that a cut leaves there what had arrived."""
        self.close()  # a pause may have ended the connection, and half an answer may lie in it
        head = self._head(asked)
        left = int(head.header("content-length"))
        try:
            while left:
                if not self._buffer:
                    self._more()
                piece = self._take(min(left, len(self._buffer)))
                into += piece
                left -= len(piece)
        except (ConnectionError, EOFError):
            self.close()
            raise
        return head

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self._buffer.clear()

    def _ask(self, asked: bytes) -> Answer:
        head = self._head(asked)
        if head.status in (204, 304):
            body = b""
        elif length := head.header("content-length"):
            body = self._take(int(length))
        else:
            body = self._chunked()
        if head.header("connection") == "close":
            self.close()
        return Answer(head.status, head.head, body)

    def _head(self, asked: bytes) -> Answer:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), self.timeout_s)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(asked)
        head = self._until(b"\r\n\r\n")
        return Answer(int(head[9:12]), head, b"")

    def _chunked(self) -> bytes:
        parts = []
        while size := int(self._until(b"\r\n"), 16):
            parts.append(self._take(size + 2)[:-2])
        self._take(2)
        return b"".join(parts)

    def _until(self, mark: bytes) -> bytes:
        while (end := self._buffer.find(mark)) < 0:
            self._more()
        return self._take(end + len(mark))

    def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._more()
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _more(self) -> None:
        received = self._socket.recv(_CHUNK) if self._socket else b""
        if not received:
            raise EOFError("the server closed the connection")
        self._buffer += received
