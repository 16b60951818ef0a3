"""The statements of a push, each made once for a database; lists travel as one value, so their length changes nothing.

SQLite reads a list from JSON and takes rows one by one, which is its quickest way; PostgreSQL takes an array, and all
rows of a table at once from JSON: every row of its own would cost it another message.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    Column,
    ColumnElement,
    Integer,
    Select,
    String,
    Table,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from server.prepared import Prepared
from server.storage.tables import conflict, deferred, device_log, feed, head, receipt, receipt_run, record

_TENANT: BindParameter[str] = bindparam("at_tenant")


def _at(table: Table, *names: str) -> list[ColumnElement[bool]]:
    return [table.c.tenant == _TENANT, *(table.c[name] == bindparam(f"at_{name}") for name in names)]


def _among(wanted: Select[Any], one: ColumnElement[Any], dialect: str) -> Select[Any]:
    """Ask for those whose `one` is in the list ``among``, each by its own place in the index; see `_looked_up`."""
    if dialect != "postgresql":
        return wanted.where(one.in_(select(func.json_each(bindparam("among")).table_valued("value").c.value)))
    return _looked_up(wanted, {"among": one})


def _among_keys(wanted: Select[Any], kind: ColumnElement[Any], one: ColumnElement[Any], dialect: str) -> Select[Any]:
    """Ask for those whose `kind` and `one` stand together in the lists ``kinds`` and ``among``.

    SQLite takes both from ``among``, which holds pairs.
    """
    if dialect != "postgresql":
        pair = func.json_each(bindparam("among")).table_valued("value").c.value
        parts = (func.json_extract(pair, literal_column(f"'$[{place}]'")) for place in (0, 1))
        return wanted.where(tuple_(kind, one).in_(select(*parts)))
    return _looked_up(wanted, {"kinds": kind, "among": one})


def _looked_up(wanted: Select[Any], by: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
    """Let PostgreSQL look them up one by one, in the order of the lists.

    Where it has no figures about a table yet, it would read the whole index range of the tenant and throw away what is
    not in the lists.
    """
    lists = [bindparam(name, type_=postgresql.ARRAY(Text)) for name in by]
    asked = func.unnest(*lists).table_valued(*by).render_derived(name="asked")
    same = [one == asked.c[name] for name, one in by.items()]
    found = wanted.where(*same).offset(literal_column("0")).lateral("found")
    return select(found).select_from(asked.join(found, true()))


@cache
def log(dialect: str) -> Prepared:
    """Lock a device's log."""
    columns = (device_log.c.acked_lseq, device_log.c.clock, device_log.c.last_mid)
    return Prepared(select(*columns).where(*_at(device_log, "device")).with_for_update(), dialect)


@cache
def log_update(dialect: str) -> Prepared:
    """Move a device's log."""
    return Prepared(_log_update(), dialect)


def _log_update() -> Any:
    values: dict[str, Any] = {name: bindparam(name) for name in ("acked_lseq", "clock", "last_mid")}
    return update(device_log).where(*_at(device_log, "device")).values(values)


@cache
def receipts(dialect: str) -> Prepared:
    """Find receipts of a device."""
    columns = (receipt.c.mid, receipt.c.lseq, receipt.c.payload_hash, receipt.c.outcome)
    return Prepared(_among(select(*columns).where(*_at(receipt, "device")), receipt.c.mid, dialect), dialect)


@cache
def runs(dialect: str) -> Prepared:
    """Find the runs of a device's receipts in which mids would be: of each the first run that ends at it or later."""
    if dialect == "postgresql":
        listed = func.unnest(bindparam("among", type_=postgresql.ARRAY(Text))).table_valued("value")
    else:
        listed = func.json_each(bindparam("among")).table_valued("value")
    asked, later = listed.render_derived(name="asked") if dialect == "postgresql" else listed, receipt_run.alias()
    mine = (later.c.tenant == _TENANT, later.c.device == bindparam("at_device"), later.c.last_mid >= asked.c.value)
    ends = select(select(func.min(later.c.last_mid)).where(*mine).scalar_subquery()).select_from(asked)
    wanted = select(receipt_run.c.receipts).where(*_at(receipt_run, "device"), receipt_run.c.last_mid.in_(ends))
    return Prepared(wanted, dialect)


@cache
def records(dialect: str, *, lock: bool) -> Prepared:
    """Read records; PostgreSQL locks them in the order of the list."""
    columns = (record.c.kind, record.c.id, record.c.version, record.c.doc, record.c.stamps, record.c.deleted)
    wanted = select(*columns).where(*_at(record))
    locked = wanted.with_for_update() if lock else wanted
    return Prepared(_among_keys(locked, record.c.kind, record.c.id, dialect), dialect)


