"""A hub's stock in SQL: one row an item, which its constraint keeps from going below what is held of it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, delete, select, update

from server.domain.stock import MOST
from server.storage.part import Part
from server.storage.statements import add_unless_there
from server.storage.tables import stock, stock_hold
from server.sync.stock import Held, Stock


class StockWork(Part):
    """The part of a writing transaction that counts units."""

    def move_stock(self, item_id: str, change: int) -> bool:
        """Change the units of an item; say no, and change nothing, where fewer would be there than are held."""
        self._ensure_stock(item_id)
        after = stock.c.there + change
        enough = update(stock).where(*self._stock(item_id), after >= stock.c.held, after <= MOST)
        return self._count(enough.values(there=after)) == 1

    def hold_stock(self, held: Held) -> bool:
        """Keep units of an item, unless so many are not there; a second time changes nothing."""
        values = {"tenant": self.tenant, **asdict(held)}
        new = add_unless_there(stock_hold, self._dialect).returning(stock_hold.c.reservation_id)
        if self._run(new, values).one_or_none() is None:
            return True
        self._ensure_stock(held.item_id)
        after = stock.c.held + held.quantity
        left = update(stock).where(*self._stock(held.item_id), after <= stock.c.there)
        if self._count(left.values(held=after)) == 1:
            return True
        self._run(delete(stock_hold).where(*self._hold(held.reservation_id)))
        return False

    def free_stock(self, reservation_id: str) -> Held | None:
        """End the hold of a reservation; None when it has none."""
        gone = delete(stock_hold).where(*self._hold(reservation_id)).returning(*stock_hold.c)
        row = self._run(gone).one_or_none()
        if row is None:
            return None
        fewer = stock.c.held - row.quantity
        self._run(update(stock).where(*self._stock(row.item_id)).values(held=fewer))
        return _held(row)

    def lapsed_stock(self, item_id: str, now: str) -> Sequence[Held]:
        """Give what was kept of an item until an instant before `now`, in order of reservation."""
        mine = select(stock_hold).where(stock_hold.c.tenant == self.tenant, stock_hold.c.item_id == item_id)
        past = mine.where(stock_hold.c.until_at < now).order_by(stock_hold.c.reservation_id)
        return [_held(row) for row in self._run(past)]

    def stock(self, item_id: str) -> Stock | None:
        """Say how many units of an item there are and how many are held; None when nothing is known."""
        row = self._run(select(stock).where(*self._stock(item_id))).one_or_none()
        return Stock(row.there, row.held) if row else None

    def _ensure_stock(self, item_id: str) -> None:
        values = {"tenant": self.tenant, "item_id": item_id, "there": 0, "held": 0}
        self._run(add_unless_there(stock, self._dialect), values)

    def _stock(self, item_id: str) -> tuple[Any, Any]:
        return stock.c.tenant == self.tenant, stock.c.item_id == item_id

    def _hold(self, reservation_id: str) -> tuple[Any, Any]:
        return stock_hold.c.tenant == self.tenant, stock_hold.c.reservation_id == reservation_id


def _held(row: Row[Any]) -> Held:
    return Held(row.reservation_id, row.item_id, row.quantity, row.until_at)
