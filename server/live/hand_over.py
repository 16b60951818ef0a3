"""Gives an accepted connection to the live process, which then owns it: a descriptor sent over a Unix socket."""

import socket
from pathlib import Path
from typing import Final

from server.live.asked import Asked, packed
from server.live.paths import reachable

#: Long for a neighbour on the same machine; a thread that serves sync waits no longer.
PATIENCE_S: Final = 1.0
#: What the live process says of a connection that is its own from now on; one that dies with it says nothing.
TAKEN: Final = b"1"


def hand_over(path: Path, connection: socket.socket, asked: Asked) -> bool:
    """Give `connection` to the live process that listens at `path`; False when it is away or does not answer.

    The caller then closes its own copy, without a shutdown, which would end the connection for both.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE_S)
        try:
            with reachable(path) as address:
                line.connect(address)
            socket.send_fds(line, [packed(asked)], [connection.fileno()])
            line.shutdown(socket.SHUT_WR)
        except OSError:
            return False
        return _was_taken(line)


def _was_taken(line: socket.socket) -> bool:
    """Wait for the word that it was taken. Silence is taken for a yes, as two owners would answer twice."""
    try:
        return line.recv(1) == TAKEN
    except TimeoutError:
        return True
    except OSError:
        return False
