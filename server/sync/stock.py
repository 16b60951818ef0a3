"""What the core asks of storage about a hub's stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from server.domain.stock import change_by
from server.sync.model import Document, Key, Stored


@dataclass(frozen=True, slots=True)
class Stock:
    """Units of an item in a hub. there : all of them. held : those that are kept for somebody."""

    there: int
    held: int


@dataclass(frozen=True, slots=True)
class Held:
    """Units of an item that are kept under a reservation until an instant."""

    reservation_id: str
    item_id: str
    quantity: int
    until_at: str


class StockWork(Protocol):
    """What a transaction can do about stock, none of which can leave less than nothing."""

    def move_stock(self, item_id: str, change: int) -> bool:
        """Change the units of an item; say no, and change nothing, where fewer would be there than are held."""

    def hold_stock(self, held: Held) -> bool:
        """Keep units of an item, unless so many are not there; a second time changes nothing."""

    def free_stock(self, reservation_id: str) -> Held | None:
        """End the hold of a reservation; None when it has none."""

    def lapsed_stock(self, item_id: str, now: str) -> Sequence[Held]:
        """Give what was kept of an item until an instant before `now`, in order of reservation."""

    def stock(self, item_id: str) -> Stock | None:
        """Say how many units of an item there are and how many are held; None when nothing is known."""


def with_stock(key: Key, doc: Document, before: Stored | None, work: StockWork) -> Document:
    """Move the stock that a document says is moved or held, once; put the true counts into that of an item.

    before : the record until now. Raises ValueError when so much is not there.
    """
    if key.kind == "item":
        now = work.stock(key.id) or Stock(0, 0)
        return {**doc, "stock": now.there, "held": now.held}
    if before is None and not _takes(key, doc, work):
        raise ValueError(f"{key.kind} {key.id}: there is not so much in stock")
    return doc


def _takes(key: Key, doc: Document, work: StockWork) -> bool:
    if key.kind == "movement":
        return work.move_stock(doc["item_id"], change_by(doc))
    held = Held(key.id, doc["item_id"], doc["quantity"], doc["until_at"])
    return doc["status"] != "held" or work.hold_stock(held)
