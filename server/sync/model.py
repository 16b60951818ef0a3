"""The words of sync as values: what phones ask, what the server answers, what a record is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import field as made
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from server.domain.erasure import ERASED

if TYPE_CHECKING:
    from server.sync.budget import Budget

#: Stands for "this transaction's number" until the head row has given one; newer than every real version.
PENDING = 2**62

Document = Mapping[str, Any]


class Key(NamedTuple):
    """Which record: ids are unique within a kind of a tenant."""

    kind: str
    id: str


class Outcome(StrEnum):
    """What became of a mutation."""

    APPLIED = "applied"
    MERGED = "merged"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    DEFERRED = "deferred"


class Op(StrEnum):
    """What a feed row says of a record in its scope: it is there, it was deleted, it left."""

    PUT = "put"
    DEL = "del"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks, from which device, and what they may hold.

    scopes : the names of the sets of records that the account is granted. volunteer_id : whose claims these are.
    """

    tenant: str
    account_id: str
    device_id: str
    roles: frozenset[str]
    scopes: frozenset[str]
    volunteer_id: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that only the server can decide.

    valid_until : instant after which the answer is no; as it arrives, by the device's clock.
    """

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    valid_until: str | None = None


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change made on a device.

    lseq : 1, 2, 3… per device. op : create, patch, delete or command. base : the version that was edited, 0 for none.
    set : field → value; {"add", "remove"} for sets and {"delta"} for counters when patching.
    hlc : ``<13-digit ms>-<4 hex counter>-<device>``, by the device's clock.
    """

    mid: str
    lseq: int
    kind: str
    id: str
    op: str
    base: int = 0
    set: Mapping[str, Any] = field(default_factory=dict)
    hlc: str = ""
    command: Command | None = None
    key: Key = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Name the record that is changed, once: it is asked for often."""
        object.__setattr__(self, "key", Key(self.kind, self.id))


@dataclass(frozen=True, slots=True)
class Push:
    """Mutations of one device.

    sent_at : UTC instant by the device's clock. schema : contract version. ask : mids that were deferred before, of
    which the device wants to know what became since.
    """

    device: str
    sent_at: str | None
    schema: int
    mutations: tuple[Mutation, ...]
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why not: the slug of a problem of the contract, a sentence, and messages per field."""

    slug: str
    detail: str = ""
    errors: Mapping[str, Any] = field(default_factory=dict)


class RefusedError(Exception):
    """The whole request cannot be served; `problem` says why and, through its slug, what to do next."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.slug)
        self.problem = problem


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


@dataclass(frozen=True, slots=True)
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
    """A page is asked for. cursor : None for everything. max_bytes : of documents; at least one row comes.

    snapshots : SHA-256 of those that the phone has loaded. retake : scopes to begin again from nothing.
    """

    cursor: str | None = None
    limit: int = 500
    max_bytes: int = 1_000_000
    snapshots: tuple[str, ...] = ()
    retake: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the feed. more : ask again at once. consistent : the page reaches the head. evict : scopes lost.

    budget : what the device may hold, where that was counted.
    """

    cursor: str
    more: bool
    consistent: bool
    evict: tuple[str, ...]
    rows: tuple[Row, ...]
    acked_lseq: int
    budget: "Budget | None" = None


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
