"""The store in memory: the same promises as on SQL, for tests and simulations that need thousands of worlds."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import RLock

from server.clock import now as utc_now
from server.storage.heads import fresh_number
from server.storage.memory_allowance import MemoryAllowance
from server.storage.memory_banking import MemoryBanking, MemoryBanks
from server.storage.memory_promises import MemoryPromises, show_promises
from server.storage.memory_stock import MemoryStock
from server.storage.memory_tallies import MemoryTallies
from server.storage.memory_upkeep import MemoryUpkeep
from server.storage.memory_view import MemoryView, TenantState
from server.storage.memory_waiting import MemoryWaiting
from server.storage.poked import Poke, no_poke
from server.sync.model import Head, Key, Stored
from server.sync.ports import Capacity, ClashError, Deferred, DeviceLog, Hold, KeptReceipt, Taking, Writes


class MemoryStore(MemoryUpkeep, MemoryTallies):
    """Keeps tenants in dictionaries, one transaction at a time."""

    def __init__(self, poke: Poke = no_poke) -> None:
        """poke : told after each commit that moved a feed."""
        self._poke = poke
        self._lock = RLock()
        self._tenants: dict[str, TenantState] = {}

    @contextmanager
    def read(self, tenant: str) -> Iterator[MemoryView]:
        """Open one consistent look; writers wait."""
        with self._lock:
            yield MemoryView(self._tenants.get(tenant, TenantState(head=Head(0, ""))))

    @contextmanager
    def write(self, tenant: str) -> Iterator["MemoryWork"]:
        """Open a transaction: kept if the block ends, undone if it raises."""
        with self._lock:
            work = MemoryWork(self._tenants.get(tenant, TenantState()))
            before = work.tenant.taken.copy()
            try:
                yield work
            except BaseException:
                work.tenant.taken = before
                raise
            moved = work.commit()
            self._tenants[tenant] = work.tenant
        if moved:
            self._poke(tenant, work.tenant.head.seq, work.scopes)

    def heads(self) -> dict[str, Head]:
        """Say where every tenant's feed ends."""
        with self._lock:
            return {name: tenant.head for name, tenant in self._tenants.items()}

    def ensure_tenant(self, tenant: str) -> None:
        """Make the tenant's feed if there is none."""
        with self._lock:
            self._tenants.setdefault(tenant, TenantState())

    def touch(self, tenant: str) -> None:
        """Move the head without a change, so that phones look again: their grants have changed."""
        with self.write(tenant) as work:
            work.numbers(1)

    def new_epoch(self, tenant: str, now: datetime | None = None) -> None:
        """Tell phones that history was rewound: after a restore from a backup. now : unless it is now."""
        with self._lock:
            world = self._tenants[tenant]
            seq = max(fresh_number(now or utc_now()), world.head.seq + 1)
            world.lost_numbers.append((world.head.seq + 1, seq))
            world.head = replace(world.head, epoch=f"epoch-{seq}", seq=seq)


