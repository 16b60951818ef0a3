"""A contest: everybody does the same job in alternating rounds, and Kith is set beside each of the others."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import partial

from benchmarks.support.figures import keep, median, quotient, ratios, spread
from benchmarks.support.kinto import kinto
from benchmarks.support.pouch import pouch
from benchmarks.support.sides import DATABASES, Side, alternate, both

#: Makes ready what a side does in a round with so many clients: that does it, and gives (records, seconds).
Job = Callable[[Side, int], Callable[[], tuple[int, float]]]
PEERS: Mapping[str, Callable[[int], AbstractContextManager[list[Side]]]] = {"Kinto": kinto, "express-pouchdb": pouch}


def arguments(about: str | None, databases: Sequence[str] = DATABASES) -> argparse.Namespace:
    """Read what a contest is told. seconds : how long a push lasts in a round, about. databases : unless named."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="Kith and the floor alone, 3 short rounds, nothing kept")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--rows", type=int, help="records of a first pull")
    parser.add_argument("--clients", type=int, action="append")
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--without-peers", action="store_true")
    chosen = parser.parse_args()
    quick = chosen.quick
    chosen.rounds = chosen.rounds or (3 if quick else 5)
    chosen.seconds = chosen.seconds or (0.5 if quick else 1.0)
    chosen.rows = chosen.rows or (5_000 if quick else 20_000)
    chosen.clients = chosen.clients or [1, 4]
    chosen.database = chosen.database or (["sqlite normal", "postgresql"] if quick else list(databases))
    chosen.without_peers = chosen.without_peers or quick
    return chosen


def hold(name: str, heading: Sequence[str], job: Job, chosen: argparse.Namespace, filled: int = 0) -> None:
    """Start everybody, let them do the job round by round, and keep the table. filled : records there beforehand."""
    with ExitStack() as stack:
        sides = [side for one in chosen.database for side in stack.enter_context(both(one, filled))]
        if not chosen.without_peers:
            sides += [side for peer in PEERS.values() for side in stack.enter_context(peer(filled))]
        lines = [*heading, "", *_COLUMNS]
        for clients in chosen.clients:
            rounds = _Rounds(job, clients)
            rates = alternate({side.name: partial(rounds.rate, side) for side in sides}, chosen.rounds)
            lines += [_row(side.name, clients, rates, rounds.cpu[side.name]) for side in sides]
    keep(name, lines, printed_only=chosen.quick)


@dataclass(slots=True)
class _Rounds:
    """Counts what each side's web processes use while they are measured. cpu : by side, microseconds a record."""

    job: Job
    clients: int
    cpu: dict[str, list[float]] = field(default_factory=dict)

    def rate(self, side: Side) -> float:
        act = self.job(side, self.clients)
        before = side.server.cpu_s()
        records, seconds = act()
        self.cpu.setdefault(side.name, []).append((side.server.cpu_s() - before) / records * 1e6)
        return records / seconds


_COLUMNS = (
    "| server | clients | records a second | ÷ floor | ÷ Kinto | ÷ express-pouchdb | CPU |",
    "|---|---:|---:|---:|---:|---:|---:|",
)


def _row(name: str, clients: int, rates: Mapping[str, list[float]], cpu: Sequence[float]) -> str:
    ours = rates[name]
    floor = rates.get(name.replace("Kith", "floor")) if name.startswith("Kith") else None
    beside = [ratios(ours, floor) if floor else ""]
    for peer in PEERS:
        theirs = next((rates[each] for each in rates if each.startswith(peer)), None)
        beside.append(quotient(ours, theirs) if theirs and name.startswith("Kith") else "")
    return f"| {name} | {clients} | {spread(ours)} | {' | '.join(beside)} | {median(cpu):,.0f} |"
