"""Short questions about what a store holds and what a receipt says."""

from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert

from server.storage import tables
from server.storage.engine import writing
from server.storage.memory import MemoryStore
from server.storage.tables import scope_grant
from server.sync.model import Key, Principal, Receipt
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


def rights(store: Store, principal: Principal, scopes: frozenset[str]) -> None:
    """Let an account have these grants from now on, as the server's own tables tell it."""
    if isinstance(store, MemoryStore):
        store._tenants[TENANT].rights[principal.account_id] = lambda one: replace(one, scopes=scopes)
        return
    account = {
        "tenant": TENANT,
        "id": principal.account_id,
        "username": principal.account_id,
        "name": "A",
        "password_hash": "",
        "roles": sorted(principal.roles),
        "facts": {},
        "created_at": "2026-11-01T00:00:00Z",
    }
    grant = {"tenant": TENANT, "account_id": principal.account_id, "granted_at": "2026-11-01T00:00:00Z"}
    grants = [grant | {"scope": scope} for scope in scopes]
    with writing(store.engine) as connection:  # type: ignore[attr-defined] # a store in SQL has one
        mine = scope_grant.c.account_id == principal.account_id
        connection.execute(delete(scope_grant).where(mine))
        connection.execute(delete(tables.account).where(tables.account.c.id == principal.account_id))
        connection.execute(insert(tables.account), account)
        if grants:
            connection.execute(insert(scope_grant), grants)
