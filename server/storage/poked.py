"""What a transaction changed, told after its commit: the tenant, where the feed ends now, and the scopes that moved.

Telling is a courtesy. Whoever listens also looks at the heads, so that a word that is lost costs time and nothing else.
"""

from typing import Protocol

from sqlalchemy import Connection

from server.storage.work import SqlWork
from server.sync.ports import Writes


class Poke(Protocol):
    """Tells what changed."""

    def __call__(self, tenant: str, seq: int, scopes: frozenset[str], by: str = "") -> None:
        """Tell it; no scopes when the head moved by itself, because grants or devices have changed.

        by : the device that wrote all of it, which needs no telling.
        """


def no_poke(tenant: str, seq: int, scopes: frozenset[str], by: str = "") -> None:
    """Tell nobody."""


class PokingWork(SqlWork):
    """A transaction that remembers what it changed."""

    def __init__(self, connection: Connection, tenant: str) -> None:
        super().__init__(connection, tenant)
        self.seq = 0
        self.scopes: set[str] = set()
        self.writers: set[str] = set()
        self.erased = False

    def numbers(self, count: int) -> int:
        """Take numbers, and remember the last."""
        first = super().numbers(count)
        self.seq = first + count - 1
        return first

    def save(self, writes: Writes) -> None:
        """Write everything, and remember which scopes it is in and whose it is."""
        super().save(writes)
        self.erased = self.erased or bool(writes.erased)
        self.scopes.update(entry.scope for entry in writes.feed)
        self.writers.update(entry.by_device for entry in writes.feed)

    def tell(self, poke: Poke) -> None:
        """Tell what was committed, if the feed moved."""
        if self.seq:
            only = next(iter(self.writers)) if len(self.writers) == 1 else ""
            poke(self.tenant, self.seq, frozenset(self.scopes), only)