class MemoryWork(MemoryPromises, MemoryBanking, MemoryStock, MemoryAllowance, MemoryWaiting):
    """One writing transaction: what is taken shows at once, what is written shows at the end."""

    def __init__(self, tenant: TenantState) -> None:
        self.tenant = tenant
        self._head = tenant.head
        self._writes: list[Writes] = []

    @property
    def banks(self) -> MemoryBanks:
        """What the tenant's banks hold."""
        return self.tenant.taken.banks

    def log(self, device: str) -> DeviceLog:
        """Give the device's log."""
        return self.tenant.logs.get(device, DeviceLog(device))

    def receipts(self, device: str, mids: Collection[str]) -> Mapping[str, KeptReceipt]:
        """Give the receipts that exist."""
        receipts = self.tenant.receipts
        return {mid: receipts[device, mid] for mid in mids if (device, mid) in receipts}

    def peek(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Read records."""
        return MemoryView(self.tenant).records(keys)

    def lock(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Read records; nobody else writes anyway."""
        return self.peek(keys)

    def exist(self, keys: Collection[Key]) -> frozenset[Key]:
        """Say which of `keys` are known, deleted ones included."""
        return frozenset(key for key in keys if key in self.tenant.records)

    def waiting(self, parents: Collection[Key]) -> Sequence[Deferred]:
        """Give the deferred mutations that wait for one of `parents`, in order of arrival."""
        return [entry for entry in self._deferred() if entry.parent in parents]

    def waiting_of(self, device: str) -> Sequence[Deferred]:
        """Give the deferred mutations of a device, in order of arrival."""
        return [entry for entry in self._deferred() if entry.device == device]

    def _deferred(self) -> list[Deferred]:
        return sorted(self.tenant.deferred.values(), key=lambda entry: (entry.received_at, entry.device, entry.lseq))

    def conflicts_of(self, keys: Collection[Key]) -> Sequence[Key]:
        """Name the conflicts ever raised on these records."""
        return [conflict for conflict, about in sorted(self.tenant.conflicts.items()) if about in keys]

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what was taken inside if the block raises."""
        before = self.tenant.taken.copy()
        try:
            yield
        except BaseException:
            self.tenant.taken = before
            raise

    def take_task(self, hold: Hold) -> Hold:
        """Take the task unless someone has it; give the hold that stands."""
        return self.tenant.taken.tasks.setdefault(hold.task_id, hold)

    def holder(self, task_id: str) -> Hold | None:
        """Say who has the task."""
        return self.tenant.taken.tasks.get(task_id)

    def free_task(self, task_id: str) -> None:
        """Let the task go."""
        self.tenant.taken.tasks.pop(task_id, None)

    def take_place(self, item_id: str, placement_id: str, person_id: str) -> Taking:
        """Take a place for the placement; a second time changes nothing. A person has one place on an item."""
        taken = self.tenant.taken
        if placement_id in taken.places:
            return Taking.TAKEN
        if (item_id, person_id) in taken.places.values():
            return Taking.HELD_ALREADY
        places = taken.capacity.get(item_id, Capacity(None, 0))
        if places.open == 0:
            return Taking.NONE_LEFT
        taken.places[placement_id] = (item_id, person_id)
        taken.capacity[item_id] = replace(places, taken=places.taken + 1)
        return Taking.TAKEN

    def give_place_back(self, item_id: str, placement_id: str) -> None:
        """Give the placement's place back if it has one."""
        taken = self.tenant.taken
        if taken.places.get(placement_id, ("", ""))[0] == item_id:
            del taken.places[placement_id]
            taken.capacity[item_id] = replace(taken.capacity[item_id], taken=taken.capacity[item_id].taken - 1)

    def set_places(self, item_id: str, total: int | None) -> Capacity:
        """Set how many places an item has; never fewer than are taken."""
        taken = self.tenant.taken.capacity.get(item_id, Capacity(None, 0)).taken
        places = Capacity(total if total is None else max(total, taken), taken)
        self.tenant.taken.capacity[item_id] = places
        return places

    def capacity(self, item_id: str) -> Capacity | None:
        """Say how many places an item has and how many are taken; None when nothing is known."""
        return self.tenant.taken.capacity.get(item_id)

    def numbers(self, count: int) -> int:
        """Take `count` numbers from the head and give the first."""
        first = self._head.seq + 1
        self._head = replace(self._head, seq=self._head.seq + count)
        return first

    def save(self, writes: Writes) -> None:
        """Keep the writes for the end of the transaction."""
        if any(entry.is_new and entry.key in self.tenant.records for entry in writes.records):
            raise ClashError("a record that was new is there")
        device = writes.log.device if writes.log else ""
        if any((device, entry.mid) in self.tenant.receipts for entry in writes.receipts):
            raise ClashError("a receipt that was new is there")
        self._writes.append(writes)

    @property
    def scopes(self) -> frozenset[str]:
        """The scopes in which something changed."""
        return frozenset(entry.scope for writes in self._writes for entry in writes.feed)

    def commit(self) -> bool:
        """Let everything show, and say whether the head moved."""
        moved = self._head.seq != self.tenant.head.seq
        self.tenant.head = self._head
        for writes in self._writes:
            self._show(writes)
        return moved

    def _show(self, writes: Writes) -> None:
        tenant = self.tenant
        tenant.records.update((entry.key, entry) for entry in writes.records)
        tenant.feed.update(((entry.scope, entry.key), entry) for entry in writes.feed)
        for refused in writes.quarantined:
            tenant.quarantined.setdefault((refused.device, refused.mid, refused.payload_hash), refused)
        for settled in writes.settled:
            tenant.deferred.pop(settled, None)
        tenant.deferred.update(((entry.device, entry.mid), entry) for entry in writes.deferred)
        tenant.conflicts.update(writes.conflicts)
        if writes.log:
            tenant.logs[writes.log.device] = writes.log
            tenant.receipts.update(((writes.log.device, entry.mid), entry) for entry in writes.receipts)
        show_promises(tenant, writes)
