"""A look into a store past its port, for the oracle and for backups: memory, SQLite and PostgreSQL alike."""

from copy import deepcopy
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text

from server.simulation.crashes import FragileStore
from server.storage.engine import reading, writing
from server.storage.memory import MemoryStore
from server.storage.rows import run_of
from server.storage.sql import SqlStore
from server.storage.tables import metadata

Backup = Any
_LEDGER = ("time_transaction", "time_line")


def inside(store: Any) -> Any:
    """Take the wrappers off."""
    return inside(store.inner) if isinstance(store, FragileStore) else store


def table(store: Any, tenant: str, name: str) -> list[dict[str, Any]]:
    """Give the rows of one of: feed (scope, kind, id, seq), receipt (device, mid, lseq), deferred (device, mid)."""
    store = inside(store)
    if isinstance(store, MemoryStore):
        return _of_memory(store, tenant, name)
    found = _rows(store, tenant, name)
    if name == "receipt":
        runs = [(run["device"], one) for run in _rows(store, tenant, "receipt_run") for one in run_of(run["receipts"])]
        found += [{"device": device, "mid": one.mid, "lseq": one.lseq} for device, one in runs]
    return found


def _rows(store: SqlStore, tenant: str, name: str) -> list[dict[str, Any]]:
    chosen = metadata.tables[name]
    with reading(store.engine) as connection:
        rows = connection.execute(select(chosen).where(chosen.c.tenant == tenant))
        return [dict(row) for row in rows.mappings()]


def _of_memory(store: MemoryStore, tenant: str, name: str) -> list[dict[str, Any]]:
    state = store._tenants.get(tenant)
    if state is None:
        return []
    if name == "feed":
        return [
            {"scope": entry.scope, "kind": entry.key.kind, "id": entry.key.id, "seq": entry.seq}
            for entry in state.feed.values()
        ]
    if name == "receipt":
        return [{"device": device, "mid": mid, "lseq": kept.lseq} for (device, mid), kept in state.receipts.items()]
    return [{"device": device, "mid": mid} for device, mid in state.deferred]


def back_up(store: Any, tenant: str) -> Backup:
    """Copy all that a tenant has."""
    store = inside(store)
    if isinstance(store, MemoryStore):
        return deepcopy(store._tenants[tenant])
    with reading(store.engine) as connection:
        return {
            one.name: [dict(row) for row in connection.execute(select(one).where(one.c.tenant == tenant)).mappings()]
            for one in metadata.sorted_tables
            if "tenant" in one.c
        }


def restore(store: Any, tenant: str, backup: Backup, now: datetime) -> None:
    """Put a copy back in place of what the tenant has, and move the epoch as `kith restore` does."""
    store = inside(store)
    if isinstance(store, MemoryStore):
        store._tenants[tenant] = deepcopy(backup)
    else:
        _restore_sql(store, tenant, backup)
    store.new_epoch(tenant, now)


def _restore_sql(store: SqlStore, tenant: str, backup: Backup) -> None:
    with writing(store.engine) as connection:
        triggers = _let_go(connection) if _has_ledger(connection, tenant) else []
        for one in reversed(metadata.sorted_tables):
            if "tenant" in one.c:
                connection.execute(delete(one).where(one.c.tenant == tenant))
        for one in metadata.sorted_tables:
            if backup.get(one.name):
                connection.execute(insert(one), backup[one.name])
        for statement in triggers:
            connection.execute(text(statement))


def _has_ledger(connection: Connection, tenant: str) -> bool:
    lines = metadata.tables["time_line"]
    return connection.execute(select(lines.c.tenant).where(lines.c.tenant == tenant).limit(1)).first() is not None


def _let_go(connection: Connection) -> list[str]:
    """Let the ledger be deleted, which its triggers refuse to everybody; give what has them refuse it again."""
    if connection.dialect.name == "postgresql":
        for name in _LEDGER:
            connection.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER {name}_is_fixed"))
        again = [f"ALTER TABLE {name} ENABLE TRIGGER {name}_is_fixed" for name in _LEDGER]
        return ["SET CONSTRAINTS ALL IMMEDIATE", *again]
    named = text(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('time_line', 'time_transaction')"
    )
    found = connection.execute(named).all()
    for row in found:
        connection.execute(text(f"DROP TRIGGER {row.name}"))
    return [row.sql for row in found]
