"""A hub's stock in memory."""

from collections.abc import Sequence
from dataclasses import replace

from server.domain.stock import MOST
from server.storage.memory_view import TenantState
from server.sync.stock import Held, Stock


class MemoryStock:
    """The part of a writing transaction that counts units."""

    tenant: TenantState

    def move_stock(self, item_id: str, change: int) -> bool:
        """Change the units of an item; say no, and change nothing, where fewer would be there than are held."""
        before = self._stock(item_id)
        after = replace(before, there=before.there + change)
        fits = before.held <= after.there <= MOST
        self.tenant.taken.stock[item_id] = after if fits else before
        return fits

    def hold_stock(self, held: Held) -> bool:
        """Keep units of an item, unless so many are not there; a second time changes nothing."""
        taken, before = self.tenant.taken, self._stock(held.item_id)
        if held.reservation_id in taken.held:
            return True
        if before.held + held.quantity > before.there:
            return False
        taken.held[held.reservation_id] = held
        taken.stock[held.item_id] = replace(before, held=before.held + held.quantity)
        return True

    def free_stock(self, reservation_id: str) -> Held | None:
        """End the hold of a reservation; None when it has none."""
        held = self.tenant.taken.held.pop(reservation_id, None)
        if held is not None:
            before = self._stock(held.item_id)
            self.tenant.taken.stock[held.item_id] = replace(before, held=before.held - held.quantity)
        return held

    def lapsed_stock(self, item_id: str, now: str) -> Sequence[Held]:
        """Give what was kept of an item until an instant before `now`, in order of reservation."""
        mine = (one for _, one in sorted(self.tenant.taken.held.items()) if one.item_id == item_id)
        return [one for one in mine if one.until_at < now]

    def stock(self, item_id: str) -> Stock | None:
        """Say how many units of an item there are and how many are held; None when nothing is known."""
        return self.tenant.taken.stock.get(item_id)

    def _stock(self, item_id: str) -> Stock:
        return self.tenant.taken.stock.get(item_id, Stock(0, 0))
