"""What an importer makes of its source: documents to write, and what became of every row."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from server.importers.words import REFUSALS, REPAIRS
from server.sync.door import Put
from server.sync.model import Key

#: Says whether a document keeps the contract.
Check = Callable[[Put], bool]


def believed(_: Put) -> bool:
    """Take a document's word for it."""
    return True


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one row of the source.

    source_id : how the source names the row. puts : what it gives; the first is the row's own record.
    repairs : rules of `REPAIRS` that mended it. refused : the reason, one of `REFUSALS`, when it gives nothing.
    """

    source_id: str
    puts: tuple[Put, ...] = ()
    repairs: tuple[str, ...] = ()
    refused: str | None = None


@dataclass(slots=True)
class Harvest:
    """Everything one source gave, before any of it is written.

    Every row read is counted once: ``rows == taken + folded + len(refused)``. repaired : rows taken with a repair.
    folded : rows that say what another row of the same id says, and were folded into it.
    """

    puts: dict[Key, Put] = field(default_factory=dict)
    taken: int = 0
    repaired: int = 0
    folded: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)
    check: Check = believed

    @classmethod
    def of(cls, rows: Iterable[Row], check: Check = believed) -> "Harvest":
        """Gather `rows` in order; a row is refused whole when `check` finds one of its documents wanting."""
        harvest = cls(check=check)
        for row in rows:
            harvest.add(row)
        return harvest

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.taken + self.folded + len(self.refused)

    def add(self, row: Row) -> None:
        """Count `row` and keep what it gives; a later document of one record replaces the earlier."""
        reason = row.refused or (None if all(map(self.check, row.puts)) else "invalid")
        if reason is not None:
            self.refuse(row.source_id, reason)
            return
        self.take(row.repairs)
        for put in row.puts:
            self.keep(put)

    def take(self, repairs: Iterable[str] = ()) -> None:
        """Count a row that gives something, with the repairs that mended it."""
        names = list(repairs)
        self.taken += 1
        self.repaired += bool(names)
        for name in names:
            self.repair(name)

    def keep(self, put: Put) -> None:
        """Keep a document; a later one of the same record replaces the earlier."""
        self.puts[Key(put.kind, put.id)] = put

    def refuse(self, source_id: str, reason: str) -> None:
        """Count a row that gives nothing; `reason` is one of `REFUSALS`, else KeyError."""
        REFUSALS[reason]
        self.refused.append((source_id, reason))

    def repair(self, rule: str, times: int = 1) -> None:
        """Count a repair. rule : one of `REPAIRS`, else KeyError; what follows a colon is told of the record alone."""
        name = rule.partition(":")[0]
        REPAIRS[name]
        self.repairs[name] += times

    def fold(self) -> None:
        """Count a row that was folded into another of the same id."""
        self.folded += 1
        self.repair("repeated-id")
