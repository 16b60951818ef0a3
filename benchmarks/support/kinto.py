"""Kinto 26.5 on PostgreSQL: a sync server in Python that people would pick, set up as its documentation says."""

import itertools
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import create_engine, text

from benchmarks.support.line import Line, request
from benchmarks.support.peers import PEERS, peer_environment, python_peer, run_peer
from benchmarks.support.phones import BATCH, PAGE
from benchmarks.support.postgres import free_port, new_database, postgres
from benchmarks.support.records import person, uuid7
from benchmarks.support.servers import THREADS, WORKERS, Serving, running
from benchmarks.support.sides import Side

_HEADERS: Final = {"Authorization": "Basic " + b64encode(b"bench:bench").decode()}
#: How often it may answer that it has gone wrong before the benchmark believes it.
_PATIENCE: Final = 20
_BUCKET: Final = "/v1/buckets/bench"


@dataclass(slots=True)
class KintoClient:
    """Somebody who writes to a collection in batches and reads it in pages."""

    line: Line
    collection: str
    made: int = 0

    @property
    def records(self) -> str:
        """Give the address of the collection's records."""
        return f"{_BUCKET}/collections/{self.collection}/records"

    def batches(self, count: int) -> list[bytes]:
        """Write the requests of `count` batches of 100 new records."""
        return [self.asking(self.body(BATCH)) for _ in range(count)]

    @staticmethod
    def asking(body: bytes) -> bytes:
        """Write the request of a batch."""
        return request("POST", "/v1/batch", body, _HEADERS)

    def push(self, asked: bytes) -> None:
        """Send one; SystemExit unless all of it was created."""
        answer = self.line.expect(asked).json()
        if any(each["status"] != 201 for each in answer["responses"]):
            raise SystemExit(f"a batch was not taken: {answer['responses'][0]}")

    def pull(self, rows: int) -> None:
        """Take `rows` records, following the pages as they are named."""
        path, taken = f"{self.records}?_limit={PAGE}", 0
        while taken < rows:
            if not path:
                raise SystemExit(f"the collection ended after {taken} of {rows} records")
            answer = self.line.expect(request("GET", path, headers=_HEADERS))
            taken += len(answer.json()["data"])
            path = "/" + answer.header("next-page").partition("://")[2].partition("/")[2]

    def since(self, timestamp: int) -> tuple[int, list[str]]:
        """Ask what has changed since a timestamp; give the collection's own timestamp and the ids.

        Under many writers it sometimes answers 5xx: then it is asked again, as a client of it would.
        """
        asked = request("GET", f"{self.records}?_since={timestamp}&_sort=last_modified", headers=_HEADERS)
        tries = (self.line.ask(asked) for _ in range(_PATIENCE))
        answer = next((one for one in tries if one.status == 200), None) or self.line.expect(asked)
        return int(answer.header("etag").strip('"')), [each["id"] for each in answer.json()["data"]]

    def body(self, count: int) -> bytes:
        """Write the body of a batch of new records."""
        defaults = {"method": "POST", "path": self.records.removeprefix("/v1")}
        made = [{"body": {"data": self._record()}} for _ in range(count)]
        return orjson.dumps({"defaults": defaults, "requests": made})

    def _record(self) -> dict[str, Any]:
        self.made += 1
        return {"id": uuid7(), **person("team", self.made)}


@contextmanager
def kinto(filled: int) -> Iterator[list[Side]]:
    """Serve Kinto under gunicorn with as many workers and threads as we have, on a PostgreSQL with fsync."""
    python = python_peer("kinto")
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kith-bench-")))
        url = new_database(stack.enter_context(postgres()), "kinto").replace("+psycopg", "")
        settings = home / "kinto.ini"
        settings.write_text((PEERS / "kinto" / "kinto.ini").read_text().replace("DATABASE", url))
        server = stack.enter_context(_served(python, settings, home / "kinto.log"))
        numbers = itertools.count()
        line = Line(server.port)
        line.expect(request("PUT", _BUCKET, b"{}", _HEADERS), 201)
        _fill(line, url, filled)

        def writers(count: int) -> list[KintoClient]:
            return [_client(server.port, f"c{number}") for number in itertools.islice(numbers, count)]

        def readers(count: int) -> list[KintoClient]:
            return [KintoClient(Line(server.port), "filled") for _ in range(count)]

        yield [Side("Kinto, postgresql", server, writers, readers)]


@contextmanager
def _served(python: Path, settings: Path, log: Path) -> Iterator[Serving]:
    port = free_port()
    command = [str(python), "-m", "gunicorn", "--paste", str(settings), "--bind", f"127.0.0.1:{port}",
               "--workers", str(WORKERS), "--threads", str(THREADS), "--worker-class", "gthread", "--keep-alive", "30",
               "--log-level", "warning", "--no-control-socket"]  # fmt: skip
    migrate = f"from kinto.__main__ import main; main(['migrate', '--ini', {str(settings)!r}])"
    run_peer([python, "-c", migrate])
    with running(command, peer_environment(), port, "/v1/", log) as pid:
        yield Serving(port, pid)


def _client(port: int, collection: str) -> KintoClient:
    client = KintoClient(Line(port), collection)
    client.line.expect(request("PUT", f"{_BUCKET}/collections/{collection}", b"{}", _HEADERS), 201)
    return client


def _fill(line: Line, url: str, rows: int) -> None:
    """Push a batch, and let the database copy its records under other ids until there are `rows`."""
    client = KintoClient(line, "filled")
    line.expect(request("PUT", f"{_BUCKET}/collections/filled", b"{}", _HEADERS), 201)
    if not rows:
        return
    client.push(client.batches(1)[0])
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text(_COPY), {"copies": -(-rows // BATCH) - 1})
    engine.dispose()


_COPY: Final = """
INSERT INTO objects (id, parent_id, resource_name, data, deleted)
SELECT md5(id || copy)::uuid::text, parent_id, resource_name, data, deleted
FROM objects, generate_series(1, :copies) AS copy
WHERE resource_name = 'record' AND parent_id LIKE '%/filled'
"""
