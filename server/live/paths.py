"""Unix sockets in the home folder: open to their owner alone, and reachable however deep the folder lies."""

import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

#: The system takes about a hundred bytes as the address of a Unix socket.
_LONGEST: Final = 100
_CREDENTIALS: Final = struct.Struct("3i")  # process, user, group: unix(7)
#: Linux names who is at the other end; elsewhere the rights of the file must do.
_KNOWS_PEERS: Final = hasattr(socket, "SO_PEERCRED")


def hand_path(home: Path) -> Path:
    """Say where connections are handed over."""
    return home / "live.sock"


def word_path(home: Path) -> Path:
    """Say where words about feeds are heard."""
    return home / "live-words.sock"


@contextmanager
def reachable(path: Path) -> Iterator[str]:
    """Give an address of `path` that is short enough."""
    if len(os.fsencode(path)) <= _LONGEST:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def bound(path: Path, kind: socket.SocketKind) -> socket.socket:
    """Open a socket at `path` for its owner alone, in place of one that an ended process left behind."""
    path.unlink(missing_ok=True)
    made = socket.socket(socket.AF_UNIX, kind)
    made.setblocking(False)
    if _KNOWS_PEERS and kind == socket.SOCK_DGRAM:  # on a stream the sender is known, and descriptors need the room
        made.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    before = os.umask(0o177)
    try:
        with reachable(path) as address:
            made.bind(address)
    except BaseException:
        made.close()
        raise
    finally:
        os.umask(before)
    return made


def is_ours(user: int) -> bool:
    """Say whether a process of this user may speak to us: the owner, or root, who may do everything anyway."""
    return user in (os.geteuid(), 0)


def peer_is_ours(line: socket.socket) -> bool:
    """Say whether the process at the other end of a connection is the owner's."""
    if not _KNOWS_PEERS:
        return True
    raw = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return is_ours(_CREDENTIALS.unpack(raw)[1])


def heard(line: socket.socket, most: int) -> bytes | None:
    """Read one datagram; None when nothing waits, an empty one when it is a stranger's."""
    with suppress(BlockingIOError, InterruptedError):
        text, extra, _, _ = line.recvmsg(most, socket.CMSG_SPACE(_CREDENTIALS.size))
        return text if not _KNOWS_PEERS or any(map(_owners, extra)) else b""
    return None


def _owners(extra: tuple[int, int, bytes]) -> bool:
    level, kind, raw = extra
    is_told = level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS and len(raw) >= _CREDENTIALS.size
    return is_told and is_ours(_CREDENTIALS.unpack_from(raw)[1])
