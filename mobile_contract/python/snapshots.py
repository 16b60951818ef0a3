"""Begin: take scopes whole, as snapshots that the server has packed.

What has arrived is kept, so that a signal that breaks off costs nothing; the pull that follows names the snapshots and
goes on from there. Until that pull's cursor is stored nothing vouches for what was loaded: `scopes.give_up` undoes it.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import httpx

from mobile_contract.python import scopes
from mobile_contract.python.holding import Holding, Loading, Values
from mobile_contract.python.network import Files
from mobile_contract.python.stages import take_row
from mobile_contract.python.transport import ProblemError
from mobile_contract.version import CURRENT

#: Bytes kept at a time while a snapshot arrives, and records taken in at a time.
_PIECE_BYTES = 32 * 1024
_SLICE_ROWS = 200
#: The longest list of scopes that an address may carry.
_LONGEST_LIST = 8_000
#: How a server says that it has no such snapshot, or none at all.
_GONE = {404, 405, 410, 416}
#: A gzip member.
_GZIP = 16 + zlib.MAX_WBITS


class UselessError(Exception):
    """This snapshot cannot be used; the scope is pulled row by row."""


@dataclass(slots=True)
class Taking:
    """One phone that begins scopes. ask : a signed GET. opens : a signed file. epoch : as the manifest says.

    kept : called when the holding may be written to disk. resumed : how often a file went on after it broke off.
    """

    holding: Holding
    ask: Callable[[str], Any]
    opens: Files
    kept: Callable[[str], None]
    epoch: str
    resumed: int = 0

    def take(self, wanted: Sequence[str]) -> None:
        """Take a snapshot of each of these scopes that has one.

        Raises what the network raises when it breaks off and a new try brings nothing; go on later with the same.
        """
        scopes.give_up(self.holding, set(self.holding.loading) - set(wanted))
        self._note_offers([scope for scope in wanted if scope not in self.holding.loading])
        for scope, loading in list(self.holding.loading.items()):
            if not loading.loaded:
                self._take_one(scope, loading)

    def _note_offers(self, missing: list[str]) -> None:
        if not missing:
            return
        for offer in self._offers(missing):
            if offer["scope"] in missing and offer["schema"] <= CURRENT:
                self.holding.loading[offer["scope"]] = Loading(offer["sha256"], offer["bytes"])
        self.kept("offered")

    def _offers(self, missing: list[str]) -> list[Values]:
        named = ",".join(missing)
        query = "" if len(named) > _LONGEST_LIST else f"?scopes={named}"
        try:
            found: list[Values] = self.ask(f"/v1/sync/snapshots{query}")["snapshots"]
        except ProblemError as error:
            if error.status not in _GONE:
                raise
            return []
        return found

    def _take_one(self, scope: str, loading: Loading) -> None:
        try:
            self._fetch(loading)
            self._load(scope, loading)
        except (UselessError, zlib.error, ProblemError) as error:
            if isinstance(error, ProblemError) and error.status not in _GONE:
                raise
            scopes.give_up(self.holding, [scope])
            self.kept("given-up")

    def _fetch(self, loading: Loading) -> None:
        """Take the rest of a file, again and again while each try brings something."""
        while (at := self._arrived(loading)) < loading.bytes:
            try:
                self._fetch_rest(loading, at)
            except (OSError, httpx.TransportError):
                if self._arrived(loading) <= at:
                    raise
                self.resumed += 1
            if self._arrived(loading) <= at:
                raise ConnectionError("a snapshot ended early")
        if hashlib.sha256(b"".join(self._pieces(loading))).hexdigest() != loading.sha256:
            raise UselessError("a snapshot is not what its name says")

    def _fetch_rest(self, loading: Loading, at: int) -> None:
        more = {"range": f"bytes={at}-", "if-range": f'"{loading.sha256}"'} if at else {}
        with self.opens(f"/v1/sync/snapshots/{loading.sha256}", more) as answer:
            if (answer.status_code == httpx.codes.PARTIAL_CONTENT) != bool(at):
                raise UselessError(f"a snapshot answers {answer.status_code}")
            self._keep(loading, answer.iter_raw())

    def _keep(self, loading: Loading, arriving: Iterable[bytes]) -> None:
        waiting = bytearray()
        try:
            for piece in arriving:
                waiting += piece
                if len(waiting) >= _PIECE_BYTES:
                    self._keep_piece(loading, waiting)
        finally:
            self._keep_piece(loading, waiting)

    def _keep_piece(self, loading: Loading, waiting: bytearray) -> None:
        if waiting:
            self.holding.parts[loading.sha256] = (*self._pieces(loading), bytes(waiting))
            waiting.clear()
            self.kept("arrived")

    def _pieces(self, loading: Loading) -> tuple[bytes, ...]:
        return self.holding.parts.get(loading.sha256, ())

    def _arrived(self, loading: Loading) -> int:
        return sum(map(len, self._pieces(loading)))

    def _load(self, scope: str, loading: Loading) -> None:
        """Take the records in, some at a time; a phone that dies here begins this part again, which does no harm."""
        lines = _lines(self._pieces(loading))
        header = json.loads(next(lines, b"{}"))
        self._check(scope, header)
        digest, rows = hashlib.sha256(), 0
        while some := list(islice(lines, _SLICE_ROWS)):
            for line in some:
                digest.update(line + b"\n")
                take_row(self.holding, json.loads(line))
            rows += len(some)
            self.kept("slice")
        if (rows, digest.hexdigest()) != (header["rows"], header["checksum"]):
            raise UselessError("a snapshot does not hold what it says")
        self.holding.loading[scope] = replace(loading, loaded=True)
        self.holding.parts.pop(loading.sha256, None)
        self.kept("loaded")

    def _check(self, scope: str, header: Values) -> None:
        tenant = (self.holding.session or {}).get("tenant")
        expected = {"scope": scope, "epoch": self.epoch, "tenant": tenant}
        for name, value in expected.items():
            if header.get(name) != value:
                raise UselessError(f"a snapshot is of another {name}")


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack a gzip file that lies in pieces, and give its lines one at a time."""
    unpacking, rest = zlib.decompressobj(_GZIP), b""
    for piece in pieces:
        *lines, rest = (rest + unpacking.decompress(piece)).split(b"\n")
        yield from lines
    if rest:
        yield rest
