"""What phones ask, as values: mutations, who makes them, and the words for what becomes of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

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


@dataclass(slots=True)  # not frozen: setting frozen fields takes five times as long, and these come by the hundred
class Mutation:
    """One change made on a device.

    lseq : 1, 2, 3… per device. op : create, patch, delete or command. base : the version that was edited, 0 for none.
    set : field → value; {"add", "remove"} for sets and {"delta"} for counters when patching.
    hlc : ``<13-digit ms>-<4 hex counter>-<device>``, by the device's clock.
    sent : all of it as it came, where its outside is wrong, and wrong : what is; it will be refused.
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
    sent: Document | None = None
    wrong: Document | None = None
    key: Key = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Name the record that is changed, once: it is asked for often."""
        self.key = Key(self.kind, self.id)


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
