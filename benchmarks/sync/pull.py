"""The first pull: `python benchmarks/sync/pull.py [--quick]`.

Promise measured: everything that a new device may hold, in pages, filtered by its grants, in the order of the feed,
beside a bare select on the same stack and beside the servers that people would pick instead.
"""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.contest import Job, arguments, hold
from benchmarks.support.figures import prose
from benchmarks.support.phones import PAGE, pull_seconds
from benchmarks.support.records import size
from benchmarks.support.servers import THREADS, WORKERS
from benchmarks.support.sides import Side


def pulling(rows: int) -> Job:
    """Take everything from the beginning; each client is a new device."""

    def job(side: Side, clients: int) -> Callable[[], tuple[int, float]]:
        readers = side.readers(clients)
        return lambda: (clients * rows, pull_seconds(readers, rows))

    return job


def heading(rounds: int, rows: int) -> list[str]:
    """Say what the table shows."""
    return prose(
        f"A first pull of {rows:,}",
        f"""Records a second over all clients: the median of {rounds} alternating rounds (lowest to highest). Every
        client is a new device that takes {rows:,} records of 15 fields and {size()} bytes, in pages of {PAGE}, one
        after the other. Floor: the same Flask, SQLAlchemy Core, engine and gunicorn ({WORKERS} workers × {THREADS}
        threads) doing a bare select in order of the primary key; its column is the median of the ratios round by
        round. Peers: medians divided. CPU: processor time of the web processes, in microseconds a record. Clients
        share the machine with the servers. Decision 15 says how each is set up.""",
    )


def main() -> None:
    """Measure all that take part, and keep the table."""
    chosen = arguments(__doc__, ("sqlite normal", "postgresql"))  # how SQLite syncs means nothing to a reader
    hold("sync/pull", heading(chosen.rounds, chosen.rows), pulling(chosen.rows), chosen, filled=chosen.rows)


if __name__ == "__main__":
    main()
