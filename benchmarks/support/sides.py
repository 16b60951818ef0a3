"""What is measured side by side: Kith, the floor and the peers, each behind its own port with clients of its own."""

import itertools
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.support.floor import fill_floor
from benchmarks.support.line import Line
from benchmarks.support.phones import Client, Phone, floor_phone
from benchmarks.support.postgres import new_database, postgres
from benchmarks.support.programme import Programme
from benchmarks.support.servers import Serving, floor_server, kith_server

#: The databases, by the name that tables give them.
DATABASES = ("sqlite normal", "sqlite full", "postgresql")


@dataclass(frozen=True, slots=True)
class Side:
    """A server that takes part. writers, readers : make so many new clients, who push, or pull what was filled in."""

    name: str
    server: Serving
    writers: Callable[[int], Sequence[Client]]
    readers: Callable[[int], Sequence[Client]]


@contextmanager
def both(database: str, filled: int) -> Iterator[tuple[Side, Side]]:
    """Start the floor and Kith on one kind of database, with `filled` records to be pulled."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kith-bench-")))
        urls = {name: f"sqlite:///{home / name}.db" for name in ("floor", "kith")}
        if database == "postgresql":
            port = stack.enter_context(postgres())
            urls = {name: new_database(port, name) for name in urls}
        synchronous = database.rpartition(" ")[2] if database.startswith("sqlite") else "full"
        at_floor = stack.enter_context(floor_server(home, urls["floor"], synchronous))
        at_kith = stack.enter_context(kith_server(home, urls["kith"], synchronous))
        fill_floor(urls["floor"], filled)
        yield _floor(database, at_floor), _kith(database, at_kith, Programme(home, urls["kith"]), filled)


def _floor(database: str, server: Serving) -> Side:
    def clients(count: int) -> list[Phone]:
        return [floor_phone(server.port) for _ in range(count)]

    return Side(f"floor, {database}", server, clients, clients)


def _kith(database: str, server: Serving, programme: Programme, filled: int) -> Side:
    numbers = itertools.count()
    run = secrets.token_hex(3)

    def phones(count: int, team: str | None) -> list[Phone]:
        names = [(f"phone-{run}-{number}", team or f"team-{number}") for number in itertools.islice(numbers, count)]
        return [Phone(Line(server.port), one.id, one.team, headers=one.headers) for one in programme.enrol(names)]

    if filled:
        programme.fill("filled", filled)
    return Side(f"Kith, {database}", server, lambda count: phones(count, None), lambda count: phones(count, "filled"))


def alternate(jobs: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Do every job once a round, each round beginning with another one, and keep what they give."""
    names = list(jobs)
    given: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            given[name].append(jobs[name]())
    return given
