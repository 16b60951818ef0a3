"""A line between phones and a server that loses requests and answers, and that shows phones a newer app."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import httpx

from tests.faults.proxies import Repeating, proxy


@dataclass(slots=True)
class Mood:
    """What the line does now; a test changes it under the phones."""

    #: Of three requests to the server's records one is lost on its way there, then one answer on its way back.
    is_lossy: bool = False
    #: Nothing reaches the server's records; the app itself still comes.
    is_cut: bool = False
    #: Who asks is no longer known.
    is_nameless: bool = False
    #: The worker that phones are given is another than before.
    is_newer: bool = False
    #: Done once, as soon as a push has reached the server and before its answer has left.
    at_push: Callable[[], object] | None = None
    lost: list[str] = field(default_factory=list)
    turn: "itertools.count[int]" = field(default_factory=itertools.count)


class Moody(Repeating):
    """Hands on one request at a time, as the mood is."""

    mood: Mood

    def do(self) -> None:
        """Answer nothing, and hang up, when anything was lost."""
        try:
            super().do()
        except (httpx.TransportError, ConnectionError):
            self.lose()

    def handle(self) -> None:
        """Take it that phones hang up, too."""
        with suppress(ConnectionError):
            super().handle()

    do_GET = do_POST = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do  # noqa: N815 # http.server's names

    def lose(self) -> None:
        """Hang up."""
        self.mood.lost.append(self.path)
        self.close_connection = True

    def sent(self, client: httpx.Client, headers: dict[str, str], body: bytes) -> httpx.Response:
        """Ask the server, unless the request is lost; give its answer, unless that is."""
        mood = self.mood
        if self.path.startswith("/v1/sync/live"):  # a stream, which this line does not carry
            return httpx.Response(503)
        about_records = self.path.startswith("/v1/sync")
        turn = next(mood.turn) % 6 if mood.is_lossy and about_records else -1
        if turn == 0 or (mood.is_cut and about_records):
            raise httpx.ConnectError("lost on the way there")
        if mood.is_nameless:
            headers = {name: value for name, value in headers.items() if name.lower() != "authorization"}
        if self.path == "/sw.js" and mood.is_newer:
            headers = {name: value for name, value in headers.items() if not name.lower().startswith("if-")}
        headers |= {"Accept-Encoding": "identity"}
        answer = client.request(self.command, self.path, headers=headers, content=body)
        if mood.at_push and self.path == "/v1/sync" and self.command == "POST":
            harm, mood.at_push = mood.at_push, None
            harm()
            raise httpx.ReadError("the server died")
        if turn == 3:
            raise httpx.ReadError("lost on the way back")
        if self.path == "/sw.js" and mood.is_newer:
            return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content + b"\n// newer\n")
        return answer


@contextmanager
def line(upstream: str) -> Iterator[tuple[Mood, str]]:
    """Run such a line; give its mood and its address."""
    mood = Mood()
    with proxy(type("Line", (Moody,), {"mood": mood}), upstream) as url:
        yield mood, url
