"""Pushing: `python benchmarks/sync/push.py [--quick]`.

Promise measured: a batch of 100 that is validated, authorised, merged, numbered, receipted and on disk, beside a bare
upsert on the same stack and beside the servers that people would pick instead.
"""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.contest import Job, arguments, hold
from benchmarks.support.figures import prose
from benchmarks.support.phones import BATCH, push_seconds
from benchmarks.support.records import size
from benchmarks.support.servers import THREADS, WORKERS
from benchmarks.support.sides import Side

#: Batches that a client pushes in a round at most: a device may hold 20,000 records, and every round has new devices.
MOST = 150


def pushing(seconds: float) -> Job:
    """Push for about so many seconds, after two batches that tell how much that is and warm everything up."""

    def job(side: Side, clients: int) -> Callable[[], tuple[int, float]]:
        writers = side.writers(clients)
        push_seconds([writer.batches(1) for writer in writers], writers)
        one = push_seconds([writer.batches(1) for writer in writers], writers)
        written = [writer.batches(max(1, min(MOST, round(seconds / one)))) for writer in writers]
        return lambda: (sum(map(len, written)) * BATCH, push_seconds(written, writers))

    return job


def heading(rounds: int, seconds: float) -> list[str]:
    """Say what the table shows."""
    return prose(
        "Pushing",
        f"""Records a second over all clients: the median of {rounds} alternating rounds of about {seconds:g} s (lowest
        to highest). A push carries {BATCH} new records of 15 fields and {size()} bytes. Kith validates, authorises,
        merges, numbers and receipts each of them. Floor: the same Flask, SQLAlchemy Core, engine and gunicorn
        ({WORKERS} workers × {THREADS} threads) doing one bare upsert of the batch on the same database; its column is
        the median of the ratios round by round. Peers: medians divided. CPU: processor time of the web processes, in
        microseconds a record. Clients share the machine with the servers. Decision 15 says how each is set up.""",
    )


def main() -> None:
    """Measure all that take part, and keep the table."""
    chosen = arguments(__doc__)
    hold("sync/push", heading(chosen.rounds, chosen.seconds), pushing(chosen.seconds), chosen)


if __name__ == "__main__":
    main()
