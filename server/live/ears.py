"""How words reach the live process: datagrams from processes of this machine, NOTIFY from everywhere."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from socket import SOCK_DGRAM
from typing import Final

from sqlalchemy import make_url

from server.live.paths import bound, heard
from server.live.tell import CHANNEL
from server.live.word import LIMIT, Word, unpacked

LOG = logging.getLogger("kith.live")

#: Datagrams read before others get their turn.
_AT_ONCE: Final = 64
_FIRST_PAUSE_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 30.0

Hear = Callable[[Word, str], None]


class DatagramEar:
    """Hears datagrams at a path."""

    def __init__(self, path: Path, hear: Hear) -> None:
        self._hear = hear
        self._socket = bound(path, SOCK_DGRAM)
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._socket, self._read)

    def close(self) -> None:
        """Hear no more."""
        self._loop.remove_reader(self._socket)
        self._socket.close()

    def _read(self) -> None:
        for _ in range(_AT_ONCE):
            text = heard(self._socket, LIMIT + 1)
            if text is None:
                return
            _take(text, "datagram", self._hear)


async def listen(url: str, hear: Hear, listening: Callable[[], None]) -> None:
    """LISTEN on a connection of its own, for ever; a lost one is opened again after growing pauses.

    listening : called whenever listening begins, as words before that were lost.
    """
    from psycopg import AsyncConnection, Error  # only here: a server on SQLite has no psycopg

    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    pause_s = _FIRST_PAUSE_S
    while True:
        try:
            async with await AsyncConnection.connect(address, autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                pause_s = _FIRST_PAUSE_S
                listening()
                async for notice in connection.notifies():
                    _take(notice.payload.encode(), "notify", hear)
        except (Error, OSError) as error:
            LOG.warning("the database's words cannot be heard", extra={"cause": type(error).__name__})
        await asyncio.sleep(pause_s)
        pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)


def _take(text: bytes, how: str, hear: Hear) -> None:
    try:
        word = unpacked(text)
    except ValueError:  # a stranger's, or not ours
        LOG.warning("a word that nobody understands was not heard")
        return
    hear(word, how)
