"""Takes the connections that the workers hand over."""

import asyncio
import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from server.live.asked import LONGEST, Asked, unpacked
from server.live.hand_over import TAKEN
from server.live.paths import bound, peer_is_ours

LOG = logging.getLogger("kith.live")

#: Handed over and not yet taken: a storm of phones that come back together.
_BACKLOG: Final = 1024
_TAKEN_AT_ONCE: Final = 64

Take = Callable[[socket.socket, Asked], None]


class Hatch:
    """The listening end. take : given each connection with its request."""

    def __init__(self, path: Path, take: Take) -> None:
        self._take = take
        self._listener = bound(path, socket.SOCK_STREAM)
        self._listener.listen(_BACKLOG)
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._listener, self._accept)

    def close(self) -> None:
        """Take no more. The file stays: a successor replaces it, and until then it refuses."""
        self._loop.remove_reader(self._listener)
        self._listener.close()

    def _accept(self) -> None:
        for _ in range(_TAKEN_AT_ONCE):
            try:
                line, _ = self._listener.accept()
            except OSError:  # nothing more waits, or there is no descriptor left for it
                return
            if not peer_is_ours(line):
                LOG.warning("a stranger tried to hand a connection over")
                line.close()
                continue
            line.setblocking(False)
            self._loop.add_reader(line, self._read, _Parcel(line))

    def _read(self, parcel: "_Parcel") -> None:
        if not parcel.read():
            return
        self._loop.remove_reader(parcel.line)
        try:
            self._take(parcel.connection(), unpacked(bytes(parcel.text)))
            parcel.line.send(TAKEN)
        except (ValueError, OSError):
            LOG.warning("a connection was not handed over as it should be")
        parcel.drop()


@dataclass(slots=True)
class _Parcel:
    """A connection on its way: the bytes of the request and the descriptor, which comes with the first of them."""

    line: socket.socket
    text: bytearray = field(default_factory=bytearray)
    descriptors: list[int] = field(default_factory=list)

    def read(self) -> bool:
        """Read what is there; True when the other side has said everything."""
        try:
            text, descriptors, _, _ = socket.recv_fds(self.line, 8192, 4)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError:
            return True
        self.descriptors += descriptors
        self.text += text
        return not text or len(self.text) > LONGEST

    def connection(self) -> socket.socket:
        """Give the connection; ValueError when none came."""
        if not self.descriptors:
            raise ValueError("no connection came")
        return socket.socket(fileno=self.descriptors.pop())

    def drop(self) -> None:
        """Close the line, and whatever nobody took."""
        self.line.close()
        for descriptor in self.descriptors:
            os.close(descriptor)
