"""Hears what changed and pokes those who hold it; looks at the feeds itself for what nobody said."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from server.live.connection import Connection
from server.live.figures import POKES, WORDS
from server.live.gate import Gate
from server.live.hall import Hall
from server.live.told import Told
from server.live.waiting import Waiting
from server.live.word import Word
from server.sync.model import Head

LOG = logging.getLogger("kith.live")

#: Pokes written before others get their turn: words are read in between, before their queue runs over.
_AT_ONCE: Final = 200
#: Seconds between two looks, however many words ask for one.
_LEAST_S: Final = 0.2
#: Looks after which devices and grants are read again although no word came of them.
_LOOKS: Final = 10


class Herald:
    """Turns words and looks into pokes. look_s : seconds between looks."""

    def __init__(self, hall: Hall, gate: Gate, waiting: Waiting[Connection], look_s: float) -> None:
        self._hall, self._gate, self._waiting, self._look_s = hall, gate, waiting, look_s
        self._told = Told()
        self._regranted: set[str] = set()
        self._pokes_wait, self._look_wanted = asyncio.Event(), asyncio.Event()
        self._looks = 0

    def hear(self, word: Word, how: str) -> None:
        """Take a word; what it leaves open is found by a look."""
        WORDS.labels(how).inc()
        if word.scopes:
            self._tell(word.tenant, dict.fromkeys(word.scopes, word.seq), word.by)
            return
        if word.scopes is not None:
            self._regranted.add(word.tenant)
        self._look_wanted.set()

    def look_soon(self) -> None:
        """Look at once: words may have been lost."""
        self._look_wanted.set()

    async def poke_forever(self) -> None:
        """Write each poke at its moment."""
        clock = asyncio.get_running_loop().time
        while True:
            batch = self._waiting.due(clock(), _AT_ONCE)
            for connection, head in batch:
                connection.poke(head)
            POKES.inc(len(batch))
            await (asyncio.sleep(0) if batch else _set_or_late(self._pokes_wait, self._waiting.wait_s(clock())))

    async def look_forever(self) -> None:
        """Look now and then, and when a word asks for it; a database that is away is asked again."""
        while True:
            try:
                await self.look()
            except SQLAlchemyError as error:
                LOG.warning("the feeds could not be looked at", extra={"cause": type(error).__name__})
            await asyncio.sleep(_LEAST_S)
            await _set_or_late(self._look_wanted, self._look_s)

    async def look(self) -> None:
        """Compare every head with the last look's, and tell what nobody told."""
        self._looks += 1
        asked, self._regranted = self._regranted, set()
        for tenant, head in (await asyncio.to_thread(self._gate.heads)).items():
            before = self._told.looked(tenant, head)
            if before is not None and before.epoch != head.epoch:
                self._told.forget(tenant)
                self._hall.send_away(self._hall.audience.of_tenant(tenant), "rewound")
                continue
            await self._compare(tenant, head, before)
            if tenant in asked or self._looks % _LOOKS == 0:
                await self._regrant(tenant, head.seq)

    async def _compare(self, tenant: str, head: Head, before: Head | None) -> None:
        scopes = self._hall.audience.scopes(tenant)
        if not scopes or (before is not None and before.seq == head.seq):
            return
        found = await asyncio.to_thread(self._gate.changed, tenant, scopes, before.seq if before else 0)
        untold = self._told.untold(tenant, found)
        if untold:
            WORDS.labels("look").inc()
            self._tell(tenant, untold)

    async def _regrant(self, tenant: str, head: int) -> None:
        """Read devices and grants again; tell those whose grants have changed, end those who are shut out."""
        held = {connection.device: connection for connection in self._hall.audience.of_tenant(tenant)}
        welcome = await asyncio.to_thread(self._gate.scopes_of, tenant, list(held))
        changed = []
        for device, connection in held.items():
            if connection.gone:
                continue
            if device not in welcome:
                connection.end("shut out", 0)
            elif welcome[device] != connection.scopes:
                self._hall.audience.regrant(connection, welcome[device])
                changed.append(connection)
        self._poke(changed, head)

    def _tell(self, tenant: str, moved: Mapping[str, int], by: str = "") -> None:
        """Poke who holds one of the scopes that moved, but for the device that moved them: it has its answer."""
        self._told.note(tenant, moved)
        holding = self._hall.audience.holding(tenant, moved.keys())
        self._poke({one for one in holding if one.device != by}, max(moved.values()))

    def _poke(self, connections: set[Connection] | list[Connection], head: int) -> None:
        if connections:
            self._waiting.add(connections, head, asyncio.get_running_loop().time())
            self._pokes_wait.set()


async def _set_or_late(event: asyncio.Event, seconds: float | None) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    event.clear()
