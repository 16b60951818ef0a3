"""Statements that several modules share, made once."""

from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from server.storage.tables import record


def _at(table: Table, *names: str) -> list[Any]:
    return [table.c[name] == bindparam(f"at_{name}") for name in names]


def _among(table: Table, name: str) -> Any:
    return table.c[name].in_(bindparam("among", expanding=True))


RECORDS = select(record).where(*_at(record, "tenant", "kind"), _among(record, "id")).order_by(record.c.id)


@cache
def add_unless_there(table: Table, dialect: str) -> Any:
    """Insert rows, leaving those that are there as they are."""
    return _insert(table, dialect).on_conflict_do_nothing()


def _insert(table: Table, dialect: str) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
