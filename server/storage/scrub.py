"""Takes the traces of erased records out of what is kept beside them: receipts, payloads, what rankings read."""

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, and_, delete, or_, select, update

from server.storage.asked import erase_asked
from server.storage.statements import add_unless_there
from server.storage.tables import deferred, quarantine, receipt
from server.storage.view import CHUNK
from server.sync.canonical import digest
from server.sync.erasing import emptied_outcome, emptied_payload
from server.sync.model import Key

Empty = Callable[[str, Collection[Key]], str | None]


def scrub(connection: Connection, tenant: str, erased: Collection[Key]) -> None:
    """Empty what speaks of `erased`; what waits for its parent waits no longer and is kept aside without content."""
    if not erased:
        return
    keys = frozenset(erased)
    erase_asked(connection, tenant, keys)
    _empty_all(connection, tenant, receipt.c.outcome, keys, emptied_outcome)
    _empty_all(connection, tenant, quarantine.c.payload, keys, emptied_payload)
    for row in _mentions(connection, tenant, deferred.c.payload, keys):
        empty = emptied_payload(row.payload, keys)
        if empty is not None:
            connection.execute(add_unless_there(quarantine, connection.dialect.name), _set_aside(row, empty))
            connection.execute(delete(deferred).where(*_at(deferred, row)))


def _empty_all(connection: Connection, tenant: str, column: Column[str], keys: frozenset[Key], empty: Empty) -> None:
    table: Table = column.table
    for row in _mentions(connection, tenant, column, keys):
        text = empty(getattr(row, column.name), keys)
        if text is not None:
            connection.execute(update(table).where(*_at(table, row)).values({column.name: text}))


def _mentions(connection: Connection, tenant: str, column: Column[str], keys: frozenset[Key]) -> list[Row[Any]]:
    """Find the rows whose text has one of the ids in quotation marks, as JSON writes values."""
    ids, found = sorted({key.id for key in keys}), {}
    for start in range(0, len(ids), CHUNK // 10):
        says = or_(*(column.contains(f'"{one}"', autoescape=True) for one in ids[start : start + CHUNK // 10]))
        for row in connection.execute(select(column.table).where(column.table.c.tenant == tenant, says)):
            found[tuple(getattr(row, part.name) for part in column.table.primary_key)] = row
    return list(found.values())


def _at(table: Table, row: Row[Any]) -> list[Any]:
    return [and_(column == getattr(row, column.name)) for column in table.primary_key]


def _set_aside(row: Row[Any], empty: str) -> Mapping[str, Any]:
    """Make the entry that keeps a waiting mutation without its content."""
    about = json.loads(empty)
    return {
        "tenant": row.tenant, "device": row.device, "mid": row.mid, "payload_hash": digest(row.mid),
        "kind": about["kind"], "id": about["id"], "reason": "erased", "payload": empty,
        "received_at": row.received_at, "state": "open",
    }  # fmt: skip
