"""Rows of the database as values of the core, and back."""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import Row

from server.sync.kept import principal_from
from server.sync.model import Key, Stored
from server.sync.ports import Deferred, KeptReceipt, Quarantined
from server.sync.stamps import read_stamps


def stored_from(row: Row[Any]) -> Stored:
    """Read a record."""
    return stored_of(Key(row.kind, row.id), row.version, row.doc, row.stamps, row.deleted)


def stored_of(key: Key, version: int, text: str, stamps: str, deleted: bool | int) -> Stored:
    """Read a record from its columns, as the driver gives them."""
    doc = orjson.loads(text)
    return Stored(key, version, doc, read_stamps(orjson.loads(stamps), doc), bool(deleted))


def deferred_of(
    device: str, mid: str, parent_kind: str, parent_id: str, payload: str, sender: Any, lseq: int, received_at: str
) -> Deferred:
    """Read a mutation that waits from its columns, as the driver gives them: the sender as text or as a value."""
    principal = principal_from(orjson.loads(sender) if isinstance(sender, str) else sender)
    return Deferred(device, mid, Key(parent_kind, parent_id), payload, principal, lseq, received_at)


def quarantined_from(row: Row[Any]) -> Quarantined:
    """Read a refused payload."""
    return Quarantined(
        row.device, row.mid, row.payload_hash, row.kind, row.id, row.reason, row.payload, row.received_at,
        row.state, row.settled_at, row.settled_by,
    )  # fmt: skip


def run_text(entries: Iterable[KeptReceipt]) -> str:
    """Write short receipts as one JSON text."""
    each = [[one.mid, one.lseq, one.payload_hash, orjson.Fragment(one.outcome)] for one in entries]
    return orjson.dumps(each).decode()


def run_of(text: str) -> list[KeptReceipt]:
    """Read them back, to the letter."""
    each = orjson.loads(text)
    return [KeptReceipt(mid, lseq, hashed, orjson.dumps(outcome).decode()) for mid, lseq, hashed, outcome in each]
