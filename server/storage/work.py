"""One writing transaction of a tenant in SQL."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, Final

import orjson
from sqlalchemy import Connection, CursorResult, Executable, Result, delete, exc, or_, select, update

from server.prepared import Prepared
from server.storage import push_statements
from server.storage.allowance import AllowanceWork
from server.storage.banking import BankingWork
from server.storage.full import is_full
from server.storage.heads import ensure_head
from server.storage.holds import HoldWork
from server.storage.promises import PromiseWork, save_promises
from server.storage.rows import deferred_of, run_of, stored_of
from server.storage.save import save
from server.storage.statements import add_unless_there
from server.storage.stock import StockWork
from server.storage.tables import capacity, device_log, place
from server.storage.waiting import WaitingWork
from server.sync.model import Key, Stored
from server.sync.ports import Capacity, ClashError, Deferred, DeviceLog, KeptReceipt, NoRoomError, Taking, Writes

#: Gives the statement of a database.
MakeStatement = Callable[[str], Prepared]

#: The name of the one savepoint, and how it ends when what came since is kept, and when it is not.
_MARK: Final = "mutation"
_ENDS: Final = {True: ("RELEASE",), False: ("ROLLBACK TO", "RELEASE")}


class SqlWork(PromiseWork, BankingWork, StockWork, HoldWork, AllowanceWork, WaitingWork):
    """Reads, takes and writes inside the transaction of `connection`."""

    def __init__(self, connection: Connection, tenant: str) -> None:
        self.connection, self.tenant = connection, tenant
        self._dialect = connection.dialect.name
        self._last_mid: str | None = None
        self._wants_savepoint = False
        self._has_savepoint = False

    def log(self, device: str) -> DeviceLog:
        """Lock the device's log, making it at the first push."""
        mine = {"at_device": device}
        found = self._rows(push_statements.log, mine)
        if not found:
            new = {"tenant": self.tenant, "device": device, "acked_lseq": 0, "clock": "", "last_mid": ""}
            self._run(add_unless_there(device_log, self._dialect), new)
            found = self._rows(push_statements.log, mine)
        log = DeviceLog(device, *found[0])
        self._last_mid = log.last_mid
        return log

    def receipts(self, device: str, mids: Collection[str]) -> Mapping[str, KeptReceipt]:
        """Give the receipts that exist."""
        mine = {"at_device": device, "among": self._list(mids)}
        alone = [KeptReceipt(*row) for row in self._rows(push_statements.receipts, mine)]
        run = [entry for (text,) in self._rows(push_statements.runs, mine) for entry in run_of(text)]
        wanted = set(mids)
        return {entry.mid: entry for entry in (*alone, *run) if entry.mid in wanted}

    def peek(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Read records without locking them."""
        return self._records(keys, lock=False)

    def lock(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Read records and keep everyone else from changing them until the end."""
        return self._records(keys, lock=True)

    def _records(self, keys: Collection[Key], *, lock: bool) -> Mapping[Key, Stored]:
        rows = self._of_keys(partial(push_statements.records, lock=lock), keys)
        return {key: stored_of(key, *rest) for kind, one, *rest in rows if (key := Key(kind, one))}

    def exist(self, keys: Collection[Key]) -> frozenset[Key]:
        """Say which of `keys` are known, deleted ones included."""
        return frozenset(Key(*row) for row in self._of_keys(push_statements.record_ids, keys))

    def waiting(self, parents: Collection[Key]) -> Sequence[Deferred]:
        """Give the deferred mutations that wait for one of `parents`, in order of arrival."""
        return _in_order(self._of_keys(push_statements.waiting, parents))

    def waiting_of(self, device: str) -> Sequence[Deferred]:
        """Give the deferred mutations of a device, in order of arrival."""
        return _in_order(self._rows(push_statements.waiting_of, {"at_device": device}))

    def conflicts_of(self, keys: Collection[Key]) -> Sequence[Key]:
        """Name the conflicts ever raised on these records."""
        return sorted(Key("conflict", name) for (name,) in self._of_keys(push_statements.conflict_ids, keys))

    def _of_keys(self, make: MakeStatement, keys: Collection[Key]) -> list[Any]:
        """Ask about keys, each once and in one order, so that nobody waits in a circle."""
        each = sorted(set(keys))
        if not each:
            return []
        if self._dialect != "postgresql":
            return self._rows(make, {"among": orjson.dumps([tuple(key) for key in each]).decode()})
        return self._rows(make, {"kinds": [key.kind for key in each], "among": [key.id for key in each]})

    def _list(self, names: Collection[str]) -> Any:
        """Write a list as the database takes it, each name once and in one order, so that nobody waits in a circle."""
        each = sorted(set(names))
        return each if self._dialect == "postgresql" else orjson.dumps(each).decode()

    def _rows(self, make: MakeStatement, values: Mapping[str, Any], *, may_fail: bool = True) -> list[tuple[Any, ...]]:
        """Ask. may_fail : so that an open savepoint is set first."""
        with self._clashes():
            if may_fail:
                self._ready()
            return make(self._dialect).rows(self.connection, {"at_tenant": self.tenant, **values})

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what was taken inside if the block raises.

        The database hears of it only when the block asks the database something: most mutations ask nothing.
        """
        return _Savepoint(self)

    def begin_savepoint(self) -> None:
        """Let the next question to the database set a savepoint."""
        self._wants_savepoint = True

    def _ready(self) -> None:
        if self._wants_savepoint and not self._has_savepoint:
            self._has_savepoint = True
            self.connection.exec_driver_sql(f"SAVEPOINT {_MARK}")

    def end_savepoint(self, *, keep: bool) -> None:
        """Release the savepoint, or go back to it, if there is one."""
        opened, self._has_savepoint, self._wants_savepoint = self._has_savepoint, False, False
        for word in _ENDS[keep] if opened else ():
            with self._clashes():
                self.connection.exec_driver_sql(f"{word} SAVEPOINT {_MARK}")

    def take_place(self, item_id: str, placement_id: str, person_id: str) -> Taking:
        """Take a place for the placement: one a person, and the count moves only while places are left."""
        values = {"tenant": self.tenant, "placement_id": placement_id, "item_id": item_id, "person_id": person_id}
        new = add_unless_there(place, self._dialect).returning(place.c.placement_id)
        if self._run(new, values).one_or_none() is None:
            mine = select(place.c.item_id).where(place.c.tenant == self.tenant, place.c.placement_id == placement_id)
            return Taking.TAKEN if self._run(mine).one_or_none() else Taking.HELD_ALREADY
        self._ensure_capacity(item_id)
        left = or_(capacity.c.total.is_(None), capacity.c.taken < capacity.c.total)
        taken = update(capacity).where(*self._item(item_id), left).values(taken=capacity.c.taken + 1)
        if self._count(taken) == 1:
            return Taking.TAKEN
        self._run(delete(place).where(*self._placement(item_id, placement_id)))
        return Taking.NONE_LEFT

    def give_place_back(self, item_id: str, placement_id: str) -> None:
        """Give the placement's place back if it has one."""
        if self._count(delete(place).where(*self._placement(item_id, placement_id))):
            self._run(update(capacity).where(*self._item(item_id)).values(taken=capacity.c.taken - 1))

    def set_places(self, item_id: str, total: int | None) -> Capacity:
        """Set how many places an item has; never fewer than are taken."""
        self._ensure_capacity(item_id)
        row = self._run(select(capacity).where(*self._item(item_id)).with_for_update()).one()
        kept = total if total is None else max(total, row.taken)
        self._run(update(capacity).where(*self._item(item_id)).values(total=kept))
        return Capacity(kept, row.taken)

    def capacity(self, item_id: str) -> Capacity | None:
        """Say how many places an item has and how many are taken; None when nothing is known."""
        row = self._run(select(capacity).where(*self._item(item_id))).one_or_none()
        return Capacity(row.total, row.taken) if row else None

    def _ensure_capacity(self, item_id: str) -> None:
        values = {"tenant": self.tenant, "item_id": item_id, "total": None, "taken": 0}
        self._run(add_unless_there(capacity, self._dialect), values)

    def _item(self, item_id: str) -> tuple[Any, Any]:
        return capacity.c.tenant == self.tenant, capacity.c.item_id == item_id

    def _placement(self, item_id: str, placement_id: str) -> tuple[Any, Any, Any]:
        return place.c.tenant == self.tenant, place.c.placement_id == placement_id, place.c.item_id == item_id

    def numbers(self, count: int) -> int:
        """Take `count` numbers: the lock on the head row makes the order of numbers the order of commits."""
        asked = {"count": count}
        found = self._rows(push_statements.numbers, asked)
        if not found:
            ensure_head(self.connection, self.tenant)
            found = self._rows(push_statements.numbers, asked)
        return int(found[0][0]) - count + 1

    def save(self, writes: Writes) -> None:
        """Write everything, one statement a table."""
        with self._clashes():
            save(self.connection, self.tenant, writes, self._last_mid)
            save_promises(self.connection, self.tenant, writes)

    def _run(self, statement: Executable, values: Any = None) -> Result[Any]:
        with self._clashes():
            self._ready()
            return self.connection.execute(statement, values)

    def _count(self, statement: Executable) -> int:
        result = self._run(statement)
        return result.rowcount if isinstance(result, CursorResult) else 0

    @contextmanager
    def _clashes(self) -> Iterator[None]:
        """Tell deadlocks, lost connections and races apart from what one mutation did wrong."""
        try:
            yield
        except (exc.OperationalError, exc.IntegrityError) as error:
            if is_full(error):
                raise NoRoomError from error
            raise ClashError(type(error.orig).__name__) from error


class _Savepoint:
    """Undoes what a block took if it raises; made for each block, as one for all would be in a circle with its work."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def __enter__(self) -> None:
        self._work.begin_savepoint()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._work.end_savepoint(keep=kind is None)


def _in_order(rows: Iterable[Sequence[Any]]) -> list[Deferred]:
    found = [deferred_of(*row) for row in rows]
    return sorted(found, key=lambda entry: (entry.received_at, entry.device, entry.lseq))
