"""Clients of Kith and of the floor: pushes written beforehand, answers checked, pages counted."""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson

from benchmarks.support.line import Line, request
from benchmarks.support.records import person, uuid7
from mobile_contract.version import CURRENT

BATCH, PAGE = 100, 500
#: More than 500 documents weigh, so that the number of rows alone ends a page.
PAGE_BYTES = 4 * 1024 * 1024


class Client(Protocol):
    """Somebody who pushes batches and pulls everything, at whichever server."""

    def batches(self, count: int) -> list[bytes]:
        """Write the requests of `count` pushes of 100 new records."""

    def push(self, asked: bytes) -> None:
        """Send one; SystemExit unless all of it was taken."""

    def pull(self, rows: int) -> None:
        """Take `rows` records from the beginning; SystemExit when there are fewer."""


@dataclass(slots=True)
class Phone:
    """A client of Kith or of the floor. paths : of push and pull. lseq : of the last mutation made."""

    line: Line
    device: str
    team: str
    paths: tuple[str, str] = ("/v1/sync/push", "/v1/sync/pull")
    headers: Mapping[str, str] = field(default_factory=dict)
    lseq: int = 0

    def batches(self, count: int) -> list[bytes]:
        """Write the requests of `count` pushes of 100 new records."""
        return [request("POST", self.paths[0], self.body(BATCH), self.headers) for _ in range(count)]

    def push(self, asked: bytes) -> None:
        """Send one; SystemExit unless all of it was applied (the floor tells no more than that it was taken)."""
        answer = self.line.expect(asked).json()
        if any(each["outcome"] != "applied" for each in answer.get("results", ())):
            raise SystemExit(f"a push was not applied: {answer}"[:600])

    def pull(self, rows: int) -> None:
        """Take `rows` records from the beginning."""
        cursor, taken = None, 0
        while taken < rows:
            answer = self.page(cursor)
            if not answer["rows"]:
                raise SystemExit(f"the feed ended after {taken} of {rows} rows")
            cursor, taken = answer["cursor"], taken + len(answer["rows"])

    def page(self, cursor: str | None, limit: int = PAGE) -> dict[str, Any]:
        """Take one page."""
        answer: dict[str, Any] = self.line.expect(self.asking(cursor, limit)).json()
        return answer

    def asking(self, cursor: str | None, limit: int = PAGE) -> bytes:
        """Write the request of a page."""
        asked = {"cursor": cursor, "limit": limit, "max_bytes": PAGE_BYTES, "schema": CURRENT}
        return request("POST", self.paths[1], orjson.dumps(asked), self.headers)

    def body(self, count: int) -> bytes:
        """Write the body of a push of `count` new records."""
        sent = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        mutations = [self.mutation() for _ in range(count)]
        return orjson.dumps({"device": self.device, "sent_at": sent, "schema": CURRENT, "mutations": mutations})

    def mutation(self) -> dict[str, Any]:
        """Make the creation of a new record."""
        self.lseq += 1
        return {
            "mid": uuid7(),
            "lseq": self.lseq,
            "kind": "person",
            "id": uuid7(),
            "op": "create",
            "base": 0,
            "set": person(self.team, self.lseq),
            "hlc": f"{time.time_ns() // 1_000_000:013}-0000-{self.device}",
            "command": None,
        }


def floor_phone(port: int) -> Phone:
    """Make a client of the floor: the same bodies, no sign-in."""
    return Phone(Line(port), f"floor-{secrets.token_hex(4)}", "team", ("/push", "/pull"))


def push_seconds(written: Sequence[Sequence[bytes]], clients: Sequence[Client]) -> float:
    """Let all push what was written for them at once; give how long it took."""
    return seconds([_pushing(client, own) for client, own in zip(clients, written, strict=True)])


def pull_seconds(clients: Sequence[Client], rows: int) -> float:
    """Let all pull from the beginning at once; give how long it took."""
    return seconds([_pulling(client, rows) for client in clients])


def seconds(jobs: Sequence[Callable[[], None]]) -> float:
    """Do all at once, a thread each; give how long it took."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        began = time.perf_counter()
        for done in [pool.submit(job) for job in jobs]:
            done.result()
        return time.perf_counter() - began


def _pushing(client: Client, written: Sequence[bytes]) -> Callable[[], None]:
    def job() -> None:
        for asked in written:
            client.push(asked)

    return job


def _pulling(client: Client, rows: int) -> Callable[[], None]:
    return lambda: client.pull(rows)
