"""Where the phones are held: who is let in, who is shown that the connection lives, and who is let go."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from server.accounts.errors import AccountError
from server.live.asked import Asked
from server.live.audience import Audience
from server.live.connection import Connection
from server.live.figures import CLOSED, CONNECTIONS, POKES, REFUSED
from server.live.gate import Admitted, Gate
from server.live.http import STREAM, refusal, retry
from server.live.pages import page
from server.settings import LiveSettings

#: Seconds in which a request's head must have come.
_HEAD_S: Final = 10.0
#: Seconds after which a phone should come back when the connection broke and nobody said anything.
_RETRY_S: Final = 3.0
#: A connection that a newer one of the same device replaced had better not replace that in turn.
_REPLACED_S: Final = 60.0
#: Phones a second that the server can let in again after a restart; they are told to come back at this rate.
_RETURNING: Final = 300
_LEAST_SPREAD_S: Final = 5.0

#: Runs what waits for the database in a thread.
Threads = Callable[..., Any]


class Hall:
    """Holds connections. now : gives aware UTC instants. chance : in [0, 1)."""

    def __init__(
        self, gate: Gate, settings: LiveSettings, now: Callable[[], datetime], chance: Callable[[], float]
    ) -> None:
        self.audience: Audience[Connection] = Audience()
        self._gate, self._settings, self._now, self._chance = gate, settings, now, chance
        self._present: set[Connection] = set()
        self._busy: set[asyncio.Task[None]] = set()
        self._most = settings.most

    def limit(self, most: int) -> None:
        """Hold no more than this, whatever the settings say: the system has no more descriptors."""
        self._most = min(self._most, most)

    def arrived(self, connection: Connection) -> None:
        """Give a connection some seconds to say what it wants."""
        self._present.add(connection)
        connection.ends_at = asyncio.get_running_loop().time() + _HEAD_S
        connection.beat_at = float("inf")

    def asks(self, connection: Connection, asked: Asked) -> None:
        """Let a phone in unless the hall is full."""
        if len(self._present) > self._most:
            self._refuse(connection, "live-away", self._spread_s())
            return
        task = asyncio.get_running_loop().create_task(self._let_in(connection, asked))
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    def page(self, path: str) -> bytes:
        """Answer a request for anything but the stream."""
        return page(path, len(self.audience), self._most)

    def lost(self, connection: Connection, why: str) -> None:
        """Forget a connection that is over."""
        self._present.discard(connection)
        self.audience.remove(connection)
        CLOSED.labels(why).inc()
        CONNECTIONS.set(len(self.audience))

    def sweep(self) -> None:
        """End what has come to its end, and show the others that the connection lives. To be called every second."""
        now = asyncio.get_running_loop().time()
        for connection in list(self._present):
            if now >= connection.ends_at:
                connection.end("expired" if connection.device else "silent", self._chance() * _RETRY_S)
            elif now >= connection.beat_at:
                connection.beat_at = now + self._settings.beat_s
                connection.beat()

    def send_away(self, connections: list[Connection], why: str) -> None:
        """End connections, telling each another moment to come back."""
        for connection in connections:
            connection.end(why, 1 + self._spread_s())

    def close(self) -> None:
        """Send everybody away: the process ends."""
        for task in list(self._busy):
            task.cancel()
        self.send_away(list(self._present), "shutdown")

    async def _let_in(self, connection: Connection, asked: Asked) -> None:
        try:
            who = await asyncio.to_thread(self._gate.admit, asked)
        except AccountError as error:
            self._refuse(connection, error.slug, error.retry_after_s)
            return
        except SQLAlchemyError:
            self._refuse(connection, "live-away", self._spread_s())
            return
        if connection.gone:
            return
        self._place(connection, who)
        try:
            news = await asyncio.to_thread(self._gate.news, who, asked.last_seq)
        except SQLAlchemyError:
            connection.end("database", self._spread_s())
            return
        if news is not None:
            connection.poke(news)
            POKES.inc()

    def _place(self, connection: Connection, who: Admitted) -> None:
        now = asyncio.get_running_loop().time()
        connection.asked = None
        connection.tenant, connection.account, connection.device = who.tenant, who.account, who.device
        connection.scopes = who.scopes
        connection.ends_at = now + (who.ends_at - self._now()).total_seconds()
        connection.beat_at = now + self._settings.beat_s * (0.5 + self._chance() / 2)
        connection.patience(2 * self._settings.beat_s)
        connection.begin(STREAM + retry(_RETRY_S))
        older = self.audience.add(connection)
        if older is not None:
            older.end("replaced", _REPLACED_S)
        CONNECTIONS.set(len(self.audience))

    def _refuse(self, connection: Connection, slug: str, retry_after_s: float | None) -> None:
        REFUSED.labels(slug).inc()
        connection.answer(refusal(slug, retry_after_s), "refused")

    def _spread_s(self) -> float:
        return self._chance() * max(_LEAST_SPREAD_S, len(self._present) / _RETURNING)
