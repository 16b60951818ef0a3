"""A tenant in memory, and one look at it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import orjson

from server.storage.memory_banking import MemoryBanks, MemoryBankView
from server.sync.allowance import Allowance, AllowanceUse
from server.sync.model import Head, Key, Later, Op, Principal, Row, Stored
from server.sync.ports import (
    AskedInputs,
    Capacity,
    Changes,
    Deferred,
    DeviceLog,
    FeedEntry,
    Hold,
    KeptReceipt,
    Quarantined,
    RecordEntry,
    Seen,
    Snapshot,
)
from server.sync.stamps import read_stamps
from server.sync.stock import Held, Stock
from server.sync.waiting import Waiter


@dataclass(slots=True)
class Taken:
    """What only one can have; copied before each transaction and each mutation."""

    tasks: dict[str, Hold] = field(default_factory=dict)
    capacity: dict[str, Capacity] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)  # placement → item, person
    banks: MemoryBanks = field(default_factory=MemoryBanks)
    stock: dict[str, Stock] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)
    allowances: dict[tuple[str, str], Allowance] = field(default_factory=dict)  # employer, year
    waiters: dict[str, tuple[Waiter, str, str]] = field(default_factory=dict)  # placement → item, person
    uses: dict[str, AllowanceUse] = field(default_factory=dict)

    def copy(self) -> "Taken":
        """Give a copy that later changes leave alone."""
        names = ("tasks", "capacity", "places", "stock", "held", "allowances", "uses", "waiters")
        plain = {name: dict(getattr(self, name)) for name in names}
        return Taken(banks=self.banks.copy(), **plain)


@dataclass(slots=True)
class TenantState:
    """All that a tenant has."""

    head: Head = field(default_factory=lambda: Head(0, "epoch-1"))
    records: dict[Key, RecordEntry] = field(default_factory=dict)
    feed: dict[tuple[str, Key], FeedEntry] = field(default_factory=dict)
    receipts: dict[tuple[str, str], KeptReceipt] = field(default_factory=dict)
    quarantined: dict[tuple[str, str, str], Quarantined] = field(default_factory=dict)
    deferred: dict[tuple[str, str], Deferred] = field(default_factory=dict)
    conflicts: dict[Key, Key] = field(default_factory=dict)
    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)
    logs: dict[str, DeviceLog] = field(default_factory=dict)
    lost_numbers: list[tuple[int, int]] = field(default_factory=list)
    later: dict[tuple[str, str], Later] = field(default_factory=dict)
    audit: dict[tuple[str, ...], Seen] = field(default_factory=dict)
    asked: dict[tuple[str, int, str], AskedInputs] = field(default_factory=dict)  # by task, wave and volunteer
    rights: dict[str, Callable[[Principal], Principal]] = field(default_factory=dict)  # account → its sender as of now
    taken: Taken = field(default_factory=Taken)


class MemoryView(MemoryBankView):
    """Reads a tenant."""

    def __init__(self, tenant: TenantState) -> None:
        self.tenant = tenant

    @property
    def banks(self) -> MemoryBanks:
        """What the tenant's banks hold."""
        return self.tenant.taken.banks

    def head(self) -> Head:
        """Say where the feed ends; a tenant without a feed has an empty epoch."""
        return self.tenant.head

    def acked_lseq(self, device: str) -> int:
        """Say up to which lseq the device's mutations have receipts."""
        log = self.tenant.logs.get(device)
        return log.acked_lseq if log else 0

    def where(self, device: str) -> tuple[Head, int]:
        """Say where the feed ends and up to which lseq the device has receipts."""
        return self.head(), self.acked_lseq(device)

    def changes(self, scopes: Collection[str], after: int, limit: int, began: int) -> Changes:
        """Give the next changes of `scopes`, each record once, in order."""
        best: dict[tuple[int, Key], Op] = {}
        for entry in self.tenant.feed.values():
            if entry.scope in scopes and entry.seq > after and (entry.op is Op.PUT or entry.seq > began):
                at = (entry.seq, entry.key)
                best[at] = max(best.get(at, entry.op), entry.op)  # put > out > del as text
        rows = [self._row(seq, key, best[seq, key]) for seq, key in sorted(best)[:limit]]
        return Changes(rows, ended=len(best) < limit)

    def _row(self, seq: int, key: Key, op: Op) -> Row:
        return Row(key.kind, key.id, seq, op, self.tenant.records[key].doc if op is Op.PUT else None)

    def held(self, keys: Collection[Key], scopes: Collection[str]) -> Mapping[Key, Row]:
        """Give those of `keys` that are in one of `scopes` now, as they are now."""
        return {
            entry.key: self._row(entry.seq, entry.key, Op.PUT)
            for entry in self.tenant.feed.values()
            if entry.key in keys and entry.scope in scopes and entry.op is Op.PUT
        }

    def last(self, scope: str) -> int:
        """Say where the last change of a scope lies, 0 for none."""
        return max((entry.seq for entry in self.tenant.feed.values() if entry.scope == scope), default=0)

    def mark(self, scopes: Collection[str]) -> tuple[int, int]:
        """Say where the last change of these scopes lies and how many records they hold, each once a scope."""
        theirs = [entry for entry in self.tenant.feed.values() if entry.scope in scopes]
        return max((entry.seq for entry in theirs), default=0), sum(entry.op is Op.PUT for entry in theirs)

    def versions(self, scope: str) -> Iterator[tuple[str, str, int]]:
        """Give kind, id and version of the records that a scope holds."""
        return ((row.kind, row.id, row.version) for row in self.rows_of(scope))

    def rows_of(self, scope: str) -> Iterator[Row]:
        """Give the records that a scope holds in the order of their last changes."""
        here = [entry for entry in self.tenant.feed.values() if entry.scope == scope and entry.op is Op.PUT]
        return (self._row(entry.seq, entry.key, Op.PUT) for entry in sorted(here, key=lambda entry: entry.seq))

    def snapshots(self, scopes: Collection[str] | None) -> Sequence[Snapshot]:
        """Give every snapshot of these scopes that is kept, of all when None, the newest first."""
        kept = [one for one in self.tenant.snapshots.values() if scopes is None or one.scope in scopes]
        return sorted(kept, key=lambda snapshot: (-snapshot.seq, snapshot.sha256))

    def snapshots_named(self, sha256s: Collection[str]) -> Sequence[Snapshot]:
        """Give those snapshots that are kept under these names."""
        return [snapshot for sha256, snapshot in self.tenant.snapshots.items() if sha256 in sha256s]

    def records(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Give those of `keys` that exist, deleted ones included."""
        return {key: _stored(self.tenant.records[key]) for key in keys if key in self.tenant.records}

    def of_kind(self, kind: str) -> Iterator[Stored]:
        """Give every record of a kind that is not deleted, in order of id."""
        for key, entry in sorted(self.tenant.records.items()):
            if key.kind == kind and not entry.deleted:
                yield _stored(entry)

    def in_scopes(self, kind: str, scopes: Collection[str]) -> Iterator[Stored]:
        """Give the records of a kind that one of `scopes` holds, in order of id."""
        held = self.held([key for key in self.tenant.records if key.kind == kind], scopes)
        return (_stored(self.tenant.records[key]) for key in sorted(held))

    def quarantined(self, state: str | None = "open") -> Sequence[Quarantined]:
        """Give what was refused and is in this state, or all of it, oldest first."""
        return quarantined_in(self.tenant, state)

    def labels(self, state: str | None = "open") -> Sequence[Quarantined]:
        """Give what `quarantined` gives, in the same order, without what was sent: the payloads are empty."""
        return [replace(entry, payload="") for entry in self.quarantined(state)]

    def payload(self, label: Quarantined) -> str:
        """Give what was sent."""
        return self.tenant.quarantined[label.device, label.mid, label.payload_hash].payload

    def seen(self, key: Key | None = None) -> Sequence[Seen]:
        """Give the audit, or what of it concerns a record: by itself or by one of the scopes it was ever in."""
        scopes = {scope for scope, one in self.tenant.feed if one == key}
        return [
            seen
            for at, seen in sorted(self.tenant.audit.items(), key=lambda entry: (entry[1].first_at, entry[0][1:]))
            if key is None or (seen.kind, seen.id) == key or (seen.id == "" and seen.scope in scopes)
        ]

    def counts(self, scopes: Collection[str]) -> Mapping[str, int]:
        """Say how many records each of `scopes` holds."""
        held = [entry.scope for entry in self.tenant.feed.values() if entry.op is Op.PUT]
        return {scope: held.count(scope) for scope in scopes}

    def asked(self) -> Iterator[AskedInputs]:
        """Give what those who were asked about tasks were ranked by, in order of task, wave and volunteer."""
        return (one for _, one in sorted(self.tenant.asked.items()))


def quarantined_in(tenant: TenantState, state: str | None) -> list[Quarantined]:
    """Give what was refused and is in this state, or all of it, oldest first."""
    found = [entry for entry in tenant.quarantined.values() if state is None or entry.state == state]
    return sorted(found, key=lambda entry: (entry.received_at, entry.device, entry.mid, entry.payload_hash))


def _stored(entry: RecordEntry) -> Stored:
    doc = orjson.loads(entry.doc)
    return Stored(entry.key, entry.version, doc, read_stamps(orjson.loads(entry.stamps), doc), entry.deleted)
