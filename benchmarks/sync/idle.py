"""Asking when there is nothing: `python benchmarks/sync/idle.py [--quick]`.

Promise measured: a phone that has nothing to fetch costs almost nothing, however many records and tenants there are.
"""

import argparse
import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose, ratios, spread
from benchmarks.support.floor import fill_floor
from benchmarks.support.line import Line, request
from benchmarks.support.phones import Phone, seconds
from benchmarks.support.programme import Enrolled, Programme, team_name
from benchmarks.support.records import person, uuid7
from benchmarks.support.servers import floor_server
from benchmarks.support.sides import Place, alternate, place

CLIENTS = 4
#: Records of each tenant where there are many.
FEW = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """Requests that find nothing, one for each device, to be asked in turn."""

    name: str
    port: int
    requests: Sequence[bytes]
    status: int

    def rate(self, times: int) -> float:
        """Let four clients ask so many times each; give requests a second over all of them."""
        return CLIENTS * times / seconds([self._asking(number, times) for number in range(CLIENTS)])

    def _asking(self, number: int, times: int) -> Callable[[], None]:
        line = Line(self.port)
        own = itertools.cycle(self.requests[number::CLIENTS] or self.requests)
        line.expect(next(own), self.status)

        def job() -> None:
            for asked in itertools.islice(own, times):
                line.expect(asked, self.status)

        return job


def floor(at: Place, stack: ExitStack) -> Asked:
    """Serve the floor: one select that finds one row."""
    server = stack.enter_context(floor_server(at.home, at.url("floor"), at.synchronous))
    fill_floor(at.url("floor"), 1_000)
    return Asked("floor", server.port, [request("GET", "/idle")], 200)


def total(at: Place, stack: ExitStack, records: int) -> Iterator[Asked]:
    """Serve Kith with so many records of one tenant."""
    server, programme = stack.enter_context(at.kith(f"n{records}"))
    programme.grow(records)
    phones = _up_to_date(server.port, [programme], 8)
    yield from _both(f"{records:,} records, 1 tenant", server.port, phones)


def tenants(at: Place, stack: ExitStack, count: int) -> Iterator[Asked]:
    """Serve Kith with so many tenants of a few records."""
    server, first = stack.enter_context(at.kith(f"t{count}"))
    programmes = [Programme(first.home, first.url, f"tenant-{number:03}") for number in range(count)]
    for programme in programmes:
        programme.write((uuid7(), person(team_name(0), number)) for number in range(FEW))
        programme.engine.dispose()  # or each would keep a connection
    phones = _up_to_date(server.port, programmes, 1)
    yield from _both(f"{count * FEW:,} records, {count} tenants", server.port, phones)


def _up_to_date(port: int, programmes: Sequence[Programme], each: int) -> list[tuple[Phone, str]]:
    """Enrol devices and let them pull everything; give them with their cursors."""
    enrolled: list[Enrolled] = []
    for programme in programmes:
        enrolled += programme.enrol([(f"{programme.tenant}-d{number}", team_name(0)) for number in range(each)])
        programme.engine.dispose()
    line = Line(port)
    return [_pulled(Phone(line, one.id, one.team, headers=one.headers)) for one in enrolled]


def _pulled(phone: Phone) -> tuple[Phone, str]:
    cursor, more = None, True
    while more:
        page = phone.page(cursor, 5_000)
        cursor, more = page["cursor"], page["more"]
    return phone, str(cursor)


def _both(name: str, port: int, phones: Sequence[tuple[Phone, str]]) -> Iterator[Asked]:
    yield Asked(f"idle pull | {name}", port, [phone.asking(cursor) for phone, cursor in phones], 200)
    yield Asked(f"manifest 304 | {name}", port, [_manifest(phone) for phone, _ in phones], 304)


def _manifest(phone: Phone) -> bytes:
    path = "/v1/sync/manifest"
    etag = phone.line.expect(request("GET", path, headers=phone.headers)).header("etag")
    return request("GET", path, headers={**phone.headers, "If-None-Match": etag})


def table(database: str, chosen: argparse.Namespace) -> Iterator[str]:
    """Measure one kind of database, all sizes in the same rounds."""
    few, many, crowd = (1_000, 20_000, 5) if chosen.quick else (20_000, 1_000_000, 200)
    with ExitStack() as stack:
        at = stack.enter_context(place(database))
        base = floor(at, stack)
        ours = [*total(at, stack, few), *total(at, stack, many), *tenants(at, stack, crowd)]
        jobs = {each.name: (lambda each=each: each.rate(chosen.times)) for each in (base, *ours)}
        given = alternate(jobs, chosen.rounds)
    yield f"| {database} | floor: one select | | {spread(given['floor'])} | | |"
    for each in ours:
        flat = ratios(given[each.name], given[ours[0 if each.name.startswith("idle") else 1].name])
        beside = ratios(given[each.name], given["floor"])
        yield f"| {database} | {each.name} | {spread(given[each.name])} | {beside} | {flat} |"


def main() -> None:
    """Measure both databases, and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small totals, 2 short rounds, nothing kept")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--times", type=int, help="requests of a client in a round")
    parser.add_argument("--database", choices=("sqlite normal", "postgresql"), action="append")
    chosen = parser.parse_args()
    chosen.rounds = chosen.rounds or (2 if chosen.quick else 5)
    chosen.times = chosen.times or (50 if chosen.quick else 500)
    lines = prose(
        "Asking when there is nothing",
        f"""Requests a second of {CLIENTS} clients, {chosen.times} each: the median of {chosen.rounds} alternate rounds
        (lowest to highest). An idle pull comes with a cursor at the head; the manifest is asked with its ETag. Every
        request of Kith is signed in and checked for access; devices ask in turn. Floor: the same Flask, SQLAlchemy
        Core, engine and gunicorn, no sign-in, one select that finds one row. Flat: beside the first line of its kind,
        round by round.""",
    )
    lines += ["", "| database | what | how much there is | requests a second | ÷ floor | flat |",
              "|---|---|---|---:|---:|---:|"]  # fmt: skip
    for database in chosen.database or ("sqlite normal", "postgresql"):
        lines += table(database, chosen)
    keep("sync/idle", lines, printed_only=chosen.quick)


if __name__ == "__main__":
    main()
