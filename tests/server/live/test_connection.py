"""A connection and the phone at its other end, in one process."""

import asyncio
import socket

from server.live.asked import Asked
from server.live.connection import Connection


class Notes:
    """A hall that only notes what it is told."""

    def __init__(self) -> None:
        self.ends: list[str] = []

    def arrived(self, connection: Connection) -> None:
        connection.tenant, connection.device = "essex", "a"

    def asks(self, connection: Connection, asked: Asked) -> None:
        connection.begin(b"HTTP/1.1 200 OK\r\n\r\n")

    def page(self, path: str) -> bytes:
        return b""

    def lost(self, connection: Connection, why: str) -> None:
        self.ends.append(why)


async def _connected(notes: Notes) -> tuple[Connection, socket.socket]:
    listener = socket.create_server(("127.0.0.1", 0))
    phone = socket.create_connection(listener.getsockname())
    line, _ = listener.accept()
    listener.close()
    line.setblocking(False)
    _, connection = await asyncio.get_running_loop().connect_accepted_socket(
        lambda: Connection(notes, Asked("Bearer a")), line
    )
    return connection, phone


def test_a_phone_that_does_not_read_is_dropped_and_nothing_is_kept_for_it():
    async def story() -> int:
        connection, phone = await _connected(notes)
        phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        for head in range(1_000_000):
            if connection.gone:
                break
            connection.poke(head)
            if head % 100 == 99:
                await asyncio.sleep(0)
        phone.close()
        return head

    notes = Notes()
    assert asyncio.run(story()) < 100_000
    assert notes.ends == ["slow"]


def test_a_phone_that_leaves_is_forgotten_and_poking_it_does_no_harm():
    async def story() -> None:
        connection, phone = await _connected(notes)
        phone.close()
        while not connection.gone:
            await asyncio.sleep(0)
        connection.poke(1)
        connection.end("shutdown", 1)

    notes = Notes()
    asyncio.run(story())
    assert notes.ends == ["left"]
