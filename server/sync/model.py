"""The words of sync as values: what phones ask, what the server answers, what a record is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import field as made
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from server.domain.erasure import ERASED
from server.sync.asked import (
    PENDING as PENDING,
)
from server.sync.asked import (
    Command as Command,
)
from server.sync.asked import (
    Document as Document,
)
from server.sync.asked import (
    Key as Key,
)
from server.sync.asked import (
    Mutation as Mutation,
)
from server.sync.asked import (
    Op as Op,
)
from server.sync.asked import (
    Outcome as Outcome,
)
from server.sync.asked import (
    Principal as Principal,
)
from server.sync.asked import (
    Problem as Problem,
)
from server.sync.asked import (
    Push as Push,
)
from server.sync.asked import (
    RefusedError as RefusedError,
)

#: A page holds no more than this whatever is asked for, so that a worker's memory does not hang on what phones ask.
MOST_ROWS: Final = 500
MOST_BYTES: Final = 1024 * 1024

if TYPE_CHECKING:
    from server.sync.budget import Budget


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """Two values of one field and which stands. rule : the merge rule that chose, or ``deleted``.

    rest : the other fields of the same group, where there is one: name → (mine, theirs, kept).
    """

    field: str
    mine: Any
    theirs: Any
    kept: Any
    rule: str
    rest: Mapping[str, tuple[Any, Any, Any]] = made(default_factory=dict, compare=False)


class Row(NamedTuple):
    """A record as phones receive it. doc : canonical JSON text, None unless `op` is put.

    A tuple, because a first pull makes them by the ten thousand.
    """

    kind: str
    id: str
    version: int
    op: Op
    doc: str | None

    @property
    def key(self) -> Key:
        """The record that it is about."""
        return Key(self.kind, self.id)


class Lines(NamedTuple):
    """Rows as JSON text, made where they lie. parts : together a list of so many `rows`, of one at least.

    kinds : of each row that is there, as many times as there are. last : the version of the last row.
    """

    parts: tuple[bytes, ...]
    rows: int
    kinds: Sequence[str]
    last: int

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return sum(map(len, self.parts))


@dataclass(slots=True)  # not frozen, for the sake of speed: see Mutation
class Receipt:
    """What became of one mutation. A repeat of the mutation gets the same receipt.

    version : of the record afterwards, 0 when there is none to tell. row : the record, where the phone's would differ.
    about : the record whose values the conflicts show, where no row names it; kept and never sent.
    """

    mid: str
    lseq: int
    outcome: Outcome
    version: int = 0
    row: Row | None = None
    conflicts: tuple[FieldConflict, ...] = ()
    problem: Problem | None = None
    about: Key | None = made(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Later:
    """What became of a mutation that was deferred, once that is known."""

    mid: str
    outcome: Outcome
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """One receipt per mutation that was looked at, in the order of lseq.

    acked_lseq : every mutation up to here has a receipt. clock_offset_ms : server time minus the device's.
    later : what became of those that the device asked about and that wait no longer.
    """

    results: tuple[Receipt, ...]
    acked_lseq: int
    clock_offset_ms: int = 0
    later: tuple[Later, ...] = ()


@dataclass(frozen=True, slots=True)
class Pull:
    """A page is asked for. cursor : None for everything. limit, max_bytes : of rows and of documents; one row comes
    whatever it weighs.

    snapshots : SHA-256 of those that the phone has loaded. retake : scopes to begin again from nothing.
    """

    cursor: str | None = None
    limit: int = 500
    max_bytes: int = 1_000_000
    snapshots: tuple[str, ...] = ()
    retake: tuple[str, ...] = ()

    @property
    def most_rows(self) -> int:
        """How many rows may come at most."""
        return max(1, min(self.limit, MOST_ROWS))

    @property
    def most_bytes(self) -> int:
        """How many bytes of documents may come at most, unless one row alone has more."""
        return min(self.max_bytes, MOST_BYTES)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the feed. more : ask again at once. consistent : the page reaches the head. evict : scopes lost.

    budget : what the device may hold, where that was counted. lines : what the page brings, in place of `rows`.
    """

    cursor: str
    more: bool
    consistent: bool
    evict: tuple[str, ...]
    rows: tuple[Row, ...]
    acked_lseq: int
    budget: "Budget | None" = None
    lines: Lines | None = None

    @property
    def count(self) -> int:
        """How many rows it brings."""
        return self.lines.rows if self.lines else len(self.rows)

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of the rows that are there, as many times as there are."""
        return self.lines.kinds if self.lines else [kind for kind, _, _, op, _ in self.rows if op is Op.PUT]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who last set a field: at which version, from which device, when by the normalised clock.

    added : for sets, code → (version, device) of its latest addition.
    """

    version: int
    device: str
    hlc: str
    added: Mapping[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as the server keeps it. version : its place in the feed. deleted : only its tombstone travels."""

    key: Key
    version: int
    doc: Document
    stamps: Mapping[str, Stamp]
    deleted: bool = False

    @property
    def erased(self) -> bool:
        """Nothing but the shell is left, and nothing is ever written here again."""
        return ERASED in self.doc


@dataclass(frozen=True, slots=True)
class Head:
    """Where a tenant's feed ends. epoch : changes when history was rewound. floor : tombstones up to here are gone."""

    seq: int
    epoch: str
    floor: int = 0
