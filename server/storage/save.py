"""Writes the end of a transaction: one executemany a table, after the numbers were taken."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert

from server.storage.statements import LOG_UPDATE, RECORD_UPDATE, add_unless_there, feed_upsert
from server.storage.tables import conflict, deferred, quarantine, receipt, record
from server.sync.kept import principal_json
from server.sync.model import Key
from server.sync.ports import Deferred, DeviceLog, FeedEntry, KeptReceipt, Quarantined, RecordEntry, Writes

Values = dict[str, Any]


def save(connection: Connection, tenant: str, writes: Writes) -> None:
    """Write everything; a record that is new twice breaks the primary key."""
    many, dialect = _Many(connection, tenant), connection.dialect.name
    many.run(_RECORD_INSERT, [_record(entry) for entry in writes.records if entry.is_new])
    many.run(RECORD_UPDATE, [_renamed(_record(entry)) for entry in writes.records if not entry.is_new], "at_tenant")
    many.run(feed_upsert(dialect), [_feed(entry) for entry in writes.feed])
    many.run(add_unless_there(quarantine, dialect), [_quarantined(entry) for entry in writes.quarantined])
    many.run(_SETTLED, [{"at_device": device, "at_mid": mid} for device, mid in writes.settled], "at_tenant")
    many.run(_DEFERRED_INSERT, [_deferred(entry) for entry in writes.deferred])
    many.run(add_unless_there(conflict, dialect), [_conflict(*pair) for pair in writes.conflicts])
    if writes.log:
        many.run(_RECEIPT_INSERT, [_receipt(writes.log.device, entry) for entry in writes.receipts])
        many.run(LOG_UPDATE, [_log(writes.log)], "at_tenant")


class _Many:
    """Runs one statement for many rows, nothing for none."""

    def __init__(self, connection: Connection, tenant: str) -> None:
        self._connection, self._tenant = connection, tenant

    def run(self, statement: Any, rows: Iterable[Values], tenant_name: str = "tenant") -> None:
        values = [{tenant_name: self._tenant, **row} for row in rows]
        if values:
            self._connection.execute(statement, values)


_RECORD_INSERT, _RECEIPT_INSERT, _DEFERRED_INSERT = insert(record), insert(receipt), insert(deferred)
_SETTLED = delete(deferred).where(
    deferred.c.tenant == bindparam("at_tenant"),
    deferred.c.device == bindparam("at_device"),
    deferred.c.mid == bindparam("at_mid"),
)


def _record(entry: RecordEntry) -> Values:
    return {
        "kind": entry.key.kind,
        "id": entry.key.id,
        "version": entry.version,
        "deleted": entry.deleted,
        "doc": entry.doc,
        "stamps": entry.stamps,
    }


def _renamed(values: Values) -> Values:
    return {f"at_{name}" if name in ("kind", "id") else name: value for name, value in values.items()}


def _feed(entry: FeedEntry) -> Values:
    return {
        "scope": entry.scope,
        "kind": entry.key.kind,
        "id": entry.key.id,
        "seq": entry.seq,
        "op": entry.op.value,
        "by_device": entry.by_device,
    }


def _receipt(device: str, entry: KeptReceipt) -> Values:
    return {
        "device": device,
        "mid": entry.mid,
        "lseq": entry.lseq,
        "payload_hash": entry.payload_hash,
        "outcome": entry.outcome,
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
    return {"at_device": log.device, "acked_lseq": log.acked_lseq, "clock": log.clock}
