"""Verify: what a phone holds, as counts and digests that the server can compare with its own."""

import hashlib
from collections.abc import Iterable
from typing import Any

from mobile_contract.python.holding import Holding
from mobile_contract.python.scopes import begun

_DIGEST_BYTES = 16
_DAY_S = 86_400


def sums(holding: Holding) -> dict[str, Any]:
    """Count and digest what the phone holds of each scope that it has begun."""
    found: dict[str, list[bytes]] = {scope: [] for scope in sorted(begun(holding))}
    for (kind, name), held in holding.records.items():
        digest = hashlib.sha256(f"{kind}\n{name}\n{held.version}".encode()).digest()[:_DIGEST_BYTES]
        for scope in held.scopes & found.keys():
            found[scope].append(digest)
    return {scope: {"count": len(each), "digest": digest_of(each)} for scope, each in found.items()}


def digest_of(digests: Iterable[bytes]) -> str:
    """Lay digests over one another by exclusive or, so that their order does not matter."""
    total = 0
    for digest in digests:
        total ^= int.from_bytes(digest)
    return f"{total:032x}"


def is_due(holding: Holding, now_s: float, every: int) -> bool:
    """Count a full sync, and say whether it is time to ask: after `every` syncs, or a day. 0 : never."""
    holding.syncs += 1
    if holding.verified_at is None:
        holding.verified_at = now_s
    # A clock that was put back must not put verifying off for ever.
    return every > 0 and (holding.syncs >= every or abs(now_s - holding.verified_at) > _DAY_S)
