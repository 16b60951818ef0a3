"""Short questions about what a store holds and what a receipt says."""

from typing import Any

from server.sync.model import Key, Receipt
from server.sync.ports import Quarantined, Store
from tests.builders import TENANT


def problem_of(receipt: Receipt) -> str:
    return receipt.problem.slug if receipt.problem else ""


def quarantine(store: Store) -> list[Quarantined]:
    with store.read(TENANT) as view:
        return list(view.quarantined())


def record(store: Store, kind: str, record_id: str) -> dict[str, Any]:
    with store.read(TENANT) as view:
        return dict(view.records([Key(kind, record_id)])[Key(kind, record_id)].doc)


def all_of(store: Store, kind: str) -> list[dict[str, Any]]:
    with store.read(TENANT) as view:
        return [dict(stored.doc) for stored in view.of_kind(kind)]


def head(store: Store) -> int:
    with store.read(TENANT) as view:
        return view.head().seq
