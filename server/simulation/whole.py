"""What phones that begin by snapshots and verify what they hold ask for, beside push and pull."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from server.api import encode
from server.simulation.model import CutError
from server.simulation.shelved import MemoryShelf
from server.sync.cursor import is_good
from server.sync.model import Principal, Problem, RefusedError
from server.sync.ports import Seal, Store
from server.sync.snapshot import offered
from server.sync.verify import Sum, Sums, verify

if TYPE_CHECKING:
    from server.simulation.network import Network

_PIECES = 4
_LIST = "/v1/sync/snapshots"
#: The address under which a phone asks first, and that under which it asks whether it holds what it should.
MANIFEST, VERIFY = "/v1/sync/manifest", "/v1/sync/verify"


@dataclass(frozen=True, slots=True)
class Whole:
    """Answers as server/api does."""

    store: Store
    seal: Seal
    shelf: MemoryShelf

    def knows(self, path: str) -> bool:
        """Say whether it answers at this address."""
        return path in (MANIFEST, VERIFY) or path.startswith(_LIST)

    def answer(self, principal: Principal, path: str, asked: Any) -> Any:
        """Answer one request. Raises RefusedError."""
        with self.store.read(principal.tenant) as view:
            if path == MANIFEST:
                return {"epoch": view.head().epoch, "scopes": sorted(principal.scopes)}
            if path == VERIFY:
                held = {scope: Sum(one["count"], one["digest"]) for scope, one in asked["scopes"].items()}
                found = verify(asked["cursor"], held, principal, view=view, seal=self.seal, sums=Sums())
                return {"at_head": found.at_head, "mismatched": list(found.mismatched)}
            wanted = path.partition("=")[2].split(",")
            good = [one for one in offered(view, principal, wanted) if self.shelf.has(one.sha256)]
            return {"snapshots": [encode.snapshot(one) for one in good]}

    def file(self, principal: Principal, sha256: str) -> bytes:
        """Give a file to who holds its scope. Raises RefusedError."""
        with self.store.read(principal.tenant) as view:
            good = [one for one in view.snapshots_named([sha256]) if is_good(one, view.head())]
        if not any(one.scope in principal.scopes for one in good):
            raise RefusedError(Problem("snapshot-expired"))
        return self.shelf.files[sha256]


@dataclass(frozen=True, slots=True)
class Arriving:
    """A file on its way to a phone, from where it asked on."""

    network: "Network"
    status_code: int
    body: bytes

    def read(self) -> bytes:
        """Give the whole of a refusal."""
        return self.body

    def iter_raw(self) -> Iterator[bytes]:
        """Give four pieces, or fewer when the weather breaks it off."""
        ends = [len(self.body) * part // _PIECES for part in range(_PIECES + 1)]
        for begin, end in pairwise(ends):
            if self.network.roll.random() < self.network.weather.cut:
                raise CutError
            yield self.body[begin:end]


@contextmanager
def opened(network: "Network", device: str, path: str, headers: dict[str, str]) -> Iterator[Arriving]:
    """Open a file for a phone, with Range."""
    if network.roll.random() < network.weather.lost:
        raise CutError
    status, body = network.server.file(device, path.rpartition("/")[2], headers)
    first = int(headers.get("range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
    yield Arriving(network, 206 if first and status == 200 else status, body[first:] if status == 200 else body)
