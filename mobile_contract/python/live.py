"""Live pokes for the reference client: hear that something changed, and sync; without them, poll."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Protocol

import httpx

from mobile_contract.python.client import Phone
from mobile_contract.python.transport import ProblemError

#: Seconds of silence after which a stream is dead; the server shows a sign of life every 25.
SILENCE_S = 65.0
#: Seconds after which to come back to a server that does not say, and the most that failures in a row make of them.
RETRY_S, LONGEST_S = 3.0, 300.0


class StreamAnswer(Protocol):
    """An answer that goes on; what `httpx.Client.stream` gives."""

    @property
    def status_code(self) -> int:
        """Of HTTP."""

    @property
    def headers(self) -> Mapping[str, str]:
        """By lower-case name."""

    def iter_lines(self) -> Iterator[str]:
        """Give each line as it comes."""

    def read(self) -> bytes:
        """Give the whole body of a refusal."""


#: Opens a stream: path and headers.
Opens = Callable[[str, dict[str, str]], AbstractContextManager[StreamAnswer]]


def http_stream(base_url: str) -> Opens:
    """Open streams at `base_url` over HTTP."""
    client = httpx.Client(base_url=base_url, timeout=httpx.Timeout(30, read=SILENCE_S))
    return lambda path, headers: client.stream("GET", path, headers=headers)


@dataclass(slots=True)
class Pokes:
    """One phone's stream of pokes. heard : the last head. retry_s : when the server would have it come back."""

    phone: Phone
    opens: Opens
    chance: Callable[[], float]
    heard: str = ""
    retry_s: float = RETRY_S
    failures: int = field(default=0, init=False)

    def heads(self, path: str) -> Iterator[int]:
        """Give each head that the server tells, until this connection ends.

        Raises ProblemError for a refusal and httpx.TransportError when the network breaks or falls silent.
        """
        session = self.phone.holding.session or {}
        headers = {"accept": "text/event-stream", "authorization": f"Bearer {session.get('access_token', '')}"}
        if self.heard:
            headers["last-event-id"] = self.heard
        with self.opens(path, headers) as answer:
            if answer.status_code != httpx.codes.OK:
                raise ProblemError(_problem(answer))
            self.failures = 0
            yield from self._told(answer.iter_lines())

    def follow(self, stop: Event, synced: Callable[[], None] = lambda: None) -> None:
        """Sync at every poke until `stop`; while there are no pokes, sync as often as the manifest says.

        synced : called after each sync. Raises ProblemError when a person is needed, as `Phone.sync` does.
        """
        while not stop.is_set():
            try:
                pause_s = self._round(stop, synced)
            except (httpx.TransportError, OSError):
                self.failures += 1
                pause_s = self.pause_s()
            stop.wait(pause_s)

    def _round(self, stop: Event, synced: Callable[[], None]) -> float:
        """Sync, then listen while the server lets us; give the seconds until the next round is worth its while."""
        self.phone.sync()
        synced()
        manifest = self.phone.request("GET", "/v1/sync/manifest")
        poll_s = float(manifest["poll_after_s"])
        if not manifest.get("live"):
            return poll_s
        try:
            for _ in self.heads(manifest["live"]):
                if stop.is_set():
                    return 0
                self.phone.sync()
                synced()
        except ProblemError as error:
            if error.remedy not in ("wait", "sign-in"):  # a sign-in that has run out is renewed by the next sync
                raise
            self.failures += 1
        return min(poll_s, self.pause_s())

    def pause_s(self) -> float:
        """Say how long to wait before the next connection: the server's hint, then full jitter that doubles."""
        if self.failures <= 1:
            return self.retry_s * (1 + self.chance())
        return min(LONGEST_S, RETRY_S * 2.0 ** min(self.failures, 20)) * self.chance() + RETRY_S

    def _told(self, lines: Iterable[str]) -> Iterator[int]:
        event: dict[str, str] = {}
        for line in lines:
            if line:
                name, _, value = line.partition(":")
                event[name] = value.removeprefix(" ")
                continue
            if event.get("retry", "").isdigit():
                self.retry_s = int(event["retry"]) / 1000
            self.heard = event.get("id", self.heard)
            if event.get("event") == "head":
                yield int(json.loads(event["data"])["head"])
            event = {}


def _problem(answer: StreamAnswer) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(answer.read())
    except ValueError:
        return {"status": answer.status_code, "title": "an answer without a problem"}
    return found
