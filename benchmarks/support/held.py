"""Thousands of phones that listen, in a process of their own: bare sockets, each event noted with its moment."""

import re
import resource
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final

#: Connections that are being opened at one time.
_AT_ONCE: Final = 50
#: How often, and after how many seconds, a busy server is asked again.
_ATTEMPTS: Final = 30
_PAUSE_S: Final = 1.0
_HEAD: Final = re.compile(rb"\nid: (\d+)\n")
#: Descriptors for everything but phones.
_OTHERS: Final = 200

#: Moment (of the monotonic clock, the same in all processes), number of the phone, head.
Arrival = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Phones that are held. opened_s : how long letting all of them in took."""

    opened_s: float
    pipe: Connection

    def arrivals(self) -> list[Arrival]:
        """Give what has arrived since it was last asked."""
        self.pipe.send("tell")
        found: list[Arrival] = self.pipe.recv()
        return found


@contextmanager
def crowd(port: int, tokens: Sequence[str]) -> Iterator[Crowd]:
    """Hold a phone for each token until the block ends; SystemExit when one is refused."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_hold, args=(port, list(tokens), theirs), daemon=True)
    process.start()
    theirs.close()
    told = ours.recv()
    if isinstance(told, str):
        raise SystemExit(told)
    try:
        yield Crowd(told, ours)
    finally:
        ours.send("end")
        process.join(60)


def _hold(port: int, tokens: list[str], pipe: Connection) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard != resource.RLIM_INFINITY and hard < len(tokens) + _OTHERS:
        pipe.send(
            f"{len(tokens)} connections need a file limit of {len(tokens) + _OTHERS}; here it is {hard} (ulimit -Hn)"
        )
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    began = time.monotonic()
    try:
        lines = [
            line for first in range(0, len(tokens), _AT_ONCE) for line in _open(port, tokens[first : first + _AT_ONCE])
        ]
    except (OSError, ValueError) as error:
        pipe.send(f"a phone was not let in: {error!r}")
        return
    pipe.send(time.monotonic() - began)
    _listen(lines, pipe)


def _open(port: int, tokens: Sequence[str]) -> list[socket.socket]:
    lines = [_ask(port, token) for token in tokens]
    return [_let_in(port, token, line) for token, line in zip(tokens, lines, strict=True)]


def _ask(port: int, token: str) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    line.sendall(f"GET /v1/sync/live HTTP/1.1\r\nHost: kith\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
    return line


def _let_in(port: int, token: str, line: socket.socket) -> socket.socket:
    """Wait for the first event; a busy server is asked again, as phones do."""
    for _ in range(_ATTEMPTS):
        text = b""
        while not _HEAD.search(text) and (more := line.recv(4096)):
            text += more
            if text.startswith(b"HTTP/1.1 503"):
                break
        if _HEAD.search(text):
            line.setblocking(False)
            return line
        line.close()
        time.sleep(_PAUSE_S)
        line = _ask(port, token)
    raise ValueError(text[:200])


def _listen(lines: Sequence[socket.socket], pipe: Connection) -> None:
    arrivals: list[Arrival] = []
    with selectors.DefaultSelector() as selector:
        for number, line in enumerate(lines):
            selector.register(line, selectors.EVENT_READ, number)
        selector.register(pipe, selectors.EVENT_READ, -1)
        while True:
            for key, _ in selector.select():
                if key.data < 0:
                    if pipe.recv() == "end":
                        return
                    pipe.send(arrivals)
                    arrivals = []
                    continue
                text = lines[key.data].recv(65_536)
                now = time.monotonic()
                if not text:
                    selector.unregister(key.fileobj)
                arrivals += [(now, key.data, int(head)) for head in _HEAD.findall(text)]
