"""One phone's connection. Nothing is ever kept for a phone that does not read: it is dropped and comes back."""

import asyncio
import socket
from typing import Final, Protocol, cast

import h11

from server.live.asked import Asked
from server.live.http import BEAT, PATH, Doorstep, asked_by, path_of, poke, refusal, retry
from server.live.listener import Listener

#: Bytes that the system holds for a phone that does not read; then it is slow.
_UNREAD: Final = 4096


class House(Protocol):
    """What a connection reports to."""

    def arrived(self, connection: "Connection") -> None:
        """A connection is there; `asked` says whether its request is known already."""

    def asks(self, connection: "Connection", asked: Asked) -> None:
        """A phone asks to be poked."""

    def page(self, path: str) -> bytes:
        """Answer a request for anything else."""

    def lost(self, connection: "Connection", why: str) -> None:
        """The connection is over."""


class Connection(Listener, asyncio.Protocol):
    """Reads a request, unless it was handed over with one, and then holds the stream.

    ends_at, beat_at : seconds of the loop's clock, when it ends and when its next sign of life is due.
    """

    __slots__ = ("_doorstep", "_house", "_transport", "_why", "asked", "beat_at", "ends_at")

    def __init__(self, house: House, asked: Asked | None = None) -> None:
        super().__init__()
        self._house, self.asked = house, asked
        self._doorstep: Doorstep | None = Doorstep() if asked is None else None
        self._transport: asyncio.Transport | None = None
        self._why = "left"
        self.ends_at = self.beat_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin. A write that the system cannot take at once makes `pause_writing` happen."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=0)
        self._house.arrived(self)
        if self.asked is not None:
            self._house.asks(self, self.asked)

    def data_received(self, data: bytes) -> None:
        """Read the request's head; what a phone says after that is nothing to us."""
        if self._doorstep is None:
            return
        try:
            request = self._doorstep.read(data)
        except h11.RemoteProtocolError:
            self.answer(refusal("bad-request"), "unreadable")
            return
        if request is not None:
            self._doorstep = None
            self._route(request)

    def _route(self, request: h11.Request) -> None:
        if request.method != b"GET":
            self.answer(refusal("method-not-allowed"), "unreadable")
        elif path_of(request) == PATH:
            self.asked = asked_by(request)
            self._house.asks(self, self.asked)
        else:
            self.answer(self._house.page(path_of(request)), "answered")

    def pause_writing(self) -> None:
        """Drop a phone that does not read."""
        if self._transport is not None and not self._transport.is_closing():
            self._why = "slow"
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Report the end."""
        self.gone = True
        self._transport, self._doorstep = None, None
        self._house.lost(self, self._why)

    def answer(self, whole: bytes, why: str) -> None:
        """Give a whole answer and end."""
        if self._transport is None or self._transport.is_closing():
            return
        self._why = why
        self._transport.set_write_buffer_limits()  # an answer may wait for its reader
        self._transport.write(whole)
        self._transport.close()

    def begin(self, head: bytes) -> None:
        """Begin the stream."""
        if self._transport is not None:
            line = self._transport.get_extra_info("socket")
            line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _UNREAD)
            self._send(head)

    def poke(self, head: int) -> None:
        """Tell the phone how far the feed is."""
        self._send(poke(head))

    def beat(self) -> None:
        """Show that the connection lives."""
        self._send(BEAT)

    def end(self, why: str, retry_s: float) -> None:
        """End the stream and say when to come back."""
        if self._transport is not None and not self._transport.is_closing():
            self._why = why
            self._send(retry(retry_s))
            if self._transport is not None:
                self._transport.close()

    def patience(self, seconds: float) -> None:
        """Let the system end the connection when nothing that was sent is acknowledged for so long."""
        if self._transport is not None and hasattr(socket, "TCP_USER_TIMEOUT"):
            line = self._transport.get_extra_info("socket")
            if line.family != socket.AF_UNIX:
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(seconds * 1000))

    def _send(self, text: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(text)
