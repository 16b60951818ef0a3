"""Writes the end of a transaction: one executemany a table, after the numbers were taken."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, update

from server.storage.tables import conflict, deferred, device_log, feed, quarantine, receipt, record
from server.sync.kept import principal_json
from server.sync.ports import Deferred, FeedEntry, KeptReceipt, Quarantined, RecordEntry, Writes

Values = dict[str, Any]


def save(connection: Connection, tenant: str, writes: Writes, upsert: Callable[..., Any]) -> None:
    """Write everything; a record that is new twice breaks the primary key."""
    many = _Many(connection, tenant)
    many.run(insert(record), [_record(entry) for entry in writes.records if entry.is_new])
    many.run(_RECORD_UPDATE, [_renamed(_record(entry)) for entry in writes.records if not entry.is_new], "at_tenant")
    many.run(_feed_upsert(upsert), [_feed(entry) for entry in writes.feed])
    many.run(insert(receipt), [_receipt(writes.log.device, entry) for entry in writes.receipts] if writes.log else [])
    many.run(upsert(quarantine).on_conflict_do_nothing(), [_quarantined(entry) for entry in writes.quarantined])
    many.run(_SETTLED, [{"at_device": device, "at_mid": mid} for device, mid in writes.settled], "at_tenant")
    many.run(insert(deferred), [_deferred(entry) for entry in writes.deferred])
    many.run(
        upsert(conflict).on_conflict_do_nothing(),
        [{"id": key.id, "record_kind": about.kind, "record_id": about.id} for key, about in writes.conflicts],
    )
    if writes.log:
        log = writes.log
        many.run(
            _LOG_UPDATE, [{"at_device": log.device, "acked_lseq": log.acked_lseq, "clock": log.clock}], "at_tenant"
        )


class _Many:
    """Runs one statement for many rows, nothing for none."""

    def __init__(self, connection: Connection, tenant: str) -> None:
        self._connection, self._tenant = connection, tenant

    def run(self, statement: Any, rows: Iterable[Values], tenant_name: str = "tenant") -> None:
        values = [{tenant_name: self._tenant, **row} for row in rows]
        if values:
            self._connection.execute(statement, values)


def _at(table: Table, *names: str) -> list[Any]:
    return [table.c[name] == bindparam(f"at_{name}") for name in names]


_RECORD_UPDATE = (
    update(record)
    .where(*_at(record, "tenant", "kind", "id"))
    .values({name: bindparam(name) for name in ("version", "deleted", "doc", "stamps")})
)
_LOG_UPDATE = (
    update(device_log)
    .where(*_at(device_log, "tenant", "device"))
    .values({name: bindparam(name) for name in ("acked_lseq", "clock")})
)
_SETTLED = delete(deferred).where(*_at(deferred, "tenant", "device", "mid"))


def _feed_upsert(upsert: Callable[..., Any]) -> Any:
    statement = upsert(feed)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["tenant", "scope", "kind", "id"],
        set_={"seq": new.seq, "op": new.op, "by_device": new.by_device},
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
