"""Writes the end of a transaction, after the numbers were taken: one statement a table, or one for all of a push."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import orjson
from sqlalchemy import Connection, Table, bindparam, delete, insert

from server.prepared import Prepared
from server.storage.push_statements import insert_rows, log_update, push_ends, update_records, upsert_feed
from server.storage.rows import run_text
from server.storage.statements import add_unless_there
from server.storage.tables import asked_inputs, conflict, deferred, feed, quarantine, receipt, receipt_run, record
from server.sync.kept import principal_json
from server.sync.model import Key
from server.sync.ports import Deferred, DeviceLog, FeedEntry, KeptReceipt, Quarantined, RecordEntry, Writes

Values = dict[str, Any]
#: The values of whole rows, but for the tenant.
Rows = Sequence[tuple[Any, ...]]


def save(connection: Connection, tenant: str, writes: Writes, last_mid: str | None) -> None:
    """Write everything; a record or a receipt that is new twice breaks its primary key.

    last_mid : of the device's log as it was, None when nobody looked.
    """
    many, dialect = _Many(connection, tenant), connection.dialect.name
    changed = [entry for entry in writes.records if not entry.is_new]
    many.run(add_unless_there(quarantine, dialect), [_quarantined(entry) for entry in writes.quarantined])
    many.run(_SETTLED, [{"at_device": device, "at_mid": mid} for device, mid in writes.settled], "at_tenant")
    many.run(_DEFERRED_INSERT, [_deferred(entry) for entry in writes.deferred])
    many.run(add_unless_there(conflict, dialect), [_conflict(*pair) for pair in writes.conflicts])
    many.run(add_unless_there(asked_inputs, dialect), [one._asdict() for one in writes.asked])
    new = {
        record: [_record(entry) for entry in writes.records if entry.is_new],
        feed: [_feed(entry) for entry in writes.feed],
        **(_receipts(writes.log, writes.receipts, last_mid) if writes.log else {}),
    }
    if writes.log and dialect == "postgresql":
        told = _text(record, [_record(entry) for entry in changed])
        push_ends().run(connection, {"at_tenant": tenant, **_log(writes.log), **_texts(new), "changed_rows": told})
        return
    many.update(update_records(dialect), changed)
    for table, rows in new.items():
        many.insert(upsert_feed(dialect) if table is feed else insert_rows(table, dialect), table, rows)
    if writes.log:
        log_update(dialect).run(connection, {"at_tenant": tenant, **_log(writes.log)})


class _Many:
    """Runs one statement for many rows, nothing for none."""

    def __init__(self, connection: Connection, tenant: str) -> None:
        self._connection, self._tenant = connection, tenant

    def run(self, statement: Any, rows: Iterable[Values], tenant_name: str = "tenant") -> None:
        values = [{tenant_name: self._tenant, **row} for row in rows]
        if values:
            self._connection.execute(statement, values)

    def insert(self, statement: Prepared, table: Table, rows: Rows) -> None:
        """Insert whole rows of a table: all at once on PostgreSQL, in one go on SQLite."""
        if not rows:
            return
        if self._connection.dialect.name == "postgresql":
            statement.run(self._connection, {"at_tenant": self._tenant, **_texts({table: rows})})
        else:
            statement.run_each(self._connection, [(self._tenant, *row) for row in rows])

    def update(self, statement: Prepared, entries: Sequence[RecordEntry]) -> None:
        """Give records their new versions."""
        if self._connection.dialect.name == "postgresql":
            self.insert(statement, record, [_record(entry) for entry in entries])
        elif entries:
            changed = [(each.version, each.deleted, each.doc, each.stamps, self._tenant, *each.key) for each in entries]
            statement.run_each(self._connection, changed)


def _texts(new: Mapping[Table, Rows]) -> dict[str, str]:
    """Write rows as PostgreSQL takes them: those of each table as one JSON text."""
    return {f"{table.name}_rows": _text(table, rows) for table, rows in new.items()}


def _text(table: Table, rows: Rows) -> str:
    return orjson.dumps([dict(zip(_NAMES[table], row, strict=True)) for row in rows]).decode()


_NAMES = {table: [str(each.name) for each in table.c][1:] for table in (record, feed, receipt, receipt_run)}
_DEFERRED_INSERT = insert(deferred)
_SETTLED = delete(deferred).where(
    deferred.c.tenant == bindparam("at_tenant"),
    deferred.c.device == bindparam("at_device"),
    deferred.c.mid == bindparam("at_mid"),
)


def _record(entry: RecordEntry) -> tuple[Any, ...]:
    return (*entry.key, entry.version, entry.deleted, entry.doc, entry.stamps)


def _feed(entry: FeedEntry) -> tuple[Any, ...]:
    return (entry.scope, *entry.key, entry.seq, entry.op.value, entry.by_device)


def _receipts(log: DeviceLog, entries: Sequence[KeptReceipt], last_mid: str | None) -> dict[Table, Rows]:
    """Let short receipts of mids that come after all others be one row, as most of a push are; a row for each else."""
    run = [] if last_mid is None else [entry for entry in entries if entry.mid > last_mid and entry.short]
    together = {entry.mid for entry in run}
    alone = [entry for entry in entries if entry.mid not in together] if len(run) < len(entries) else []
    return {
        receipt: [(log.device, entry.mid, entry.lseq, entry.payload_hash, entry.outcome) for entry in alone],
        receipt_run: [(log.device, max(entry.mid for entry in run), run_text(run))] if run else [],
    }


def _quarantined(entry: Quarantined) -> Values:
    return asdict(entry)


def _deferred(entry: Deferred) -> Values:
    return {
        "device": entry.device,
        "mid": entry.mid,
        "parent_kind": entry.parent.kind,
        "parent_id": entry.parent.id,
        "lseq": entry.lseq,
        "payload": entry.payload,
        "principal": principal_json(entry.principal),
        "received_at": entry.received_at,
    }


def _conflict(key: Key, about: Key) -> Values:
    return {"id": key.id, "record_kind": about.kind, "record_id": about.id}


def _log(log: DeviceLog) -> Values:
    return {"at_device": log.device, "acked_lseq": log.acked_lseq, "clock": log.clock, "last_mid": log.last_mid}
