"""Rows of the database as values of the core, and back."""

from typing import Any

import orjson
from sqlalchemy import Row

from server.sync.kept import principal_from
from server.sync.model import Key, Stored
from server.sync.ports import Deferred, Quarantined
from server.sync.stamps import read_stamps


def stored_from(row: Row[Any]) -> Stored:
    """Read a record."""
    doc = orjson.loads(row.doc)
    return Stored(Key(row.kind, row.id), row.version, doc, read_stamps(orjson.loads(row.stamps), doc), row.deleted)


def deferred_from(row: Row[Any]) -> Deferred:
    """Read a mutation that waits."""
    parent = Key(row.parent_kind, row.parent_id)
    return Deferred(row.device, row.mid, parent, row.payload, principal_from(row.principal), row.lseq, row.received_at)


def quarantined_from(row: Row[Any]) -> Quarantined:
    """Read a refused payload."""
    return Quarantined(
        row.device, row.mid, row.payload_hash, row.kind, row.id, row.reason, row.payload, row.received_at,
        row.state, row.settled_at, row.settled_by,
    )  # fmt: skip
