"""Verify: does a phone hold what it should? Counts and digests of versions; no document is read."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from server.sync.cursor import read_cursor
from server.sync.model import Head, Principal
from server.sync.ports import Seal, View

_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Sum:
    """What a scope holds. digest : see `sum_of`."""

    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class Verified:
    """at_head : the phone has every change of its scopes, so that it can be judged. mismatched : scopes to retake."""

    at_head: bool
    mismatched: tuple[str, ...] = ()


def sum_of(records: Iterable[tuple[str, str, int]]) -> Sum:
    """Add records (kind, id, version) up, in any order.

    digest : the first 16 bytes of SHA-256 of "kind, newline, id, newline, version", XORed together, as hexadecimal.
    """
    count = total = 0
    for kind, name, version in records:
        count += 1
        digest = hashlib.sha256(f"{kind}\n{name}\n{version}".encode()).digest()
        total ^= int.from_bytes(digest[:_DIGEST_BYTES])
    return Sum(count, f"{total:032x}")


class Sums:
    """Remembers what scopes hold, until their feed moves on: many phones ask about one scope.

    limit : scopes remembered.
    """

    def __init__(self, limit: int = 2_048) -> None:
        self._limit, self._lock = limit, Lock()
        self._known: OrderedDict[tuple[str, str, str, int, int], Sum] = OrderedDict()

    def of(self, view: View, tenant: str, scope: str, head: Head) -> Sum:
        """Say what a scope holds. Where traces were cleared away, its last number may be what it was once before."""
        key = (tenant, scope, head.epoch, head.floor, view.last(scope))
        known = self._known.get(key)
        if known is None:
            known = sum_of(view.versions(scope))
            with self._lock:
                self._known[key] = known
                while len(self._known) > self._limit:
                    self._known.popitem(last=False)
        return known


def verify(
    cursor: str, held: Mapping[str, Sum], principal: Principal, *, view: View, seal: Seal, sums: Sums
) -> Verified:
    """Judge what a phone says it holds of each scope; scopes that are not granted are passed over in silence.

    Raises RefusedError as a pull does.
    """
    head = view.head()
    places = read_cursor(cursor, principal, head, seal)
    behind = (place.at < head.seq and view.last(scope) > place.at for scope, place in places.items())
    if not places.keys() <= principal.scopes or any(behind):
        return Verified(at_head=False)
    judged = sorted(held.keys() & places.keys())
    wrong = (scope for scope in judged if sums.of(view, principal.tenant, scope, head) != held[scope])
    return Verified(at_head=True, mismatched=tuple(wrong))
