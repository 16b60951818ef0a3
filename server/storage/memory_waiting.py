"""Those who wait for a place in memory."""

from collections.abc import Sequence
from dataclasses import replace

from server.storage.memory_view import TenantState
from server.sync.waiting import Waiter


class MemoryWaiting:
    """The part of a writing transaction that keeps a queue."""

    tenant: TenantState

    def waiters(self, item_id: str) -> Sequence[Waiter]:
        """Give who waits for a place on the item, in order."""
        mine = (one for one, of, _ in self.tenant.taken.waiters.values() if of == item_id)
        return sorted(mine, key=lambda one: one.number)

    def join_waiters(self, item_id: str, placement_id: str, person_id: str) -> bool:
        """Put the placement at the end, once; say no where the person waits there under another one."""
        kept, there = self.tenant.taken.waiters, self.waiters(item_id)
        if placement_id in kept:
            return kept[placement_id][1] == item_id
        if any((of, who) == (item_id, person_id) for _, of, who in kept.values()):
            return False
        number = max((one.number for one in there), default=0) + 1
        kept[placement_id] = (Waiter(placement_id, number), item_id, person_id)
        return True

    def offer_waiter(self, placement_id: str, until_at: str) -> None:
        """Note until when a place is kept for one who waits."""
        kept = self.tenant.taken.waiters
        if placement_id in kept:
            one, item_id, person_id = kept[placement_id]
            kept[placement_id] = (replace(one, offered_until_at=until_at), item_id, person_id)

    def leave_waiters(self, placement_id: str) -> bool:
        """Let the placement wait no longer; say whether it did."""
        return self.tenant.taken.waiters.pop(placement_id, None) is not None
