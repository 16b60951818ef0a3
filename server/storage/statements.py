"""Statements that several modules share, made once."""

from functools import cache
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from server.storage.tables import feed, record


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


def _scopes() -> Select[Any]:
    """Step from each scope to the next along the feed's key; neither database does so for DISTINCT by itself."""
    mine = (feed.c.tenant == bindparam("at_tenant"), feed.c.scope < bindparam("after"))
    steps = select(func.min(feed.c.scope).label("scope")).where(*mine, feed.c.scope >= bindparam("first"))
    found = steps.cte("found", recursive=True)
    following = select(func.min(feed.c.scope)).where(*mine, feed.c.scope > found.c.scope).scalar_subquery()
    found = found.union_all(select(following).where(found.c.scope.is_not(None)))
    return select(found.c.scope)


#: Names the scopes from ``first`` until before ``after``, and None at the end.
SCOPES = _scopes()
