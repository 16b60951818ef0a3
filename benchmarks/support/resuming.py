"""A phone's first sync by snapshots over a link that breaks off: what has arrived is never asked for again."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from benchmarks.support.line import Answer, Line, request
from mobile_contract.version import CURRENT

#: How often a request is tried over a link that breaks off.
_TRIES = 100


@dataclass(slots=True)
class Taking:
    """A first sync. resumed : how often it went on after a cut. records : by kind and id, (version, document)."""

    line: Line
    headers: Mapping[str, str]
    resumed: int = 0
    records: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)

    def sync(self) -> list[int]:
        """Take every snapshot and then what has changed since; give the sizes of the snapshots."""
        manifest = self._ask(request("GET", "/v1/sync/manifest", headers=self.headers)).json()
        listing = f"/v1/sync/snapshots?scopes={','.join(manifest['scopes'])}"
        snapshots = self._ask(request("GET", listing, headers=self.headers)).json()["snapshots"]
        for snapshot in snapshots:
            self._load(self._file(snapshot["sha256"], snapshot["bytes"]))
        self._rest([snapshot["sha256"] for snapshot in snapshots])
        return [snapshot["bytes"] for snapshot in snapshots]

    def _file(self, name: str, size: int) -> bytes:
        """Take a file, from where the last try ended; SystemExit when it is not what its name says."""
        taken = bytearray()
        for _ in range(_TRIES):
            more = {"Range": f"bytes={len(taken)}-", "If-Range": f'"{name}"'} if taken else {}
            asked = request("GET", f"/v1/sync/snapshots/{name}", headers={**self.headers, **more})
            try:
                answer = self.line.take(asked, taken)
            except (ConnectionError, EOFError):
                self.resumed += 1
                continue
            if answer.status != (206 if more else 200):
                raise SystemExit(f"a snapshot answers {answer.status}: {bytes(taken[-300:])!r}")
            break
        if len(taken) != size or hashlib.sha256(taken).hexdigest() != name:
            raise SystemExit("a snapshot is not what it was announced to be")
        return bytes(taken)

    def _load(self, file: bytes) -> None:
        head, _, rest = gzip.decompress(file).partition(b"\n")
        told = orjson.loads(head)
        if hashlib.sha256(rest).hexdigest() != told["checksum"]:
            raise SystemExit("a snapshot's checksum does not fit")
        for line in rest.splitlines():
            self._apply(orjson.loads(line))

    def _rest(self, names: list[str]) -> None:
        body: dict[str, Any] = {"cursor": None, "snapshots": names, "schema": CURRENT}
        while True:
            page = self._ask(request("POST", "/v1/sync/pull", orjson.dumps(body), self.headers)).json()
            for row in page["rows"]:
                self._apply(row)
            body = {"cursor": page["cursor"], "schema": CURRENT}
            if not page["more"]:
                return

    def _apply(self, row: Mapping[str, Any]) -> None:
        if row["op"] == "put":
            self.records[row["k"], row["i"]] = row["v"], row["d"]
        else:
            self.records.pop((row["k"], row["i"]), None)

    def _ask(self, asked: bytes) -> Answer:
        for _ in range(_TRIES):
            try:
                return self.line.expect(asked)
            except (ConnectionError, EOFError):
                self.resumed += 1
        raise SystemExit("the link breaks off every time")
