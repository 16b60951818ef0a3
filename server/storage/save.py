"""Writes the end of a transaction: one statement a table, after the numbers were taken."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, insert

from server.prepared import Prepared
from server.storage.push_statements import insert_rows, log_update, update_records, upsert_feed
from server.storage.statements import add_unless_there
from server.storage.tables import conflict, deferred, feed, quarantine, receipt, record
from server.sync.kept import principal_json
from server.sync.model import Key
from server.sync.ports import Deferred, DeviceLog, FeedEntry, KeptReceipt, Quarantined, RecordEntry, Writes

Values = dict[str, Any]


def save(connection: Connection, tenant: str, writes: Writes) -> None:
    """Write everything; a record or a receipt that is new twice breaks its primary key."""
    many, dialect = _Many(connection, tenant), connection.dialect.name
    many.insert(insert_rows(record, dialect), _RECORD, [_record(entry) for entry in writes.records if entry.is_new])
    many.update(update_records(dialect), [entry for entry in writes.records if not entry.is_new])
    many.insert(upsert_feed(dialect), _FEED, [_feed(entry) for entry in writes.feed])
    many.run(add_unless_there(quarantine, dialect), [_quarantined(entry) for entry in writes.quarantined])
    many.run(_SETTLED, [{"at_device": device, "at_mid": mid} for device, mid in writes.settled], "at_tenant")
    many.run(_DEFERRED_INSERT, [_deferred(entry) for entry in writes.deferred])
    many.run(add_unless_there(conflict, dialect), [_conflict(*pair) for pair in writes.conflicts])
    if writes.log:
        device = writes.log.device
        many.insert(insert_rows(receipt, dialect), _RECEIPT, [_receipt(device, each) for each in writes.receipts])
        log_update(dialect).run(connection, {"at_tenant": tenant, **_log(writes.log)})


class _Many:
    """Runs one statement for many rows, nothing for none."""

    def __init__(self, connection: Connection, tenant: str) -> None:
        self._connection, self._tenant = connection, tenant

    def run(self, statement: Any, rows: Iterable[Values], tenant_name: str = "tenant") -> None:
        values = [{tenant_name: self._tenant, **row} for row in rows]
        if values:
            self._connection.execute(statement, values)

    def insert(self, statement: Prepared, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows whose values are those of `names`: all at once on PostgreSQL, in one go on SQLite."""
        if not rows:
            return
        if self._connection.dialect.name == "postgresql":
            objects = [dict(zip(names, row, strict=True)) for row in rows]
            statement.run(self._connection, {"at_tenant": self._tenant, "rows": orjson.dumps(objects).decode()})
        else:
            statement.run_each(self._connection, [(self._tenant, *row) for row in rows])

    def update(self, statement: Prepared, entries: Sequence[RecordEntry]) -> None:
        """Give records their new versions."""
        if self._connection.dialect.name == "postgresql":
            self.insert(statement, _RECORD, [_record(entry) for entry in entries])
        elif entries:
            changed = [(each.version, each.deleted, each.doc, each.stamps, self._tenant, *each.key) for each in entries]
            statement.run_each(self._connection, changed)


_RECORD, _FEED, _RECEIPT = ([str(each.name) for each in table.c][1:] for table in (record, feed, receipt))
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


def _receipt(device: str, entry: KeptReceipt) -> tuple[Any, ...]:
    return (device, entry.mid, entry.lseq, entry.payload_hash, entry.outcome)


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
    return {"at_device": log.device, "acked_lseq": log.acked_lseq, "clock": log.clock}
