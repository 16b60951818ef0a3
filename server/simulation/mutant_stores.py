"""Stores in memory with the bugs that need transactions to overlap: numbers and counts taken at the wrong moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from server.simulation import peek
from server.simulation.clocks import START
from server.simulation.given import person
from server.simulation.world import World
from server.storage.memory import MemoryStore, MemoryWork
from server.storage.memory_view import TenantState
from server.sync.door import Put
from server.sync.ports import Capacity, Taking

#: One transaction in so many is overtaken by another.
_OVERTAKEN = 3


class _MutantStore(MemoryStore):
    """Goes on with what a world's store has; `work` makes a transaction, `between` happens before its commit."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.written, self.inside = world, 0, False
        self._tenants = peek.inside(world.store)._tenants

    def work(self, tenant: TenantState) -> MemoryWork:
        """Make a transaction."""
        raise NotImplementedError  # each mutant makes its own

    def between(self, tenant: str) -> None:
        """Do what others do between a transaction's numbers and its commit."""

    @contextmanager
    def write(self, tenant: str) -> Iterator[Any]:
        """Open a transaction whose commit others may overtake."""
        work = self.work(self._tenants.get(tenant, TenantState()))
        before = work.tenant.taken.copy()
        try:
            yield work
            self.between(tenant)
        except BaseException:
            work.tenant.taken = before
            raise
        work._head = replace(work._head, seq=max(work._head.seq, work.tenant.head.seq))
        work.commit()
        self._tenants[tenant] = work.tenant


class TimestampStore(_MutantStore):
    """Numbers changes by the second in which they were written."""

    def work(self, tenant: TenantState) -> MemoryWork:
        """Make a transaction that asks the clock for its numbers."""
        return _TimedWork(tenant, self.world)


class _TimedWork(MemoryWork):
    def __init__(self, tenant: TenantState, world: World) -> None:
        super().__init__(tenant)
        self._world = world

    def numbers(self, count: int) -> int:
        first = 1_000 + int((self._world.clock.now - START).total_seconds())
        self._head = replace(self._head, seq=max(self._head.seq, first + count - 1))
        return first


class BigserialStore(_MutantStore):
    """Numbers changes from a sequence, and lets a later transaction commit, and be read, before an earlier one."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.sequence = {name: state.head.seq for name, state in self._tenants.items()}

    def work(self, tenant: TenantState) -> MemoryWork:
        """Make a transaction that asks the sequence for its numbers."""
        name = next(name for name, state in self._tenants.items() if state is tenant)
        return _SequenceWork(tenant, self, name)

    def between(self, tenant: str) -> None:
        """Let the desk write, and phones that do nothing pull, before this transaction commits."""
        self.written += 1
        if self.inside or self.written % _OVERTAKEN:
            return
        self.inside = True
        world, name = self.world, f"between-{self.written}"
        fuse, world.store.fuse = world.store.fuse, None
        world.write(tenant, [Put("person", name, person(f"{tenant}-{name}", "t1"))], by="desk")
        for phone in world.phones:
            if phone.name not in world.syncing and not phone.holding.waiting() and not phone.wiped:
                world.pull_between(phone)
        world.store.fuse, self.inside = fuse, False


class _SequenceWork(MemoryWork):
    def __init__(self, tenant: TenantState, store: BigserialStore, name: str) -> None:
        super().__init__(tenant)
        self._store, self._name = store, name

    def numbers(self, count: int) -> int:
        first = self._store.sequence[self._name] + 1
        self._store.sequence[self._name] += count
        self._head = replace(self._head, seq=first + count - 1)
        return first


class StaleCountStore(_MutantStore):
    """Counts places as they were when the transaction began."""

    def work(self, tenant: TenantState) -> MemoryWork:
        """Make a transaction that looked before it locked."""
        return _HastyWork(tenant)


class _HastyWork(MemoryWork):
    def __init__(self, tenant: TenantState) -> None:
        super().__init__(tenant)
        self._seen = tenant.taken.copy()

    def take_place(self, item_id: str, placement_id: str, person_id: str) -> Taking:
        taken, seen = self.tenant.taken, self._seen
        if placement_id in taken.places:
            return Taking.TAKEN
        if (item_id, person_id) in seen.places.values():
            return Taking.HELD_ALREADY
        if seen.capacity.get(item_id, Capacity(None, 0)).open == 0:
            return Taking.NONE_LEFT
        places = taken.capacity.get(item_id, Capacity(None, 0))
        taken.places[placement_id] = (item_id, person_id)
        taken.capacity[item_id] = replace(places, taken=places.taken + 1)
        return Taking.TAKEN
