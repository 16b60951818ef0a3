"""Those who wait for a place in SQL: a row each, in an order that the lock on the item's count keeps."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select, update

from server.storage.part import Part
from server.storage.statements import add_unless_there
from server.storage.tables import capacity, waiter
from server.sync.waiting import Waiter


class WaitingWork(Part):
    """The part of a writing transaction that keeps a queue."""

    def _ensure_capacity(self, item_id: str) -> None:
        raise NotImplementedError  # `SqlWork`, which this is a part of, has it

    def waiters(self, item_id: str) -> Sequence[Waiter]:
        """Give who waits for a place on the item, in order; until the end nobody else takes or frees one of it."""
        self._ensure_capacity(item_id)
        mine = capacity.c.tenant == self.tenant, capacity.c.item_id == item_id
        self._run(select(capacity.c.taken).where(*mine).with_for_update())
        asked = select(waiter).where(*self._of_item(item_id)).order_by(waiter.c.number)
        return [Waiter(row.placement_id, row.number, row.offered_until_at) for row in self._run(asked)]

    def join_waiters(self, item_id: str, placement_id: str, person_id: str) -> bool:
        """Put the placement at the end, once; say no where the person waits there under another one."""
        last = self._run(select(func.max(waiter.c.number)).where(*self._of_item(item_id))).scalar()
        values = {"tenant": self.tenant, "placement_id": placement_id, "item_id": item_id, "person_id": person_id}
        new = add_unless_there(waiter, self._dialect).returning(waiter.c.placement_id)
        if self._run(new, {**values, "number": (last or 0) + 1}).one_or_none() is not None:
            return True
        mine = select(waiter.c.placement_id).where(*self._mine(placement_id), *self._of_item(item_id))
        return self._run(mine).one_or_none() is not None

    def offer_waiter(self, placement_id: str, until_at: str) -> None:
        """Note until when a place is kept for one who waits."""
        self._run(update(waiter).where(*self._mine(placement_id)).values(offered_until_at=until_at))

    def leave_waiters(self, placement_id: str) -> bool:
        """Let the placement wait no longer; say whether it did."""
        return self._count(delete(waiter).where(*self._mine(placement_id))) == 1

    def _mine(self, placement_id: str) -> tuple[Any, Any]:
        return waiter.c.tenant == self.tenant, waiter.c.placement_id == placement_id

    def _of_item(self, item_id: str) -> tuple[Any, Any]:
        return waiter.c.tenant == self.tenant, waiter.c.item_id == item_id
