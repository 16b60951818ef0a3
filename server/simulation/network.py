"""The network: it loses requests and answers, sends twice, delivers days later, and lets others in between."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

import orjson

from mobile_contract.python.network import Files
from mobile_contract.python.transport import Transport
from server.simulation.clocks import Clock
from server.simulation.model import CutError, Letter, ServerDiedError
from server.simulation.old import as_old
from server.simulation.server import Server
from server.simulation.trace import Trace
from server.simulation.whole import opened


class Reply(NamedTuple):
    """An answer as the client sees it."""

    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class Weather:
    """How likely each thing is for one request, 0 to 1. slow : others act while it is on its way."""

    lost: float = 0
    cut: float = 0
    twice: float = 0
    late: float = 0
    slow: float = 0


CLEAR = Weather()
ROUGH = Weather(lost=0.1, cut=0.15, twice=0.15, late=0.3, slow=0.15)
STORM = Weather(lost=0.3, cut=0.35, twice=0.3, late=0.5, slow=0.3)


@dataclass(slots=True)
class Network:
    """Carries requests as bytes. weather, roll : set for each deed. meanwhile : what others do while one waits.

    no_pushes : only looks get through, as a transaction is open that would wait for itself.
    """

    server: Server
    trace: Trace
    clock: Clock
    weather: Weather = CLEAR
    roll: Random = field(default_factory=lambda: Random(0))
    mail: list[Letter] = field(default_factory=list)
    meanwhile: Callable[[], None] | None = None
    no_pushes: bool = False

    def line(self, device: str, *, old: bool) -> Transport:
        """Give a phone its line to the server. old : it speaks an old contract."""

        def send(method: str, path: str, headers: dict[str, str], body: Any) -> Reply:
            token = headers.get("authorization", "").removeprefix("Bearer ")
            packed = b"" if body is None else orjson.dumps(as_old(body) if old else body)
            return self._carry(Letter(device, method, path, token, packed))

        return send

    def files(self, device: str) -> Files:
        """Give a phone its way to files."""
        return lambda path, headers: opened(self, device, path, headers)

    def _carry(self, letter: Letter) -> Reply:
        if self.no_pushes and letter.path in ("/v1/sync", "/v1/sync/push"):
            raise CutError
        weather, roll = self.weather, self.roll
        self._wait(weather, roll)
        if roll.random() < weather.lost:
            self._lose(letter, weather, roll)
        if roll.random() < weather.twice:
            self.trace.note(letter.device, "  (sent twice)")
            self._deliver(letter)
        status, answer = self._deliver(letter)
        self._wait(weather, roll)
        if roll.random() < weather.cut:
            self.trace.note(letter.device, "  answer lost")
            raise CutError
        return Reply(status, orjson.loads(answer) if answer else None)

    def _wait(self, weather: Weather, roll: Random) -> None:
        if roll.random() < weather.slow and self.meanwhile:
            self.clock.pass_s(roll.randrange(90))
            self.meanwhile()

    def _lose(self, letter: Letter, weather: Weather, roll: Random) -> None:
        late = roll.random() < weather.late
        self.trace.note(letter.device, "  request", "delayed" if late else "lost")
        if late:
            self.mail.append(letter)
        raise CutError

    def _deliver(self, letter: Letter) -> tuple[int, bytes]:
        try:
            return self.server.handle(letter)
        except ServerDiedError:
            self.trace.note("server", "died and came back")
            raise CutError from None

    def arrive(self, letter: Letter) -> None:
        """Let a delayed request arrive; nobody waits for the answer."""
        self.mail.remove(letter)
        try:
            self.server.handle(letter, late=True)
        except ServerDiedError:
            self.trace.note("server", "died and came back")
