"""Counting what was shown and chosen by item, in memory."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from threading import RLock
from typing import Any

import orjson

from server.storage.memory_view import TenantState
from server.sync.model import Key
from server.sync.recounting import Tally

#: For each count, the referrals of each item.
Found = defaultdict[Key, defaultdict[str, set[str]]]


class MemoryTallies:
    """The same as `server.storage.tallies.SqlTallies`."""

    _lock: RLock
    _tenants: dict[str, TenantState]

    def tallies(self, tenant: str, settled: str, lately: str) -> Mapping[Key, Tally]:
        """Count by item, each referral once; see `server.sync.recounting.Countable`."""
        found: Found = defaultdict(lambda: defaultdict(set))
        with self._lock:
            world = self._tenants.get(tenant, TenantState())
            for slate in _documents(world, "exposure"):
                if slate["shown_at"][:10] <= settled:
                    for line in slate["items"]:
                        found[Key(line["kind"], line["id"])]["shown"].add(slate["referral_id"])
            for choice in _documents(world, "placement"):
                for name in _counted(choice, settled, lately):
                    found[Key(choice["item_kind"], choice["item_id"])][name].add(choice["referral_id"])
        return {item: Tally(**{name: len(ids) for name, ids in by.items()}) for item, by in found.items()}


def _documents(world: TenantState, kind: str) -> Iterator[dict[str, Any]]:
    return (orjson.loads(entry.doc) for key, entry in world.records.items() if key.kind == kind and not entry.deleted)


def _counted(choice: Mapping[str, Any], settled: str, lately: str) -> Iterator[str]:
    """Name the counts that a choice belongs to."""
    day = choice["chosen_at"][:10]
    if day >= lately:
        yield "chosen_90d"
    if day <= settled:
        yield "chosen"
        if (choice.get("attended") or 0) >= 1 or choice["status"] in ("started", "sustained"):
            yield "started"
        if (choice.get("attended") or 0) >= 4 or choice["status"] == "sustained":
            yield "sustained"
