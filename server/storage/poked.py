"""What a transaction changed, told after its commit: the tenant, where the feed ends now, and the scopes that moved.

Telling is a courtesy. Whoever listens also looks at the heads, so that a word that is lost costs time and nothing else.
"""

from collections.abc import Callable

from sqlalchemy import Connection

from server.storage.work import SqlWork
from server.sync.ports import Writes

#: Told (tenant, seq, scopes); no scopes when the head moved by itself, because grants or devices have changed.
Poke = Callable[[str, int, frozenset[str]], None]


def no_poke(_tenant: str, _seq: int, _scopes: frozenset[str]) -> None:
    """Tell nobody."""


class PokingWork(SqlWork):
    """A transaction that remembers what it changed."""

    def __init__(self, connection: Connection, tenant: str) -> None:
        super().__init__(connection, tenant)
        self.seq = 0
        self.scopes: set[str] = set()

    def numbers(self, count: int) -> int:
        """Take numbers, and remember the last."""
        first = super().numbers(count)
        self.seq = first + count - 1
        return first

    def save(self, writes: Writes) -> None:
        """Write everything, and remember which scopes it is in."""
        super().save(writes)
        self.scopes.update(entry.scope for entry in writes.feed)

    def tell(self, poke: Poke) -> None:
        """Tell what was committed, if the feed moved."""
        if self.seq:
            poke(self.tenant, self.seq, frozenset(self.scopes))
