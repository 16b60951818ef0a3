"""A delta of 100 as the total grows: `python benchmarks/sync/delta.py [--quick]`.

Promise measured: a pull costs what it brings, however much else there is.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

import orjson

from benchmarks.support.figures import keep, median, prose, ratios
from benchmarks.support.floor import fill_floor
from benchmarks.support.line import Line, request
from benchmarks.support.phones import BATCH, Phone
from benchmarks.support.programme import Programme, team_name
from benchmarks.support.servers import floor_server
from benchmarks.support.sides import Place, alternate, place

LIMIT = 500


@dataclass(slots=True)
class Asked:
    """A request that brings 100 records, made anew for each round."""

    name: str
    line: Line
    make: Callable[[], bytes]

    def p50_ms(self, times: int) -> float:
        """Ask so many times, one after the other; give the median in milliseconds."""
        asked = self.make()
        rows = len(self.line.expect(asked).json()["rows"])
        if rows != BATCH:
            raise SystemExit(f"{self.name} brings {rows} rows instead of {BATCH}")
        return median([self._ms(asked) for _ in range(times)])

    def _ms(self, asked: bytes) -> float:
        began = time.perf_counter()
        self.line.expect(asked)
        return (time.perf_counter() - began) * 1000


@contextmanager
def totals(at: Place, total: int) -> Iterator[tuple[Asked, Asked]]:
    """Serve the floor and Kith with so many records each."""
    with ExitStack() as stack:
        name = f"n{total}"
        floor = stack.enter_context(floor_server(at.home, at.url(f"floor_{name}"), at.synchronous))
        fill_floor(at.url(f"floor_{name}"), total, by_id=False)
        asking = request("POST", "/delta", orjson.dumps({"cursor": total - BATCH, "limit": LIMIT}))
        server, programme = stack.enter_context(at.kith(name))
        programme.grow(total)
        yield (
            Asked(f"floor {total}", Line(floor.port), lambda: asking),
            Asked(f"Kith {total}", Line(server.port), _deltas(programme, server.port)),
        )


def _deltas(programme: Programme, port: int) -> Callable[[], bytes]:
    """Give a reader who is up to date; each call lets a colleague push 100 and asks from where the reader was."""
    reader, writer = (
        Phone(Line(port), one.id, one.team, headers=one.headers)
        for one in programme.enrol([("reader", team_name(0)), ("writer", team_name(0))])
    )
    cursor = None

    def make() -> bytes:
        nonlocal cursor
        cursor = _to_the_end(reader, cursor)
        writer.line.expect(request("POST", writer.paths[0], writer.body(BATCH), writer.headers))
        return reader.asking(cursor, LIMIT)

    return make


def _to_the_end(reader: Phone, cursor: str | None) -> str:
    while (page := reader.page(cursor, 5_000))["more"]:
        cursor = page["cursor"]
    return str(page["cursor"])


def table(database: str, sizes: list[int], chosen: argparse.Namespace) -> Iterator[str]:
    """Measure one kind of database, all sizes in the same rounds."""
    with ExitStack() as stack:
        at = stack.enter_context(place(database))
        pairs = [pair for total in sizes for pair in stack.enter_context(totals(at, total))]
        jobs = {each.name: (lambda each=each: each.p50_ms(chosen.times)) for each in pairs}
        given = alternate(jobs, chosen.rounds)
    for total in sizes:
        floor, ours = given[f"floor {total}"], given[f"Kith {total}"]
        flat = ratios(ours, given[f"Kith {sizes[0]}"])
        yield f"| {database} | {total:,} | {_ms(floor)} | {_ms(ours)} | {ratios(ours, floor)} | {flat} |"


def _ms(values: list[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main() -> None:
    """Measure both databases, and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small totals, 2 short rounds, nothing kept")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--times", type=int, help="requests in a round")
    parser.add_argument("--database", choices=("sqlite normal", "postgresql"), action="append")
    chosen = parser.parse_args()
    chosen.rounds = chosen.rounds or (2 if chosen.quick else 7)
    chosen.times = chosen.times or (20 if chosen.quick else 100)
    sizes = [2_000, 20_000] if chosen.quick else [20_000, 200_000, 1_000_000]
    lines = prose(
        "A delta of 100",
        f"""The median time in milliseconds of a pull that brings {BATCH} of {sizes[0]:,} to {sizes[-1]:,} records,
        asked {chosen.times} times by one client without a pause; then the median of {chosen.rounds} alternating rounds
        (lowest to highest). Before each round a colleague pushes {BATCH} new records. The reader holds one team; the
        total is the tenant's. Floor: the same Flask, SQLAlchemy Core, engine and gunicorn doing one select over an
        index among as many records. Flat: Kith's time beside its time at {sizes[0]:,}, round by round.""",
    )
    lines += ["", "| database | records | floor | Kith | Kith ÷ floor | flat |", "|---|---:|---:|---:|---:|---:|"]
    for database in chosen.database or ("sqlite normal", "postgresql"):
        lines += table(database, sizes, chosen)
    keep("sync/delta", lines, printed_only=chosen.quick)


if __name__ == "__main__":
    main()
