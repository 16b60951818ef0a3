"""The statements that every push runs, made once: putting one together costs more than SQLite takes to run it."""

from functools import cache
from typing import Any

from sqlalchemy import Select, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from server.storage.tables import conflict, deferred, device_log, feed, head, receipt, record


def _at(table: Table, *names: str) -> list[Any]:
    return [table.c[name] == bindparam(f"at_{name}") for name in names]


def _among(table: Table, name: str) -> Any:
    return table.c[name].in_(bindparam("among", expanding=True))


LOG = select(device_log).where(*_at(device_log, "tenant", "device")).with_for_update()
LOG_UPDATE = (
    update(device_log)
    .where(*_at(device_log, "tenant", "device"))
    .values({name: bindparam(name) for name in ("acked_lseq", "clock")})
)
RECEIPTS = select(receipt).where(*_at(receipt, "tenant", "device"), _among(receipt, "mid"))
RECORDS = select(record).where(*_at(record, "tenant", "kind"), _among(record, "id")).order_by(record.c.id)
RECORDS_LOCKED = RECORDS.with_for_update()
RECORD_IDS = select(record.c.id).where(*_at(record, "tenant", "kind"), _among(record, "id"))
RECORD_UPDATE = (
    update(record)
    .where(*_at(record, "tenant", "kind", "id"))
    .values({name: bindparam(name) for name in ("version", "deleted", "doc", "stamps")})
)
WAITING_OF = select(deferred).where(*_at(deferred, "tenant", "device"))
WAITING = select(deferred).where(*_at(deferred, "tenant", "parent_kind"), _among(deferred, "parent_id"))
NUMBERS = update(head).where(*_at(head, "tenant")).values(seq=head.c.seq + bindparam("count")).returning(head.c.seq)
CONFLICTS: Select[Any] = (
    select(conflict.c.id)
    .where(*_at(conflict, "tenant", "record_kind"), _among(conflict, "record_id"))
    .order_by(conflict.c.id)
)


@cache
def add_unless_there(table: Table, dialect: str) -> Any:
    """Insert rows, leaving those that are there as they are."""
    return _insert(table, dialect).on_conflict_do_nothing()


@cache
def feed_upsert(dialect: str) -> Any:
    """Insert rows of the feed, replacing what was there: the feed holds the latest state only."""
    statement = _insert(feed, dialect)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["tenant", "scope", "kind", "id"],
        set_={"seq": new.seq, "op": new.op, "by_device": new.by_device},
    )


def _insert(table: Table, dialect: str) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
