"""What is measured side by side: Kith, the floor and the peers, each behind its own port with clients of its own."""

import itertools
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.support.bulk import settle
from benchmarks.support.floor import fill_floor
from benchmarks.support.line import Line
from benchmarks.support.phones import Client, Phone, floor_phone
from benchmarks.support.postgres import new_database, postgres
from benchmarks.support.programme import Programme
from benchmarks.support.servers import WORKERS, Serving, floor_server, kith_server

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
        at = stack.enter_context(place(database))
        floor = stack.enter_context(floor_server(at.home, at.url("floor"), at.synchronous))
        server, programme = stack.enter_context(at.kith("kith"))
        fill_floor(at.url("floor"), filled)
        yield _floor(database, floor), _kith(database, server, programme, filled)


@dataclass(frozen=True, slots=True)
class Place:
    """Where servers of one kind of database keep their things. port : PostgreSQL's, None for SQLite."""

    home: Path
    synchronous: str
    port: int | None
    made: dict[str, str] = field(default_factory=dict)

    def url(self, name: str) -> str:
        """Give the address of a database, made when it is first asked for."""
        if name not in self.made:
            self.made[name] = new_database(self.port, name) if self.port else f"sqlite:///{self.home / name}.db"
        return self.made[name]

    @contextmanager
    def kith(self, name: str, workers: int = WORKERS) -> Iterator[tuple[Serving, Programme]]:
        """Serve Kith on a database of its own."""
        home = self.home / f"home-{name}"
        home.mkdir(mode=0o700)
        with kith_server(home, self.url(name), self.synchronous, workers) as server:
            programme = Programme(home, self.url(name))
            try:
                yield server, programme
            finally:
                programme.engine.dispose()


@contextmanager
def place(database: str) -> Iterator[Place]:
    """Make room for one kind of database."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kith-bench-")))
        if database == "postgresql":
            yield Place(home, "full", stack.enter_context(postgres()))
        else:
            yield Place(home, database.rpartition(" ")[2], None)


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
        settle(programme.engine)
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
