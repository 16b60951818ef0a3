"""Quarantine and audit in SQL: read, settled, counted."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from server.storage.rows import quarantined_from
from server.storage.tables import audit, feed, later, quarantine
from server.sync.model import Key, Later
from server.sync.ports import Quarantined, Seen

#: What tells entries of the audit apart; the rest is counted.
_AUDIT_KEY = ("tenant", "day", "account", "device", "what", "scope", "kind", "id")


def read_quarantined(
    connection: Connection, tenant: str, state: str | None, *, lock: bool = False
) -> list[Quarantined]:
    """Read what was refused and is in `state`, oldest first."""
    ordered = _oldest_first(select(quarantine), tenant, state)
    return [quarantined_from(row) for row in connection.execute(ordered.with_for_update() if lock else ordered)]


def read_labels(connection: Connection, tenant: str, state: str | None) -> list[Quarantined]:
    """Read the same without what was sent, which may be megabytes each."""
    columns = (literal("").label(one.name) if one is quarantine.c.payload else one for one in quarantine.c)
    return [quarantined_from(row) for row in connection.execute(_oldest_first(select(*columns), tenant, state))]


def read_payload(connection: Connection, tenant: str, label: Quarantined) -> str:
    """Read what was sent."""
    at = [quarantine.c[name] == getattr(label, name) for name in _NAMED]
    payload: str = connection.execute(
        select(quarantine.c.payload).where(quarantine.c.tenant == tenant, *at)
    ).scalar_one()
    return payload


def _oldest_first(asked: Select[Any], tenant: str, state: str | None) -> Select[Any]:
    mine = [quarantine.c.tenant == tenant, *([quarantine.c.state == state] if state else [])]
    return asked.where(*mine).order_by(quarantine.c.received_at, *(quarantine.c[name] for name in _NAMED))


#: What tells entries of one tenant apart.
_NAMED = ("device", "mid", "payload_hash")


def settle(connection: Connection, tenant: str, entries: Iterable[Quarantined]) -> None:
    """Write down what was decided about entries."""
    values = [
        {f"at_{name}": value for name, value in ({"tenant": tenant} | asdict(entry)).items()} for entry in entries
    ]
    if values:
        connection.execute(_SETTLE, values)


_SETTLE = (
    update(quarantine)
    .where(*(quarantine.c[name] == bindparam(f"at_{name}") for name in ("tenant", *_NAMED)))
    .values({name: bindparam(f"at_{name}") for name in ("state", "settled_at", "settled_by", "payload")})
)


def note_later(connection: Connection, tenant: str, entries: Iterable[tuple[str, Later]]) -> None:
    """Write down what became of mutations that waited."""
    values = [
        {"tenant": tenant, "device": device, "mid": one.mid, "outcome": one.outcome.value,
         "problem": one.problem.slug if one.problem else None}
        for device, one in entries
    ]  # fmt: skip
    if values:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        new = insert(later)
        newer = {"outcome": new.excluded.outcome, "problem": new.excluded.problem}
        connection.execute(new.on_conflict_do_update(index_elements=["tenant", "device", "mid"], set_=newer), values)


def note_seen(connection: Connection, tenant: str, entries: Iterable[Seen]) -> None:
    """Add to the audit: what is seen again on one day is counted."""
    values = [
        {"tenant": tenant, "day": one.at[:10], "account": one.account, "device": one.device, "what": one.what,
         "scope": one.scope, "kind": one.kind, "id": one.id, "count": one.count, "first_at": one.at, "last_at": one.at}
        for one in entries
    ]  # fmt: skip
    if values:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        new = insert(audit)
        more = {"count": audit.c.count + new.excluded.count, "last_at": new.excluded.last_at}
        connection.execute(new.on_conflict_do_update(index_elements=_AUDIT_KEY, set_=more), values)


def read_seen(connection: Connection, tenant: str, key: Key | None) -> Sequence[Seen]:
    """Read the audit, or what of it concerns a record: by itself or by a scope that it was ever in."""
    found: Select[tuple[object, ...]] = select(audit).where(audit.c.tenant == tenant)
    if key is not None:
        is_it = and_(audit.c.kind == key.kind, audit.c.id == key.id)
        at = and_(feed.c.tenant == tenant, feed.c.kind == key.kind, feed.c.id == key.id)
        found = found.where(or_(is_it, and_(audit.c.id == "", audit.c.scope.in_(select(feed.c.scope).where(at)))))
    ordered = found.order_by(audit.c.first_at, *(audit.c[name] for name in _AUDIT_KEY[2:]))
    return [
        Seen(
            row.last_at,
            row.account,
            row.device,
            row.what,
            row.scope,
            row.kind,
            row.id,
            row._mapping["count"],
            row.first_at,
        )
        for row in connection.execute(ordered)
    ]
