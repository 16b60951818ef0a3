"""Push and pull over real HTTP, beside the floor: `python benchmarks/sync_http.py [--rounds 5] [--clients 4]`.

Promise measured: what Kith's merging, scopes, feed and receipts cost over a bare upsert and a bare select on the same
stack. Both servers run under gunicorn with two workers of four threads; rounds alternate, so that a busy moment of the
machine falls on both; every push is on disk before it is answered (SQLite synchronous=FULL, PostgreSQL fsync on).
"""

import argparse
import secrets
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that the script runs from anywhere

from benchmarks.support.clients import BATCH, PAGE, Phone, person, pull_rate, push_rate, sign_in
from benchmarks.support.figures import keep, median, ratios, spread
from benchmarks.support.postgres import new_database, postgres
from benchmarks.support.servers import THREADS, WORKERS, Serving, add_account, floor_server, kith_server

Rates = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Side:
    """Kith or the floor: its server and the phones that use it."""

    name: str
    server: Serving
    phones: list[Phone]

    def measure(self, what: str, records: int, job: Callable[[], float], rates: Rates) -> None:
        """Do a job; keep its records a second, and the server's processor time in microseconds a record."""
        before = self.server.cpu_s()
        rates.setdefault(f"{what} {self.name}", []).append(job())
        rates.setdefault(f"{what} {self.name} cpu", []).append((self.server.cpu_s() - before) / records * 1e6)


def measure(database: str, clients: int, rounds: int, batches: int, rows: int) -> Rates:
    """Measure one database: Kith and the floor, push and pull, round by round."""
    rates: Rates = {}
    with ExitStack() as stack:
        sides = _sides(database, clients, stack)
        for side in sides:
            push_rate(side.phones, -(-rows // (BATCH * clients)))  # warms up, and leaves enough to pull
        for _ in range(rounds):
            for side in sides:
                side.measure("push", clients * batches * BATCH, partial(push_rate, side.phones, batches), rates)
            for side in sides:
                side.measure("pull", clients * rows, partial(pull_rate, side.phones, rows), rates)
    return rates


def _sides(database: str, clients: int, stack: ExitStack) -> tuple[Side, Side]:
    home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kith-bench-")))
    urls = [f"sqlite:///{home / name}.db" for name in ("floor", "kith")]
    if database == "postgresql":
        port = stack.enter_context(postgres())
        urls = [new_database(port, name) for name in ("floor", "kith")]
    at_floor = stack.enter_context(floor_server(home, urls[0]))
    at_kith = stack.enter_context(kith_server(home, urls[1]))
    password = secrets.token_urlsafe(18)
    add_account(home, urls[1], "bench", password, "bench", "team")
    floors = [Phone(at_floor.port, f"floor{number}", "team", ("/push", "/pull")) for number in range(clients)]
    kiths = [_signed_in(at_kith.port, f"phone{number}", password) for number in range(clients)]
    return Side("floor", at_floor, floors), Side("kith", at_kith, kiths)


def _signed_in(port: int, device: str, password: str) -> Phone:
    headers = sign_in(port, "bench", password, device)
    return Phone(port, device, "team", ("/v1/sync/push", "/v1/sync/pull"), headers)


def heading(rounds: int) -> list[str]:
    """Say what the table shows."""
    size = len(orjson.dumps(person("team", 1)))
    return [
        "# Push and pull over HTTP",
        "",
        f"Records a second over all clients: the median of {rounds} alternating rounds (lowest to highest), and Kith's",
        f"share of the floor. A push carries {BATCH} new records of 15 fields and {size} bytes; a pull starts from",
        f"nothing and takes pages of {PAGE}. Floor: the same Flask, SQLAlchemy Core, engine and gunicorn",
        f"({WORKERS} workers × {THREADS} threads) doing a bare upsert or a bare select. Every push is on disk before",
        "it is answered. Clients share the machine with the server. CPU: processor time of the web processes, in",
        "microseconds a record, which a busy machine blurs least.",
        "",
        "| database | clients | what | floor | Kith | Kith ÷ floor | CPU floor | CPU Kith |",
        "|---|---:|---|---:|---:|---:|---:|---:|",
    ]


def row(start: str, what: str, rates: Rates) -> str:
    """Write one line of the table."""
    floor, ours = rates[f"{what} floor"], rates[f"{what} kith"]
    cpu = " | ".join(f"{median(rates[f'{what} {side} cpu']):,.0f}" for side in ("floor", "kith"))
    return f"| {start} | {spread(floor)} | {spread(ours)} | {ratios(ours, floor)} | {cpu} |"


def main() -> None:
    """Measure both databases with one client and with several, and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--batches", type=int, default=10, help="pushed by each client in a round")
    parser.add_argument("--rows", type=int, default=4000, help="pulled by each client in a round")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    chosen = parser.parse_args()
    lines = heading(chosen.rounds)
    for database in chosen.database or ("sqlite", "postgresql"):
        for clients in sorted({1, chosen.clients}):
            rates = measure(database, clients, chosen.rounds, chosen.batches, chosen.rows)
            lines += [row(f"{database} | {clients} | {what}", what, rates) for what in ("push", "pull")]
    keep("sync_http", lines)


if __name__ == "__main__":
    main()
