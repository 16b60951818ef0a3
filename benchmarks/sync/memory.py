"""Memory of a worker while much is pulled: `python benchmarks/sync/memory.py [--quick]`.

Promise measured: a page costs what it holds; no worker grows with what it has served.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, median, prose
from benchmarks.support.line import Line, request
from benchmarks.support.phones import PAGE, Phone, seconds
from benchmarks.support.programme import TEAM, team_name
from benchmarks.support.servers import Serving
from benchmarks.support.sides import place

CLIENTS = 4


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that answers requests."""

    folder: Path

    def resident_mb(self) -> float:
        """Give what it holds in memory now."""
        return self._status("VmRSS")

    def peak_mb(self) -> float:
        """Give the most that it has held since `forget`."""
        return self._status("VmHWM")

    def forget(self) -> None:
        """Begin to look for the peak anew."""
        (self.folder / "clear_refs").write_text("5")

    def _status(self, name: str) -> float:
        lines = (self.folder / "status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


def only_worker(server: Serving) -> Worker:
    """Find the process that answers: a copy of the first process, unlike the one that holds the pokes."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    own = (Path(f"/proc/{server.pid}") / "cmdline").read_bytes()
    alike = [Worker(Path("/proc") / child) for child in children if _command(child) == own]
    if len(alike) != 1:
        raise SystemExit(f"{len(alike)} workers instead of one")
    return alike[0]


def _command(process: str) -> bytes:
    return (Path("/proc") / process / "cmdline").read_bytes()


def pulling(phone: Phone, limit: int) -> Callable[[], None]:
    """Pull everything that a phone may hold, in pages of so many rows."""

    def job() -> None:
        cursor, more = None, True
        while more:
            page = phone.page(cursor, limit)
            cursor, more = page["cursor"], page["more"]

    return job


def measured(database: str, records: int, limit: int, rounds: int) -> Iterator[tuple[float, float]]:
    """Give idle and peak of a worker in megabytes, round by round."""
    with ExitStack() as stack:
        server, programme = stack.enter_context(stack.enter_context(place(database)).kith("kith", workers=1))
        programme.grow(records)
        teams = range(-(-records // TEAM))
        enrolled = programme.enrol([(f"d{each}-{turn}", team_name(each)) for turn in range(rounds) for each in teams])
        for turn in range(rounds):
            own = enrolled[turn * len(teams) : (turn + 1) * len(teams)]
            phones = [Phone(Line(server.port), one.id, one.team, headers=one.headers) for one in own]
            yield _round(server, phones, limit)


def _round(server: Serving, phones: list[Phone], limit: int) -> tuple[float, float]:
    manifest = request("GET", "/v1/sync/manifest", headers=phones[0].headers)
    for _ in range(40):
        phones[0].line.expect(manifest)
    worker = only_worker(server)
    worker.forget()
    idle = worker.resident_mb()
    for first in range(0, len(phones), CLIENTS):
        seconds([pulling(phone, limit) for phone in phones[first : first + CLIENTS]])
    return idle, worker.peak_mb()


def main() -> None:
    """Measure both databases with usual and with the largest pages, and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20,000 records, usual pages, nothing kept")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--database", choices=("sqlite normal", "postgresql"), action="append")
    chosen = parser.parse_args()
    databases = chosen.database or ("sqlite normal", "postgresql")
    records, rounds = (20_000, 1) if chosen.quick else (200_000, chosen.rounds or 5)
    lines = prose(
        "Memory of a worker",
        f"""Resident memory of the one worker in megabytes while {records:,} records are pulled from the beginning by
        new devices, {CLIENTS} at a time. Idle: just before, after 40 manifests; in the first round the worker has
        served nothing else. Peak: the kernel's own high-water mark. {rounds} rounds on one server, so that a leak
        would add up; the first, the median and the last are told.""",
    )
    columns = "| database | rows in a page | idle at first | peak at first | peak, median | last peak ÷ first idle |"
    lines += ["", columns, "|---|---:|---:|---:|---:|---:|"]
    for database in databases:
        for limit in (PAGE,) if chosen.quick else (PAGE, 5_000):
            idle, peak = zip(*measured(database, records, limit, rounds), strict=True)
            figures = f"{idle[0]:.0f} | {peak[0]:.0f} | {median(peak):.0f} | {peak[-1] / idle[0]:.2f}"
            lines.append(f"| {database} | {limit:,} | {figures} |")
    keep("sync/memory", lines, printed_only=chosen.quick)


if __name__ == "__main__":
    main()
