"""Thousands of phones that listen: `python benchmarks/sync/live.py [--phones 7000] [--quick]`.

Promise measured: 7,000 held connections cost little memory, hear of a commit at once, and do not slow sync down.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import orjson

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, median, prose
from benchmarks.support.held import Crowd, crowd
from benchmarks.support.line import Line, request
from benchmarks.support.memory import Memory, kernel_bytes, memory, process_of
from benchmarks.support.phones import Phone
from benchmarks.support.postgres import free_port
from benchmarks.support.programme import Enrolled, Programme
from benchmarks.support.records import person, uuid7
from benchmarks.support.servers import Serving, running
from benchmarks.support.sides import place
from server.app import make_services
from server.live.tell import poke_for
from server.settings import settings_from
from server.storage.sql import SqlStore
from server.sync.door import Door, Put

#: Phones of one team, which all hear of its changes; and teams of a single phone, which show the bare path.
TEAM, ALONE = 70, 40
#: Writers over HTTP, each with a pause between its syncs; and seconds between commits whose way is followed.
WRITERS, PAUSE_S, MARK_S = 4, 0.1, 0.1
#: Phones that come and go before memory is looked at.
WARM = 100
DATABASES = ("sqlite full", "postgresql")


@dataclass(slots=True)
class Marks:
    """Commits whose way to the phones is followed: head → the moment of the commit, and the team."""

    at: dict[int, tuple[float, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Measured:
    """What one database gave. In milliseconds: sync of a record, pokes of a team, pokes of a lone phone."""

    opened_s: list[float] = field(default_factory=list)
    before: Memory | None = None
    after: Memory | None = None
    kernel: float = 0
    sync_without: list[float] = field(default_factory=list)
    sync_with: list[float] = field(default_factory=list)
    poke_team: list[float] = field(default_factory=list)
    poke_alone: list[float] = field(default_factory=list)
    unheard: int = 0

    def each(self, phones: int) -> str:
        """Tell how much the live process grew by each phone."""
        return self.after.each(self.before, phones) if self.before and self.after else "-"


def measure(database: str, phones: int, rounds: int, seconds: float) -> Measured:
    """Alternate rounds without and with the phones."""
    found = Measured()
    with place(database) as at, at.kith("live") as (server, programme):
        held = programme.enrol([(f"held-{number:05}", _team(number, phones)) for number in range(phones)])
        live = process_of(programme.home)
        with crowd(server.port, [one.token for one in held[:WARM]]):
            pass  # what the first phones make it load is no phone's memory
        found.before = memory(live)
        for number in range(rounds):
            with _writing(server, programme, f"{number}-without", seconds) as (latencies, _):
                pass
            found.sync_without += latencies
            bare = kernel_bytes()
            with crowd(server.port, [one.token for one in held]) as all_:
                found.opened_s.append(all_.opened_s)
                found.after, found.kernel = memory(live), kernel_bytes() - bare
                _with_phones(server, programme, held, all_, f"{number}-with", seconds, found)
    return found


def _with_phones(
    server: Serving,
    programme: Programme,
    held: Sequence[Enrolled],
    all_: Crowd,
    name: str,
    seconds: float,
    found: Measured,
) -> None:
    all_.arrivals()
    with _writing(server, programme, name, seconds) as (latencies, marks):
        pass
    time.sleep(2)  # for pokes that are still spread
    found.sync_with += latencies
    heard: dict[str, list[tuple[float, int, int]]] = {}
    for arrival in all_.arrivals():
        heard.setdefault(held[arrival[1]].team, []).append(arrival)
    for head, (committed_at, team) in marks.at.items():
        size = sum(one.team == team for one in held)
        first: dict[int, float] = {}
        for moment, number, told in heard.get(team, ()):
            if told >= head and moment >= committed_at:
                first.setdefault(number, (moment - committed_at) * 1000)
        (found.poke_alone if size == 1 else found.poke_team).extend(first.values())
        found.unheard += size - len(first)


@contextmanager
def _writing(server: Serving, programme: Programme, name: str, seconds: float) -> Iterator[tuple[list[float], Marks]]:
    """Let writers sync over HTTP and commits be followed for some seconds; gives what syncs took, and the commits."""
    marks, ends = Marks(), time.monotonic() + seconds
    writers = programme.enrol([(f"writer-{name}-{number}", f"team-{number:03}") for number in range(WRITERS)])
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        jobs = [
            pool.submit(_sync_until, ends, Phone(Line(server.port), one.id, one.team, headers=one.headers))
            for one in writers
        ]
        follow = pool.submit(_mark_until, ends, programme, marks)
        latencies = [latency for job in jobs for latency in job.result()]
        follow.result()
    yield latencies, marks


def _sync_until(ends: float, phone: Phone) -> list[float]:
    """Push one record and pull, again and again; give how long each took, in milliseconds."""
    cursor, found = None, []
    while time.monotonic() < ends:
        body = {"push": orjson.loads(phone.body(1)), "pull": {"cursor": cursor, "limit": 500}}
        asked = request("POST", "/v1/sync", orjson.dumps(body), phone.headers)
        began = time.monotonic()
        answer = phone.line.expect(asked).json()
        found.append((time.monotonic() - began) * 1000)
        cursor = answer["pull"]["cursor"]
        time.sleep(PAUSE_S)
    return found[1:]  # the first pull takes all that others wrote before


def _mark_until(ends: float, programme: Programme, marks: Marks) -> None:
    """Write one record in a team after another through the door, noting the moment of each commit."""
    settings = settings_from({"KITH_HOME": str(programme.home), "KITH_DATABASE_URL": programme.url})
    tell = poke_for(programme.engine, settings)
    team = ""

    def noted(tenant: str, seq: int, scopes: frozenset[str], by: str = "") -> None:
        marks.at[seq] = time.monotonic(), team
        tell(tenant, seq, scopes, by)

    services = make_services(settings, programme.engine, store=SqlStore(programme.engine, noted))
    door = Door(services.store, programme.tenant, services.rules, services.validate, services.now)
    number = 0
    while time.monotonic() < ends:
        team = f"team-{WRITERS + number // 2 % 50:03}" if number % 2 else f"alone-{number // 2 % ALONE:03}"
        door.write([Put("person", uuid7(), person(team, number))])
        number += 1
        time.sleep(MARK_S)


def _team(number: int, phones: int) -> str:
    return f"alone-{number:03}" if number < min(ALONE, phones) else f"team-{(number - ALONE) // TEAM:03}"


def off_the_shelf(phones: int, home: Path) -> tuple[Memory, Memory, float]:
    """Hold as many streams with gunicorn's ASGI worker, which does nothing else."""
    port = free_port()
    told = f"""-m gunicorn -k asgi -w 1 benchmarks.support.asgi_stream:app --bind 127.0.0.1:{port} --no-control-socket
        --worker-connections 100000 --log-level warning --timeout 600"""
    command = [sys.executable, *told.split()]
    with running(command, {"PATH": "/usr/bin:/bin"}, port, "/healthz", home / "asgi.log") as pid:
        worker = int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
        before = memory(worker)
        with crowd(port, ["none"] * phones) as all_:
            return before, memory(worker), all_.opened_s


