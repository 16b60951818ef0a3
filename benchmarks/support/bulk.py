"""Many rows at once: COPY on PostgreSQL, one executemany on SQLite."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert

_CHUNK = 10_000


def add_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows that name every column."""
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
        return
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        connection.execute(insert(table), chunk)


def settle(engine: Engine) -> None:
    """Let the database learn what it holds and write it down, as it does by itself on a quiet night."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")
            connection.exec_driver_sql("CHECKPOINT")
        else:
            connection.exec_driver_sql("ANALYZE")


def _copy(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    names = [column.name for column in table.columns]
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([row[name] for name in names])
