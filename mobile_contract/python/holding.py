"""What a phone holds: the server's records, the outbox, what was refused, and its place in the feed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, str]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A record as the server last gave it.

    generation : of the taking that last brought it, one less while only an answer to a push has told of it.
    """

    version: int
    doc: Values
    scopes: frozenset[str]
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A change that the server has not answered for good. lseq : None until it is first sent.

    order : the how-manieth of this phone; its clock may have been set back since.
    """

    mid: str
    kind: str
    id: str
    op: str
    base: int
    set: Values
    hlc: str
    command: Values | None = None
    lseq: int | None = None
    deferred: bool = False
    order: int = 0

    @property
    def key(self) -> Key:
        """Which record it changes."""
        return self.kind, self.id

    def wire(self, lseq: int) -> dict[str, Any]:
        """Write it as a mutation."""
        fields = ("mid", "kind", "id", "op", "base", "set", "hlc", "command")
        return {"lseq": lseq, **{name: getattr(self, name) for name in fields}}


@dataclass(frozen=True, slots=True)
class Refused:
    """A change that the server refused, with its problem."""

    entry: Entry
    problem: Values


@dataclass(frozen=True, slots=True)
class Loading:
    """A snapshot on its way. loaded : its records are here and only the cursor is missing."""

    sha256: str
    bytes: int
    loaded: bool = False


@dataclass(slots=True)
class Holding:
    """Everything that a phone remembers, in memory. outbox : in the order in which the changes were made.

    sent : changes that the server has answered lately, to be sent again should it go back to a backup (journal.py).
    made : how many changes this phone has made.
    restored : it did, and the phone has not reached its head since. fork : up to which lseq all its histories agree.
    evicted : scopes dropped by a page whose cursor is not stored yet; should the phone die there, they are taken anew.
    begun : scopes in which the cursor has a place, None when that was never noted. again : scopes to begin again.
    loading : scope → its snapshot on its way. parts : SHA-256 → what has arrived.
    budget, clock_offset_ms : as the server last told.
    syncs, verified_at : full syncs since the phone last asked whether it holds what it should, and when that was.
    """

    records: dict[Key, Held] = field(default_factory=dict)
    outbox: dict[str, Entry] = field(default_factory=dict)
    attention: dict[str, Refused] = field(default_factory=dict)
    sent: dict[str, Entry] = field(default_factory=dict)
    scopes: frozenset[str] = frozenset()
    evicted: frozenset[str] = frozenset()
    cursor: str | None = None
    lseq: int = 0
    clock: str | None = None
    made: int = 0
    generation: int = 0
    taking: bool = False
    restored: bool = False
    fork: int | None = None
    session: Values | None = None
    begun: frozenset[str] | None = None
    again: frozenset[str] = frozenset()
    loading: dict[str, Loading] = field(default_factory=dict)
    parts: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    budget: Values | None = None
    clock_offset_ms: int | None = None
    syncs: int = 0
    verified_at: float | None = None

    def waiting(self) -> list[Entry]:
        """Give the changes that are still to be sent or answered."""
        return [entry for entry in self.outbox.values() if not entry.deferred]

    def about(self, key: Key) -> Iterator[Entry]:
        """Give the changes of one record."""
        return (entry for entry in self.outbox.values() if entry.key == key)