def table(found: Mapping[str, Measured], phones: int) -> list[str]:
    """Write a line for each figure and a column for each database."""
    lines = {
        "let in after": [f"{median(one.opened_s):.1f} s" for one in found.values()],
        "live process, RSS": [f"{one.after.rss / 2**20:,.0f} MB" for one in found.values() if one.after],
        "each phone, RSS / PSS": [one.each(phones) for one in found.values()],
        "each phone, in the kernel": [f"{one.kernel / phones / 2048:.1f} kB" for one in found.values()],
        "poke, lone phone": [_two(one.poke_alone) for one in found.values()],
        f"poke, team of {TEAM}": [_two(one.poke_team) for one in found.values()],
        "unheard": [str(one.unheard) for one in found.values()],
        "sync without phones": [_two(one.sync_without) for one in found.values()],
        "sync with phones": [_two(one.sync_with) for one in found.values()],
        "with ÷ without, p50": [f"{median(one.sync_with) / median(one.sync_without):.2f}" for one in found.values()],
    }
    head = [f"| | {' | '.join(found)} |", f"|---|{'---:|' * len(found)}"]
    return head + [f"| {name} | {' | '.join(cells)} |" for name, cells in lines.items()]


def _two(values: Sequence[float]) -> str:
    ordered = sorted(values)
    return (
        f"{median(ordered):,.0f} / {ordered[int(len(ordered) * 0.95)]:,.0f} ms of {len(ordered):,}" if ordered else "-"
    )


def heading(phones: int, rounds: int, shelf: tuple[Memory, Memory, float]) -> list[str]:
    """Say what the table shows."""
    before, after, opened_s = shelf
    told = f"""{phones:,} phones hold a stream of pokes through the API's own port while {WRITERS} writers sync over
        HTTP and further commits go through the door; all of it, the phones too, on this machine. Memory: of the
        live process, and for each phone its growth; in the kernel: growth of the system's socket objects and
        buffers, halved, as both ends are here. Pokes: from the commit to the phone, p50 / p95 of how many. A
        lone phone shows the bare path; a team of {TEAM} hears within the {TEAM * 2} ms over which its pulls are
        spread, and a phone hears at most once a second. Unheard: pokes that never came. Sync: a push of one
        record and a pull in one round trip, p50 / p95. Baselines: the same syncs without the phones, in
        {rounds} alternating rounds; and for memory gunicorn's own ASGI worker holding as many streams and doing
        nothing else: {after.each(before, phones)} each (RSS / PSS), let in after {opened_s:.1f} s."""
    return [*prose("Thousands of phones that listen", told), ""]


def main() -> None:
    """Measure both databases and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=7_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--quick", action="store_true", help="500 phones, one short round: only to see that it runs")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.phones, chosen.rounds, chosen.seconds = 500, 1, 3
    with place("sqlite full") as at:
        shelf = off_the_shelf(chosen.phones, at.home)
    lines = heading(chosen.phones, chosen.rounds, shelf)
    found = {
        database: measure(database, chosen.phones, chosen.rounds, chosen.seconds)
        for database in chosen.database or DATABASES
    }
    lines += table(found, chosen.phones)
    keep("sync/live", lines, printed_only=chosen.quick)


if __name__ == "__main__":
    main()
