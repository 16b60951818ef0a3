"""express-pouchdb 4.2 on LevelDB: CouchDB's protocol in one Node process, which checks nothing and syncs no disk."""

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.support.line import Line, request
from benchmarks.support.peers import node_peer, peer_environment
from benchmarks.support.phones import BATCH, PAGE
from benchmarks.support.postgres import free_port
from benchmarks.support.records import person, uuid7
from benchmarks.support.servers import Serving, running
from benchmarks.support.sides import Side


@dataclass(slots=True)
class PouchClient:
    """Somebody who writes to a database in bulk and reads its changes in pages."""

    line: Line
    database: str
    made: int = 0

    def batches(self, count: int) -> list[bytes]:
        """Write the requests of `count` batches of 100 new records."""
        return [request("POST", f"/{self.database}/_bulk_docs", self._batch()) for _ in range(count)]

    def push(self, asked: bytes) -> None:
        """Send one; SystemExit unless all of it was taken."""
        answer = self.line.expect(asked, 201).json()
        if not all(each.get("ok") for each in answer):
            raise SystemExit(f"a batch was not taken: {answer[0]}")

    def pull(self, rows: int) -> None:
        """Take `rows` records in the order of the changes, with their documents."""
        since, taken = 0, 0
        while taken < rows:
            answer = self._changes(since, "&include_docs=true")
            since, taken = answer["last_seq"], taken + len(answer["results"])

    def _changes(self, since: int, more: str) -> dict[str, Any]:
        path = f"/{self.database}/_changes?limit={PAGE}&since={since}{more}"
        answer: dict[str, Any] = self.line.expect(request("GET", path)).json()
        if not answer["results"]:
            raise SystemExit(f"the changes of {self.database} ended at {since}")
        return answer

    def _batch(self) -> bytes:
        return orjson.dumps({"docs": [self._record() for _ in range(BATCH)]})

    def _record(self) -> dict[str, Any]:
        self.made += 1
        return {"_id": uuid7(), **person("team", self.made)}


class Replicating(PouchClient):
    """Somebody who reads as a PouchDB on a phone replicates: the changes, then their documents in bulk."""

    def pull(self, rows: int) -> None:
        """Take `rows` records."""
        since, taken = 0, 0
        while taken < rows:
            changed = self._changes(since, "&style=all_docs")
            wanted = [{"id": each["id"], "rev": rev["rev"]} for each in changed["results"] for rev in each["changes"]]
            asked = request("POST", f"/{self.database}/_bulk_get?revs=true&latest=true", orjson.dumps({"docs": wanted}))
            given = self.line.expect(asked).json()["results"]
            since, taken = changed["last_seq"], taken + len(given)


@contextmanager
def pouch(filled: int) -> Iterator[list[Side]]:
    """Serve express-pouchdb in one process, for LevelDB lets in no second; read in two ways when it was filled."""
    home = node_peer("pouch")
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kith-bench-")))
        port = free_port()
        command = ["node", str(home / "server.js"), str(data), str(port)]
        pid = stack.enter_context(running(command, peer_environment(), port, "/", data / "pouch.log"))
        _fill(_client(port, "filled"), filled)
        numbers = itertools.count()

        def writers(count: int) -> list[PouchClient]:
            return [_client(port, f"db{number}") for number in itertools.islice(numbers, count)]

        def readers(count: int) -> list[PouchClient]:
            return [PouchClient(Line(port), "filled") for _ in range(count)]

        def replicating(count: int) -> list[Replicating]:
            return [Replicating(Line(port), "filled") for _ in range(count)]

        server = Serving(port, pid)
        sides = [Side("express-pouchdb, leveldb", server, writers, readers)]
        yield [*sides, Side("express-pouchdb, replicating", server, writers, replicating)] if filled else sides


def _client(port: int, database: str) -> PouchClient:
    client = PouchClient(Line(port), database)
    client.line.expect(request("PUT", f"/{database}"), 201)
    return client


def _fill(client: PouchClient, rows: int) -> None:
    for asked in client.batches(-(-rows // BATCH)):
        client.push(asked)
