"""NOTIFY in the transaction, after it, or from a thread: `python benchmarks/sync/notify.py [--quick]`.

Promise measured: telling the live process of a commit costs a writer nothing. Baseline: the same commits without.
"""

import argparse
import queue
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, median, prose, ratios, spread
from benchmarks.support.postgres import new_database, postgres
from benchmarks.support.sides import alternate

WRITERS = 8
_ONE = "SELECT pg_notify('bench', %s)"
_MANY = "SELECT pg_notify('bench', word) FROM unnest(%s::text[]) AS word"
#: Where the word is said, and how it is told of.
WAYS = {"none": "no word", "inside": "in the transaction", "after": "after it", "thread": "from a thread"}

Tell = Callable[[str], None]


def commits(address: str, way: str, seconds: float, waits_ms: list[float]) -> float:
    """Let writers commit, each on a row of its own; give commits a second over all of them."""
    with ThreadPoolExecutor(WRITERS) as pool, _Thread(address) as thread:
        ends = time.perf_counter() + seconds
        jobs = [pool.submit(_write, address, way, number, ends, thread.tell) for number in range(WRITERS)]
        each = [job.result() for job in jobs]
    waits_ms.extend(wait for own in each for wait in own)
    return sum(map(len, each)) / seconds


def _write(address: str, way: str, number: int, ends: float, tell: Tell) -> list[float]:
    waits: list[float] = []
    with psycopg.connect(address) as writer, psycopg.connect(address, autocommit=True) as teller:
        while time.perf_counter() < ends:
            word, began = f"{number} {len(waits)}", time.perf_counter()
            with writer.transaction():
                writer.execute("UPDATE counter SET value = value + 1 WHERE id = %s", [number])
                if way == "inside":
                    writer.execute(_ONE, [word])
            if way == "after":
                teller.execute(_ONE, [word])
            if way == "thread":
                tell(word)
            waits.append((time.perf_counter() - began) * 1000)
    return waits


class _Thread:
    """Notifies for all that has gathered, without asking for a flush."""

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._connection.execute("SET synchronous_commit = off")
        self._words: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.tell: Tell = self._words.put

    def __enter__(self) -> "_Thread":
        self._thread = Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.tell("")
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        while word := self._words.get():
            words = [word]
            while not self._words.empty() and words[-1]:
                words.append(self._words.get())
            self._connection.execute(_MANY, [[one for one in words if one]])
            if not words[-1]:
                return


def main() -> None:
    """Measure all ways in turn and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--quick", action="store_true", help="one short round: only to see that it runs")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.rounds, chosen.seconds = 1, 1.0
    waits: dict[str, list[float]] = {way: [] for way in WAYS}
    with postgres() as port:
        address = new_database(port, "notify").replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE TABLE counter (id int PRIMARY KEY, value int)")
            connection.execute("INSERT INTO counter SELECT number, 0 FROM generate_series(0, %s) number", [WRITERS])
        rates = alternate(
            {way: (lambda way=way: commits(address, way, chosen.seconds, waits[way])) for way in WAYS}, chosen.rounds
        )
    told = f"""{WRITERS} writers on PostgreSQL (fsync) commit one small change after another and say a word of each by
        NOTIFY. Baseline: no word. {chosen.rounds} alternating rounds."""
    lines = [
        *prose("Saying a word of each commit", told),
        "",
        "| the word | commits/s | ÷ none | p50 |",
        "|---|---:|---:|---:|",
    ]
    for way, name in WAYS.items():
        lines.append(
            f"| {name} | {spread(rates[way])} | {ratios(rates[way], rates['none'])} | {median(waits[way]):.1f} ms |"
        )
    keep("sync/notify", lines, printed_only=chosen.quick)


if __name__ == "__main__":
    main()