@cache
def record_ids(dialect: str) -> Prepared:
    """Find which records there are."""
    wanted = select(record.c.kind, record.c.id).where(*_at(record))
    return Prepared(_among_keys(wanted, record.c.kind, record.c.id, dialect), dialect)


@cache
def conflict_ids(dialect: str) -> Prepared:
    """Find the conflicts ever raised on records."""
    wanted = select(conflict.c.id).where(*_at(conflict))
    return Prepared(_among_keys(wanted, conflict.c.record_kind, conflict.c.record_id, dialect), dialect)


@cache
def waiting(dialect: str) -> Prepared:
    """Find what waits for records."""
    wanted = _deferred().where(*_at(deferred))
    return Prepared(_among_keys(wanted, deferred.c.parent_kind, deferred.c.parent_id, dialect), dialect)


@cache
def waiting_of(dialect: str) -> Prepared:
    """Find what waits of a device."""
    return Prepared(_deferred().where(*_at(deferred, "device")), dialect)


@cache
def overdue(dialect: str) -> Prepared:
    """Find what was received before an instant, the oldest first."""
    before = _deferred().where(*_at(deferred), deferred.c.received_at < bindparam("at_before"))
    ordered = before.order_by(deferred.c.received_at, deferred.c.device, deferred.c.lseq)
    return Prepared(ordered.limit(bindparam("at_most", type_=Integer)), dialect)


def _deferred() -> Select[Any]:
    names = ("device", "mid", "parent_kind", "parent_id", "payload", "principal", "lseq", "received_at")
    return select(*(deferred.c[name] for name in names))


@cache
def numbers(dialect: str) -> Prepared:
    """Take numbers from the head."""
    moved = update(head).where(*_at(head)).values(seq=head.c.seq + bindparam("count"))
    return Prepared(moved.returning(head.c.seq), dialect)


@cache
def insert_rows(table: Table, dialect: str) -> Prepared:
    """Insert rows of a table: on SQLite each in turn, on PostgreSQL all that ``<table>_rows`` holds."""
    return Prepared(_insert(table, dialect), dialect)


@cache
def push_ends() -> Prepared:
    """Change and insert records, rows of the feed and receipts and move the log, in one message to PostgreSQL."""
    new = {table.name: _insert(table, "postgresql") for table in (record, receipt, receipt_run)}
    parts = {**new, "changed": _replace_records("changed"), "feed": _upsert_feed("postgresql")}
    named = [part.cte(f"{name}_part") for name, part in parts.items()]
    return Prepared(_log_update().add_cte(*named), "postgresql")


@cache
def upsert_feed(dialect: str) -> Prepared:
    """Insert rows of the feed, replacing what was there: the feed holds the latest state only."""
    return Prepared(_upsert_feed(dialect), dialect)


def _upsert_feed(dialect: str) -> Any:
    statement = _insert(feed, dialect)
    new = {name: statement.excluded[name] for name in ("seq", "op", "by_device")}
    keys = ["tenant", "scope", "kind", "id"]
    return statement.on_conflict_do_update(index_elements=keys, set_=new)


@cache
def update_records(dialect: str) -> Prepared:
    """Give records their new versions; PostgreSQL surely finds each by its key when an insertion meets it."""
    if dialect == "postgresql":
        return Prepared(_replace_records(record.name), dialect)
    values: dict[str, Any] = {name: bindparam(name) for name in _CHANGING}
    return Prepared(update(record).where(*_at(record, "kind", "id")).values(values), dialect)


_CHANGING = ("version", "deleted", "doc", "stamps")


def _replace_records(given: str) -> Any:
    statement = _insert(record, "postgresql", given)
    new = {name: statement.excluded[name] for name in _CHANGING}
    return statement.on_conflict_do_update(index_elements=["tenant", "kind", "id"], set_=new)


def _insert(table: Table, dialect: str, given: str = "") -> Any:
    if dialect != "postgresql":
        return sqlite.insert(table)
    rows = _rows_of(table, given or table.name)
    values = select(_TENANT, *(rows.c[each.name] for each in _others(table)))
    return postgresql.insert(table).from_select([each.name for each in table.c], values)


def _rows_of(table: Table, given: str) -> Any:
    typed = [column(each.name, Text if isinstance(each.type, String) else each.type) for each in _others(table)]
    rows = func.json_to_recordset(cast(bindparam(f"{given}_rows"), JSON)).table_valued(*typed, name="rows")
    return rows.render_derived(with_types=True)


def _others(table: Table) -> list[Column[Any]]:
    """Give all columns but the tenant, which comes first in every table."""
    return [each for each in table.c if each.name != "tenant"]
