"""What storage keeps, as values: what a transaction writes, what it finds, and what only one can have."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from server.sync.canonical import digest
from server.sync.model import Key, Later, Lines, Op, Principal, Row


class ClashError(Exception):
    """Another transaction got in between and nothing was written; the same work may be tried again at once."""


class NoRoomError(Exception):
    """Storage has no more room and nothing was written; trying again at once changes nothing."""


class Changes(NamedTuple):
    """A stretch of the feed, in order. ended : nothing comes after it. lines : all of it, where there are no `rows`."""

    rows: list[Row]
    ended: bool
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A scope as it was at `seq`, packed into a file. sha256, bytes : of the file. schema : contract version."""

    scope: str
    sha256: str
    seq: int
    epoch: str
    schema: int
    rows: int
    bytes: int


class FeedEntry(NamedTuple):
    """The latest state of a record in one scope."""

    scope: str
    key: Key
    seq: int
    op: Op
    by_device: str


class RecordEntry(NamedTuple):
    """A record to be kept. doc : canonical JSON text. stamps : JSON text. is_new : nobody had this key before."""

    key: Key
    version: int
    doc: str
    stamps: str
    deleted: bool
    is_new: bool


@dataclass(slots=True)  # not frozen, for the sake of speed: see Mutation
class KeptReceipt:
    """A receipt as stored. payload_hash : of the mutation's meaning. outcome : the receipt as canonical JSON text."""

    mid: str
    lseq: int
    payload_hash: str
    outcome: str

    @property
    def short(self) -> bool:
        """It says an outcome and a version and nothing of what any record says."""
        return self.outcome.startswith(SHORT)


#: How the text of a short receipt begins; that of others begins with another name, as theirs are sorted.
SHORT = '{"outcome":'


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A payload that was refused, kept for people to look at.

    payload : JSON text. state : open, released or dropped; settled_by : the account that decided.
    """

    device: str
    mid: str
    payload_hash: str
    kind: str
    id: str
    reason: str
    payload: str
    received_at: str
    state: str = "open"
    settled_at: str | None = None
    settled_by: str | None = None

    @property
    def name(self) -> str:
        """The name by which people ask for it."""
        return digest(self.device, self.mid, self.payload_hash)[:32]


@dataclass(frozen=True, slots=True)
class Deferred:
    """A mutation that waits for the record it refers to, with who sent it. payload : JSON text."""

    device: str
    mid: str
    parent: Key
    payload: str
    principal: Principal
    lseq: int
    received_at: str


@dataclass(frozen=True, slots=True)
class DeviceLog:
    """How far a device has pushed. clock : its latest normalised clock, so that it never runs backwards.

    last_mid : no receipt of the device has a mid that is greater as text, so what is greater was never seen.
    """

    device: str
    acked_lseq: int = 0
    clock: str = ""
    last_mid: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry of the audit: who did what to which records, with nothing of what they say.

    what : a word such as pull, erase, release. kind, id : the record, or the empty text for a range; then `scope` says
    which and `count` how many. What is seen again on one day is one entry: `at` is the last time, `first_at` the first.
    """

    at: str
    account: str
    device: str
    what: str
    scope: str = ""
    kind: str = ""
    id: str = ""
    count: int = 1
    first_at: str = ""


class AskedInputs(NamedTuple):
    """What a volunteer was ranked by when they were asked about a task. inputs : canonical JSON text, about 550 bytes.

    It is kept beside the ask, of which phones hold a copy, as it says where somebody lives and what they did before.
    """

    task_id: str
    wave: int
    volunteer_id: str
    asked_at: str
    inputs: str


@dataclass(frozen=True, slots=True)
class Writes:
    """All that a transaction writes once its numbers are known."""

    records: Sequence[RecordEntry] = ()
    feed: Sequence[FeedEntry] = ()
    receipts: Sequence[KeptReceipt] = ()
    quarantined: Sequence[Quarantined] = ()
    deferred: Sequence[Deferred] = ()
    settled: Sequence[tuple[str, str]] = ()  # (device, mid) of deferred mutations that wait no longer
    conflicts: Sequence[tuple[Key, Key]] = ()  # (new conflict, the record it is about)
    log: DeviceLog | None = None
    later: Sequence[tuple[str, Later]] = ()  # (device, what became of its deferred mutation)
    reviewed: Sequence[Quarantined] = ()  # entries that are there already, with what was decided
    erased: Collection[Key] = ()  # whose traces go wherever else there are any
    audit: Sequence[Seen] = ()
    asked: Sequence[AskedInputs] = ()  # what is there already stays


@dataclass(frozen=True, slots=True)
class Hold:
    """Who has a task."""

    task_id: str
    claim_id: str
    volunteer_id: str


@dataclass(frozen=True, slots=True)
class Capacity:
    """Places of an item. total : None when there is no limit."""

    total: int | None
    taken: int

    @property
    def open(self) -> int | None:
        """Places left, None when there is no limit."""
        return None if self.total is None else self.total - self.taken


class Taking(Enum):
    """What came of asking for a place: it is this placement's, all are gone, or its person has one already."""

    TAKEN = auto()
    NONE_LEFT = auto()
    HELD_ALREADY = auto()
