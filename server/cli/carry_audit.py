"""Carries over the audit: every entry of either database stays."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from server.cli.taken import Taken
from server.storage.tables import audit

_KEY: Final = tuple(column.name for column in audit.primary_key)
_AT: Final = [audit.c[name] == bindparam(f"at_{name}") for name in _KEY]


def keep_audit(connection: Connection, taken: Taken) -> int:
    """Add the entries that the backup lacks, and what was seen more often since; say how many."""
    here = {_key(row): row for row in connection.execute(select(audit)).mappings()}
    new = [dict(row) for row in taken.audit if _key(row) not in here]
    more = [both for row in taken.audit if _key(row) in here and (both := _both(here[_key(row)], row))]
    if new:
        connection.execute(insert(audit), new)
    if more:
        connection.execute(update(audit).where(*_AT), more)
    return len(new) + len(more)


def _both(here: Mapping[Any, Any], row: Mapping[Any, Any]) -> dict[str, Any] | None:
    """Give what the entry of both says, None when that is what is here."""
    says = {
        "count": max(here["count"], row["count"]),
        "first_at": min(here["first_at"], row["first_at"]),
        "last_at": max(here["last_at"], row["last_at"]),
    }
    if all(here[name] == value for name, value in says.items()):
        return None
    return says | {f"at_{name}": row[name] for name in _KEY}


def _key(row: Mapping[Any, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in _KEY)
