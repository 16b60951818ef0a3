"""Rows that a reader misses behind many writers: `python benchmarks/sync/skip.py [--quick]`.

Promise measured: a phone that follows the feed gets everything that was acknowledged, whatever commits when.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

import orjson

from benchmarks.support.chase import Chase, Follower, Writer, chase
from benchmarks.support.figures import keep, prose
from benchmarks.support.kinto import KintoClient, kinto
from benchmarks.support.line import Line, request
from benchmarks.support.phones import Phone
from benchmarks.support.programme import Programme
from benchmarks.support.sides import place

WRITERS = 16
#: Records in a batch: what Kinto takes unless it is told otherwise.
BATCH = 25


@dataclass(slots=True)
class PhoneWriter:
    """A phone that pushes new records."""

    phone: Phone

    def write(self) -> Sequence[str]:
        """Push a batch; give the ids that were applied."""
        body = self.phone.body(BATCH)
        self.phone.push(request("POST", self.phone.paths[0], body, self.phone.headers))
        return [each["id"] for each in orjson.loads(body)["mutations"]]


@dataclass(slots=True)
class KintoWriter:
    """A client of Kinto that creates new records in batches."""

    client: KintoClient

    def write(self) -> Sequence[str]:
        """Send a batch; give the ids that were created: under load Kinto turns some away."""
        answer = self.client.line.ask(self.client.asking(self.client.body(BATCH)))
        if answer.status != 200:
            return []
        return [each["body"]["data"]["id"] for each in answer.json()["responses"] if each["status"] == 201]


@dataclass(frozen=True, slots=True)
class Pair:
    """The writers of a chase and whom they run from."""

    writers: Sequence[Writer]
    reader: Follower


def kith_pair(programme: Programme, port: int, number: int) -> Pair:
    """Let 16 phones of one team write, and a colleague's read."""
    names = [(f"phone-{number}-{each}", f"team-{number}") for each in range(WRITERS + 1)]
    phones = [Phone(Line(port), one.id, one.team, headers=one.headers) for one in programme.enrol(names)]

    def ask(cursor: str | None) -> tuple[str, list[str]]:
        page = phones[-1].page(cursor)
        return page["cursor"], [row["i"] for row in page["rows"]]

    return Pair([PhoneWriter(phone) for phone in phones[:-1]], Follower(ask, None))


def kinto_pair(clients: Sequence[KintoClient]) -> Pair:
    """Let 16 clients write to one collection, and another read what has changed since the last timestamp."""
    collection = clients[0].collection
    shared = [KintoClient(client.line, collection) for client in clients]
    return Pair([KintoWriter(client) for client in shared[:-1]], Follower(shared[-1].since, 0))


def run(name: str, pair: Callable[[int], Pair], batches: int, rounds: int) -> str:
    """Chase so many times; write the line of the table."""
    came = []
    for number in range(rounds):
        at = pair(number)
        came.append(chase(at.writers, at.reader, batches))
    total, skipped = (
        sum(map(count, came)) for count in (lambda each: len(each.acknowledged), lambda each: each.skipped)
    )
    asked = sum(each.asked for each in came)
    return f"| {name} | {total:,} | {asked:,} | {skipped:,} | {_share(came)} |"


def _share(came: Sequence[Chase]) -> str:
    shares = [each.skipped / len(each.acknowledged) * 100 for each in came]
    return f"{min(shares):.1f} to {max(shares):.1f} %"


def main() -> None:
    """Chase on both databases and at Kinto, and keep the table; ends with 1 when Kith skipped a row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short chase, no Kinto, nothing kept")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--database", choices=("sqlite normal", "postgresql"), action="append")
    chosen = parser.parse_args()
    databases = chosen.database or ("sqlite normal", "postgresql")
    rounds, batches = chosen.rounds or (1 if chosen.quick else 5), 4 if chosen.quick else 16
    lines = heading(batches, rounds)
    ours = [kith_line(database, batches, rounds) for database in databases]
    lines += ours
    if not chosen.quick:
        with kinto(0) as (side,):
            lines.append(run(side.name, lambda _: kinto_pair(side.writers(WRITERS + 1)), at_kinto(batches), rounds))
    keep("sync/skip", lines, printed_only=chosen.quick)
    sys.exit(any("| 0 | 0.0 to 0.0 %" not in line for line in ours))


def heading(batches: int, rounds: int) -> list[str]:
    """Say what the table shows."""
    lines = prose(
        "Rows skipped",
        f"""{WRITERS} writers create records in batches of {BATCH}, {batches} each (Kinto: {at_kinto(batches)}), as fast
        as the server takes them, while a reader asks without a pause for what is new since its last answer: Kith by
        its cursor, Kinto by _since and the collection's timestamp. When the writers are done the reader goes on until
        it has asked twice for nothing new. Skipped: acknowledged, and never read. {rounds} rounds.""",
    )
    columns = "| server | acknowledged | reads meanwhile | skipped | share in a round |"
    return [*lines, "", columns, "|---|---:|---:|---:|---:|"]


def at_kinto(batches: int) -> int:
    """Give fewer batches to the slower server."""
    return max(1, batches // 4)


def kith_line(database: str, batches: int, rounds: int) -> str:
    """Chase at Kith on one kind of database."""
    with place(database) as at, at.kith("kith") as (server, programme):
        return run(f"Kith, {database}", lambda each: kith_pair(programme, server.port, each), batches, rounds)


if __name__ == "__main__":
    main()
