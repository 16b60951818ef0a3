"""What the core asks of storage; `server/storage/testing.py` holds every store to it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from server.sync.allowance import AllowanceWork
from server.sync.banking import BankingView, BankingWork
from server.sync.entries import (
    AskedInputs as AskedInputs,
)
from server.sync.entries import (
    Capacity as Capacity,
)
from server.sync.entries import (
    Changes as Changes,
)
from server.sync.entries import (
    ClashError as ClashError,
)
from server.sync.entries import (
    Deferred as Deferred,
)
from server.sync.entries import (
    DeviceLog as DeviceLog,
)
from server.sync.entries import (
    FeedEntry as FeedEntry,
)
from server.sync.entries import (
    Hold as Hold,
)
from server.sync.entries import (
    KeptReceipt as KeptReceipt,
)
from server.sync.entries import (
    NoRoomError as NoRoomError,
)
from server.sync.entries import (
    Quarantined as Quarantined,
)
from server.sync.entries import (
    RecordEntry as RecordEntry,
)
from server.sync.entries import (
    Seen as Seen,
)
from server.sync.entries import (
    Snapshot as Snapshot,
)
from server.sync.entries import (
    Taking as Taking,
)
from server.sync.entries import (
    Writes as Writes,
)
from server.sync.model import Head, Key, Later, Op, Principal, Row, Stored
from server.sync.stock import StockWork
from server.sync.waiting import WaitingWork

#: ``validate(kind, values, partial)`` → the clean values and messages per field; nothing of the clean values when
#: there are messages. With `partial`, missing fields are neither asked for nor filled in.
Validate = Callable[[str, Mapping[str, Any], bool], tuple[dict[str, Any], dict[str, Any]]]

#: ``validate_alike(kind, documents)`` → what `validate` gives for each of whole documents that have the same names in
#: the same order, and whether no value has names of its own or can be infinite; None when `validate` has to be asked.
#: The names of what it gives are in order.
ValidateAlike = Callable[[str, Sequence[Mapping[str, Any]]], tuple[list[dict[str, Any]], bool] | None]


class View(BankingView, Protocol):
    """One consistent look at a tenant."""

    def head(self) -> Head:
        """Say where the feed ends."""

    def acked_lseq(self, device: str) -> int:
        """Say up to which lseq the device's mutations have receipts."""

    def where(self, device: str) -> tuple[Head, int]:
        """Say where the feed ends and up to which lseq the device has receipts, in one question."""

    def changes(self, scopes: Collection[str], after: int, limit: int, began: int) -> Changes:
        """Give at most `limit` records whose latest change in `scopes` lies after `after`, in order.

        A record in several scopes comes once, as put if any of them has it. Deletions and departures up to `began`
        are left out: whoever began there never had the record.
        """

    def held(self, keys: Collection[Key], scopes: Collection[str]) -> Mapping[Key, Row]:
        """Give those of `keys` that are in one of `scopes` now, as they are now."""

    def last(self, scope: str) -> int:
        """Say where the last change of a scope lies, 0 for none."""

    def mark(self, scopes: Collection[str]) -> tuple[int, int]:
        """Say where the last change of these scopes lies and how many records they hold: different after any change.

        Once compaction has cleared the trace of a deletion the last change may be an old one; the records are fewer.
        """

    def versions(self, scope: str) -> Iterable[tuple[str, str, int]]:
        """Give kind, id and version of the records that a scope holds, without their documents, in any order."""

    def rows_of(self, scope: str) -> Iterable[Row]:
        """Give the records that a scope holds in the order of their last changes, as many as there are."""

    def snapshots(self, scopes: Collection[str] | None) -> Sequence[Snapshot]:
        """Give every snapshot of these scopes that is kept, of all when None, the newest first."""

    def snapshots_named(self, sha256s: Collection[str]) -> Sequence[Snapshot]:
        """Give those snapshots that are kept under these names."""

    def records(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Give those of `keys` that exist, deleted ones included."""

    def of_kind(self, kind: str) -> Iterable[Stored]:
        """Give every record of a kind that is not deleted, in order of id."""

    def in_scopes(self, kind: str, scopes: Collection[str]) -> Iterable[Stored]:
        """Give the records of a kind that one of `scopes` holds, in order of id."""

    def quarantined(self, state: str | None = "open") -> Sequence[Quarantined]:
        """Give what was refused and is in this state, or all of it, oldest first."""

    def labels(self, state: str | None = "open") -> Sequence[Quarantined]:
        """Give what `quarantined` gives, in the same order, without what was sent: the payloads are empty."""

    def payload(self, label: Quarantined) -> str:
        """Give what was sent."""

    def seen(self, key: Key | None = None) -> Sequence[Seen]:
        """Give the audit, or what of it concerns a record: by itself or by one of the scopes it was ever in."""

    def counts(self, scopes: Collection[str]) -> Mapping[str, int]:
        """Say how many records each of `scopes` holds."""

    def asked(self) -> Iterable[AskedInputs]:
        """Give what those who were asked about tasks were ranked by, in order of task, wave and volunteer."""


class Work(BankingWork, StockWork, AllowanceWork, WaitingWork, Protocol):
    """One writing transaction of a tenant: read with locks, take things, take numbers, write, and that is the end."""

    def log(self, device: str) -> DeviceLog:
        """Lock the device's log, so that its pushes go one after the other."""

    def receipts(self, device: str, mids: Collection[str]) -> Mapping[str, KeptReceipt]:
        """Give the receipts that exist."""

    def peek(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Read records without locking them."""

    def lock(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Read records and keep everyone else from changing them until the end."""

    def exist(self, keys: Collection[Key]) -> frozenset[Key]:
        """Say which of `keys` are known, deleted ones included."""

    def waiting(self, parents: Collection[Key]) -> Sequence[Deferred]:
        """Give the deferred mutations that wait for one of `parents`, in order of arrival."""

    def waiting_of(self, device: str) -> Sequence[Deferred]:
        """Give the deferred mutations of a device, in order of arrival."""

    def conflicts_of(self, keys: Collection[Key]) -> Sequence[Key]:
        """Name the conflicts ever raised on these records."""

    def referring(self, kind: str, field: str, ids: Collection[str]) -> Sequence[Key]:
        """Name the records of a kind, deleted ones included, whose `field` is one of `ids`."""

    def standing(self, keys: Collection[Key], scopes: Collection[str]) -> Mapping[Key, Op]:
        """Say which of `keys` are in one of `scopes`, as put, or were deleted there, as del."""

    def rights(self, principal: Principal) -> Principal:
        """Give a sender as they stand now: with today's grants and roles, none when they were shut out."""

    def is_lost(self, number: int) -> bool:
        """Say whether a restore took this number of the feed back."""

    def overdue(self, before: str, limit: int) -> Sequence[Deferred]:
        """Give deferred mutations received before an instant, the oldest first."""

    def later(self, device: str, mids: Collection[str]) -> Sequence[Later]:
        """Say what became of those deferred mutations of a device that wait no longer."""

    def quarantined(self, state: str | None = "open") -> Sequence[Quarantined]:
        """Give what was refused and is in this state, or all of it, oldest first; nobody else settles it meanwhile."""

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what was taken inside if the block raises; the exception goes on."""

    def take_task(self, hold: Hold) -> Hold:
        """Take the task unless someone has it; give the hold that stands."""

    def holder(self, task_id: str) -> Hold | None:
        """Say who has the task."""

    def free_task(self, task_id: str) -> None:
        """Let the task go."""

    def take_place(self, item_id: str, placement_id: str, person_id: str) -> Taking:
        """Take a place for the placement; a second time changes nothing. A person has one place on an item."""

    def give_place_back(self, item_id: str, placement_id: str) -> None:
        """Give the placement's place back if it has one."""

    def set_places(self, item_id: str, total: int | None) -> Capacity:
        """Set how many places an item has; never fewer than are taken."""

    def capacity(self, item_id: str) -> Capacity | None:
        """Say how many places an item has and how many are taken; None when nothing is known."""

    def numbers(self, count: int) -> int:
        """Take `count` numbers from the head and give the first. Nothing but `save` may follow."""

    def save(self, writes: Writes) -> None:
        """Write everything. Raises ClashError when a record or a receipt that is new here is there already."""


class Store(Protocol):
    """Where tenants' records live."""

    def read(self, tenant: str) -> AbstractContextManager[View]:
        """Open one consistent look."""

    def write(self, tenant: str) -> AbstractContextManager[Work]:
        """Open a transaction: kept if the block ends, undone if it raises. Raises ClashError where storage says so."""


class Seal(Protocol):
    """Makes tokens that nobody else can make."""

    def seal(self, payload: Mapping[str, Any]) -> str:
        """Make a token that carries `payload`."""

    def open(self, token: str) -> dict[str, Any]:
        """Give the payload back; ValueError when the token is not ours."""
