"""A thin, lossy link between a phone and a server: a proxy that sends at so many bytes a second, late, and breaks off.

It behaves as netem does below TCP: segments wait for the wire, arrive after the delay and in order; a lost one is sent
once more after a time-out, and everything behind it waits. Cuts close the connection at chosen places and lose what was
under way. Time may pass faster than the clock, so that an hour of bad signal is a minute of test.
"""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random

#: Bytes of a segment, and of the heads of TCP and IP before it.
SEGMENT, HEADS = 1400, 40


@dataclass(frozen=True, slots=True)
class Weather:
    """What a link is like. speed : bytes a second, each way. delay_s : each way. loss : share of segments lost.

    cuts : the link breaks off when so many bytes have reached the phone. faster : times that time passes faster.
    """

    speed: float = 5_000
    delay_s: float = 0.4
    loss: float = 0.02
    cuts: Sequence[int] = ()
    faster: float = 1
    seed: int = 0


@dataclass(slots=True)
class Counted:
    """What went over the link. down, up : bytes that arrived, heads of HTTP included. segments : sent, both ways.

    again : bytes sent once more. lost : bytes under way to the phone when the link broke off. cuts : so far.
    """

    down: int = 0
    up: int = 0
    segments: int = 0
    again: int = 0
    lost: int = 0
    cuts: int = 0


@dataclass(slots=True)
class ThinLink:
    """The link while it is there. port : where the phone connects."""

    to_port: int
    weather: Weather
    counted: Counted = field(default_factory=Counted)
    port: int = 0
    _chance: Random = field(default_factory=Random)
    _free: dict[str, float] = field(default_factory=dict)

    async def serve(self) -> asyncio.Server:
        """Begin to listen."""
        self._chance.seed(self.weather.seed)
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _connected(self, phone_reads: asyncio.StreamReader, phone_writes: asyncio.StreamWriter) -> None:
        await self._sleep(2 * self.weather.delay_s)  # the hand-shake
        server_reads, server_writes = await asyncio.open_connection("127.0.0.1", self.to_port)
        both = [
            asyncio.create_task(self._way("down", server_reads, phone_writes)),
            asyncio.create_task(self._way("up", phone_reads, server_writes)),
        ]
        with suppress(asyncio.CancelledError):  # the link is taken away
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for each in both:
            each.cancel()
        await asyncio.gather(*both, return_exceptions=True)
        for writer in (phone_writes, server_writes):
            with suppress(OSError):
                writer.close()

    async def _way(self, way: str, reads: asyncio.StreamReader, writes: asyncio.StreamWriter) -> None:
        """Carry one direction until it ends or the link breaks off, be it while there is nothing to carry."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        sending = asyncio.create_task(self._send(way, reads, under_way))
        arriving = asyncio.create_task(self._arrive(way, under_way, writes))
        try:
            await asyncio.wait((sending, arriving), return_when=asyncio.FIRST_COMPLETED)
            await arriving
        finally:
            sending.cancel()
            arriving.cancel()
            if way == "down":
                self.counted.lost += sum(len(under_way.get_nowait()[1]) for _ in range(under_way.qsize()))

    async def _send(
        self, way: str, reads: asyncio.StreamReader, under_way: "asyncio.Queue[tuple[float, bytes]]"
    ) -> None:
        with suppress(OSError):
            while segment := await reads.read(SEGMENT):
                under_way.put_nowait((await self._sent(way, len(segment)), segment))
        under_way.put_nowait((0, b""))

    async def _sent(self, way: str, size: int) -> float:
        """Wait until a segment is on the wire; give when it arrives."""
        lost = self._chance.random() < self.weather.loss
        self.counted.segments += 1 + lost
        self.counted.again += lost * size
        begins = max(self._now(), self._free.get(way, 0))
        ends = begins + (1 + lost) * (size + HEADS) / self.weather.speed
        self._free[way] = ends
        await self._sleep(ends - self._now())
        time_out = 2 * self.weather.delay_s + 0.2
        return ends + self.weather.delay_s + lost * time_out

    async def _arrive(
        self, way: str, under_way: "asyncio.Queue[tuple[float, bytes]]", writes: asyncio.StreamWriter
    ) -> None:
        while True:
            at, segment = await under_way.get()
            if not segment:
                return
            await self._sleep(at - self._now())
            writes.write(segment)
            await writes.drain()
            setattr(self.counted, way, getattr(self.counted, way) + len(segment))
            if way == "down" and self._breaks_off():
                return

    def _breaks_off(self) -> bool:
        due = self.counted.cuts < len(self.weather.cuts) and self.counted.down >= self.weather.cuts[self.counted.cuts]
        self.counted.cuts += due
        return due

    def _now(self) -> float:
        return asyncio.get_running_loop().time() * self.weather.faster

    async def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            await asyncio.sleep(seconds / self.weather.faster)


@contextmanager
def thin_link(to_port: int, weather: Weather) -> Iterator[ThinLink]:
    """Put a thin link before a port of this machine, in a thread of its own."""
    link, loop, ready = ThinLink(to_port, weather), asyncio.new_event_loop(), threading.Event()
    over = asyncio.Event()

    async def serve() -> None:
        server = await link.serve()
        ready.set()
        await over.wait()
        server.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield link
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()
