"""What the core asks of storage about those who wait for a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Waiter:
    """Who waits for a place on an item. number : the order. offered_until_at : a place is kept until then, or None."""

    placement_id: str
    number: int
    offered_until_at: str | None = None


class WaitingWork(Protocol):
    """What a transaction can do about those who wait."""

    def waiters(self, item_id: str) -> Sequence[Waiter]:
        """Give who waits for a place on the item, in order; until the end nobody else takes or frees one of it."""

    def join_waiters(self, item_id: str, placement_id: str, person_id: str) -> bool:
        """Put the placement at the end, once; say no where the person waits there under another one."""

    def offer_waiter(self, placement_id: str, until_at: str) -> None:
        """Note until when a place is kept for one who waits."""

    def leave_waiters(self, placement_id: str) -> bool:
        """Let the placement wait no longer; say whether it did."""
