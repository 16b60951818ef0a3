"""The live process from its start to its end."""

import asyncio
import logging
import os
import random
import resource
import signal
import socket
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, Final

from sqlalchemy import make_url

from server.clock import now
from server.live.asked import Asked
from server.live.connection import Connection
from server.live.ears import DatagramEar, listen
from server.live.gate import Gate
from server.live.hall import Hall
from server.live.handed import Hatch
from server.live.herald import Herald
from server.live.paths import hand_path, word_path
from server.live.waiting import Waiting
from server.settings import Settings

LOG = logging.getLogger("kith.live")

#: Descriptors for everything but phones.
_OTHERS: Final = 100
_BACKLOG: Final = 1024
#: Threads that ask the database, and how long one of them may keep the others from running. Both small: whoever holds
#: thousands of connections must get its turn at once, also while many phones are let in.
_THREADS: Final = 2
_TURN_S: Final = 0.0005
#: Seconds for the last bytes to be taken by the system.
_LEAVING_S: Final = 0.5


class LiveProcess:
    """Holds the phones of one home until it is told to stop.

    port : to listen on at HOST as well, None for the socket in the home alone. parent : the process with which it ends,
    None when it stands by itself.
    """

    def __init__(self, settings: Settings, gate: Gate, port: int | None, parent: int | None = None) -> None:
        self._settings, self._port, self._parent = settings, port, parent
        live = settings.live
        self._hall = Hall(gate, live, now, random.random)
        waiting: Waiting[Connection] = Waiting(live.rate, live.gap_ms / 1000, random.random)
        self._herald = Herald(self._hall, gate, waiting, live.look_s)
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT, or until the parent ends; then send everybody away."""
        sys.setswitchinterval(_TURN_S)
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS, "kith-live"))
        self._hall.limit(_raise_file_limit() - _OTHERS)
        self._follow_signals()
        self._start(self._herald.look_forever())
        self._start(self._herald.poke_forever())
        self._start(self._every_second())
        ears = self._listen()
        hatch = Hatch(hand_path(self._settings.home), self._take)
        server = await self._open_port()
        LOG.info("live pokes are served", extra={"port": self._port})
        await self._stop.wait()
        hatch.close()
        if server is not None:
            server.close()
        if ears is not None:
            ears.close()
        await self._leave()

    def _listen(self) -> DatagramEar | None:
        """Begin to hear words."""
        url = self._settings.database_url
        if make_url(url).get_backend_name() == "postgresql":
            self._start(listen(url, self._herald.hear, self._herald.look_soon))
            return None
        return DatagramEar(word_path(self._settings.home), self._herald.hear)

    async def _open_port(self) -> asyncio.Server | None:
        if self._port is None:
            return None
        loop = asyncio.get_running_loop()
        return await loop.create_server(
            partial(Connection, self._hall), self._settings.host, self._port, backlog=_BACKLOG
        )

    def _take(self, line: socket.socket, asked: Asked) -> None:
        line.setblocking(False)
        loop = asyncio.get_running_loop()
        self._start(self._attach(loop, line, asked))

    async def _attach(self, loop: asyncio.AbstractEventLoop, line: socket.socket, asked: Asked) -> None:
        with suppress(OSError):
            await loop.connect_accepted_socket(partial(Connection, self._hall, asked), line)

    async def _every_second(self) -> None:
        while True:
            await asyncio.sleep(1)
            self._hall.sweep()
            if self._parent is not None and os.getppid() != self._parent:
                self._stop.set()

    async def _leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._hall.close()
        await asyncio.sleep(_LEAVING_S)

    def _follow_signals(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._stop.set)
        if self._parent is None:  # Ctrl-C reaches every process of the terminal; a parent says when to stop
            loop.add_signal_handler(signal.SIGINT, self._stop.set)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.append(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.remove(task)
        if not task.cancelled() and task.exception() is not None:
            LOG.error("live pokes broke and start anew", exc_info=task.exception())
            self._stop.set()


def _raise_file_limit() -> int:
    """Allow this process as many descriptors as the system lets it have, and say how many that is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 1_000_000 if hard == resource.RLIM_INFINITY else hard
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return soft
