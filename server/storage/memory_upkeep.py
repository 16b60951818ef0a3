"""The upkeep of the store in memory."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from threading import RLock

from server.storage.memory_view import TenantState
from server.sync.model import Op
from server.sync.ports import Snapshot


class MemoryUpkeep:
    """The same as `server.storage.upkeep.SqlUpkeep`."""

    _lock: RLock
    _tenants: dict[str, TenantState]

    def note_day(self, tenant: str, day: str) -> None:
        """Note where the feed is on a day, unless that is noted already."""
        with self._lock:
            if world := self._tenants.get(tenant):
                world.days.setdefault(day, world.head.seq)

    def days(self, tenant: str) -> Mapping[str, int]:
        """Give what was noted: day → where the feed was at some time of it."""
        return dict(self._tenants[tenant].days)

    def raise_floor(self, tenant: str, floor: int) -> None:
        """Let no cursor below `floor` go on; a lower floor than there is changes nothing."""
        with self._lock:
            world = self._tenants[tenant]
            if world.head.floor < floor <= world.head.seq:
                world.head = replace(world.head, floor=floor)

    def collect(self, tenant: str, floor: int, limit: int) -> int:
        """Delete at most `limit` traces from before `floor`; say how many there were."""
        with self._lock:
            feed = self._tenants[tenant].feed
            gone = [at for at, entry in feed.items() if entry.op is not Op.PUT and entry.seq <= floor][:limit]
            for at in gone:
                del feed[at]
            return len(gone)

    def forget_asked(self, tenant: str, before: str, limit: int) -> int:
        """Delete what at most `limit` volunteers were ranked by before an instant; say how many there were."""
        with self._lock:
            asked = self._tenants[tenant].asked
            gone = [at for at, one in asked.items() if one.asked_at < before][:limit]
            for at in gone:
                del asked[at]
            return len(gone)

    def scope_counts(self, tenant: str) -> Mapping[str, int]:
        """Say how many records each scope holds."""
        counts: dict[str, int] = {}
        for entry in self._tenants[tenant].feed.values():
            if entry.op is Op.PUT:
                counts[entry.scope] = counts.get(entry.scope, 0) + 1
        return counts

    def scopes_from(self, tenant: str, prefix: str) -> frozenset[str]:
        """Name the scopes that begin so."""
        return frozenset(entry.scope for entry in self._tenants[tenant].feed.values() if entry.scope.startswith(prefix))

    def keep_snapshot(self, tenant: str, made: Snapshot) -> None:
        """Let a snapshot be served; a second time changes nothing."""
        self._tenants[tenant].snapshots.setdefault(made.sha256, made)

    def drop_snapshots(self, tenant: str, sha256s: Iterable[str]) -> None:
        """Let snapshots be served no more."""
        for sha256 in sha256s:
            self._tenants[tenant].snapshots.pop(sha256, None)

    def listed_snapshots(self) -> Collection[str]:
        """Name every snapshot of every tenant."""
        return frozenset(sha256 for world in self._tenants.values() for sha256 in world.snapshots)
